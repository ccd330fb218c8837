"""Doubts about a move of the launch day, besides those about due days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from launch_kits.database.records import TaskStatus
from launch_kits.errors import Fault
from launch_kits.plan import Anchor
from launch_kits.plan.rollout import Rollout
from launch_kits.verbs.transaction import Change

__all__ = ["announcements", "held_already"]


def held_already(change: Change) -> Iterator[Fault]:
    """Yield the done milestones of the release and launch day, which a move does not undo."""
    launch = change.launch
    days = {Anchor.RELEASE: launch.release_on, Anchor.LAUNCH: launch.launch_on}
    for task in change.tasks.values():
        if task.days or task.status != TaskStatus.DONE:
            continue
        if task.due == days[Anchor(task.anchor)]:
            message = (
                f"{task.title} ({task.key}) is done already, and stays so: a move is for a launch "
                f"that is still to come; `launch-kits reopen {launch.slug} {task.key}` takes it up "
                "again"
            )
            yield Fault("-", None, "already-launched", message)


def announcements(
    change: Change, *, release_on: date, launch_on: date
) -> tuple[Fault, ...]:
    """The announcements that come too late, or out of order, by the new days."""
    # loaded here, since the linter takes a tenth of a second and few verbs need it
    from launch_kits.lint.moved import moved_announcements

    launch, brief = change.launch, change.brief
    before = Rollout(
        brief,
        begin_on=launch.begin_on,
        release_on=launch.release_on,
        launch_on=launch.launch_on,
    )
    after = replace(before, release_on=release_on, launch_on=launch_on)
    return moved_announcements(before, after, today=change.today)
