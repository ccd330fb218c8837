"""Doubts about a move of the launch day, besides those about its plan."""

from __future__ import annotations

from collections.abc import Iterator

from launch_kits.database.records import TaskStatus
from launch_kits.errors import Fault
from launch_kits.plan import Anchor
from launch_kits.verbs.transaction import Change

__all__ = ["held_already"]


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
