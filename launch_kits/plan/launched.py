"""The day on which a launch took place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from launch_kits.plan.graph import Anchor, Work
from launch_kits.plan.plan_input import PlanInput

__all__ = ["launched_on"]


def launched_on(
    given: PlanInput, *, due: Mapping[str, date], today: date
) -> date | None:
    """Return the day on which the launch day's milestones took place, the last of them.

    A milestone takes place when the work before it is done, not before its own day: a person may
    tick it later. All work due by then is done; ``due`` has the due day of each task by its key.
    Returns None while a milestone is open. If none lies on the launch day, the launch took place
    once the day is over: on it, or on the day its last work was done.
    """
    launch_day = given.anchors.launch

    def is_the_launch(work: Work) -> bool:
        """Whether a task is a milestone of the launch day, even if it was put off."""
        if work.days or work.anchor is not Anchor.LAUNCH:
            return False
        own = work.due is not None and work.due.amount == 0
        return own or due[work.key] == launch_day

    milestones = [work for work in given.work if is_the_launch(work)]
    if milestones:
        tasks = {work.key: work for work in given.work}
        found = [_took_place(work, tasks, given) for work in milestones]
        done = [on for on in found if on]
        return max(done) if len(done) == len(milestones) else None
    if today <= launch_day:
        return None
    by_then = [
        work.done_on
        for work in given.work
        if work.done_on and due[work.key] <= launch_day
    ]
    return max([launch_day, *by_then])


def _took_place(work: Work, tasks: Mapping[str, Work], given: PlanInput) -> date | None:
    """Return the day on which a done task was finished, as its facts have it.

    That of a milestone is the latest of the tasks before it with their lags, not before its own
    first day, and not after the day on which it was ticked. None if it is open.
    """
    if work.done_on is None or work.days or not work.after:
        return work.done_on
    days = []
    for before in work.after:
        on = (
            _took_place(tasks[before.key], tasks, given)
            if before.key in tasks
            else None
        )
        if on is None:
            return work.done_on
        days.append(given.calendar.shift(on, before.lag) if before.lag else on)
    if work.not_before is not None:
        anchor = given.anchors.day(work.anchor)
        days.append(work.not_before.resolve(given.calendar, anchor))
    return min(max(days), work.done_on)
