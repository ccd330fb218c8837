"""One sentence about where a launch lands, for every place that people read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.plan import State
from launch_kits.views.launch import LaunchView
from launch_kits.workdays.in_words import count, listed

__all__ = [
    "MEANINGS",
    "STATES",
    "behind_by",
    "causes",
    "landing",
    "landing_after",
    "launched",
]

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
#: figure → its meaning, the same wherever it is explained
MEANINGS = {
    "Behind": "the most working days by which an open task misses its due day.",
    "Lands on": (
        "the first day to which the launch would have to move so that every open task can make "
        "its due day."
    ),
    "Because of": (
        "the tasks that move it, late or slow since the plan was made; their days add up."
    ),
}


def behind_by(view: LaunchView) -> int:
    """The working days by which the latest open task misses its due day; 0 if none does."""
    floats = (
        task.float_days for task in view.open_tasks if task.float_days is not None
    )
    return max(0, -min(floats, default=0))


def causes(view: LaunchView) -> Sequence[str]:
    """Name what makes a launch land later, in the order of its shares.

    A share without a task is that of the plan itself: people are away who were not, it was accepted
    as late, or other changes came after it was made.
    """
    titles = {task.key: task.title for task in view.tasks}
    kept = (task for task in view.tasks if task.status is not TaskStatus.DROPPED)
    late = any(task.finish > task.due for task in kept)
    plan = (
        "a plan that was accepted as late"
        if late
        else "days off or other changes since the plan was made"
    )
    away, names = view.plan.away, {task.owner: task.owner_name for task in view.tasks}
    if away.in_plan:
        people = listed((names[each] for each in away.in_plan), most=NAMED)
        days = f"days away of {' and '.join(people)}"
        plan = f"{plan}, with {days}" if late else days
    owners = view.plan.owners
    for task in view.tasks:
        if owners.get(task.key) in away.by_facts:
            titles[task.key] += f" ({task.owner_name} is away on some days)"
    return [titles[share.task] if share.task else plan for share in view.because]


def launched(view: LaunchView, *, day: Callable[[date], str]) -> str | None:
    """Say on which day a launch took place, and how late; None before it.

    ``day`` writes a day. Late days are working days of the launch's calendar.
    """
    on = view.plan.launched_on
    if on is None:
        return None
    late = (
        view.plan.given.calendar.count(view.launch_on, on) if on > view.launch_on else 0
    )
    behind = f", {count(late, 'working day')} late" if late else ""
    return f"launched on {day(on)}{behind}"


def landing(view: LaunchView, *, day: Callable[[date], str]) -> str | None:
    """Say on which day a running launch lands as things stand, and because of which tasks.

    The days of the named shares and of the rest add up to the slip. ``day`` writes a day.
    Returns None if it has ended or lands on its launch day.
    """
    if view.status != LaunchStatus.RUNNING or view.lands_on == view.launch_on:
        return None
    if view.lands_on is None:
        return "as things stand: no day of the next 500 working days holds"
    named = [
        f"{cause} (+{share.days})"
        for share, cause in zip(view.because[:NAMED], causes(view), strict=False)
    ]
    rest = view.because[NAMED:]
    if rest:
        more = "another task" if len(rest) == 1 else count(len(rest), "other task")
        named.append(f"{more} (+{sum(share.days for share in rest)})")
    because = f", because of {', '.join(named)}" if named else ""
    return f"as things stand: lands on {day(view.lands_on)}{because}"


def landing_after(
    before: date | None, after: date | None, *, day: Callable[[date], str]
) -> str:
    """Say on which day a launch lands after a change, and that this differs if it does.

    None is no day of the next 500 working days. ``day`` writes a day.
    """

    def said(on: date | None) -> str:
        return day(on) if on else "no day of the next 500 working days"

    if before == after:
        return f"The launch still lands on {said(after)}"
    return f"The launch lands on {said(after)} instead of {said(before)}"
