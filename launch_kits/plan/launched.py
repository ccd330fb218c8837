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
    """Return the day on which the launch day's milestones were done, the last of them.

    All work due by then is done; ``due`` has the due day of each task by its key. Returns None
    while a milestone is open. If none lies on the launch day, the launch took place once the day is
    over: on it, or on the day its last work was done.
    """
    launch_day = given.anchors.launch

    def is_the_launch(work: Work) -> bool:
        """Whether a task is a milestone of the launch day, even if it was put off."""
        if work.days or work.anchor is not Anchor.LAUNCH:
            return False
        own = work.due is not None and work.due.amount == 0
        return own or due[work.key] == launch_day

    milestones = [work.done_on for work in given.work if is_the_launch(work)]
    done = [on for on in milestones if on]
    if milestones:
        return max(done) if len(done) == len(milestones) else None
    if today <= launch_day:
        return None
    by_then = [
        work.done_on
        for work in given.work
        if work.done_on and due[work.key] <= launch_day
    ]
    return max([launch_day, *by_then])
