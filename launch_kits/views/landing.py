"""One sentence about where a launch lands, for every place that people read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from launch_kits.database.records import LaunchStatus
from launch_kits.plan import State
from launch_kits.views.launch import LaunchView

__all__ = ["STATES", "behind_by", "landing"]

#: the words for the state of a launch
STATES = {
    State.ON_TRACK: "on track",
    State.AT_RISK: "at risk",
    State.LATE: "late",
    State.DONE: "done",
    State.CANCELLED: "cancelled",
}
#: the shares that are named
NAMED = 3


def behind_by(view: LaunchView) -> int:
    """The working days by which the latest open task misses its due day; 0 if none does."""
    floats = (
        task.float_days for task in view.open_tasks if task.float_days is not None
    )
    return max(0, -min(floats, default=0))


def landing(view: LaunchView, *, day: Callable[[date], str]) -> str | None:
    """Say on which day a running launch lands as things stand, and because of which tasks.

    The days of the named shares and of the rest add up to the slip. ``day`` writes a day.
    Returns None if it has ended or lands on its launch day.
    """
    if view.status != LaunchStatus.RUNNING or view.lands_on == view.launch_on:
        return None
    if view.lands_on is None:
        return "as things stand: no day of the next 500 working days holds"
    titles = {task.key: task.title for task in view.tasks}
    named = [
        f"{titles[share.task] if share.task else 'the plan itself'} (+{share.days})"
        for share in view.because[:NAMED]
    ]
    rest = view.because[NAMED:]
    if rest:
        named.append(f"{len(rest)} more (+{sum(share.days for share in rest)})")
    because = f", because of {', '.join(named)}" if named else ""
    return f"as things stand: lands on {day(view.lands_on)}{because}"
