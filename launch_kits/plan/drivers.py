"""The tasks that hold a task on its day."""

from __future__ import annotations

from datetime import date

from launch_kits.plan.constraints import Anchors
from launch_kits.plan.critical_path import Earliest
from launch_kits.plan.graph import PlanGraph, Work
from launch_kits.workdays.calendar import Calendar

__all__ = ["drivers_of"]


def drivers_of(
    position: int,
    graph: PlanGraph,
    earliest: Earliest,
    *,
    calendar: Calendar,
    anchors: Anchors,
) -> set[int]:
    """Find a task and the tasks that hold it on its earliest day.

    Returns positions. While these tasks stay as they are, the task lies no earlier, even if others
    change.
    """
    found: set[int] = set()
    waiting = [position]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting += _held_by(at, graph, earliest, calendar=calendar, anchors=anchors)
    return found


def _held_by(
    position: int,
    graph: PlanGraph,
    earliest: Earliest,
    *,
    calendar: Calendar,
    anchors: Anchors,
) -> list[int]:
    """Return the predecessors, with their lags, that hold a task on its day."""
    task = graph.work[position]
    if not task.waits or not task.after:
        return []
    ready = {graph.index[link.key]: 0 for link in task.after}
    for link in task.after:
        other = graph.index[link.key]
        day = earliest.passed.get(other, earliest.finish[other])
        if link.lag:
            day = calendar.shift(date.fromordinal(day), link.lag).toordinal()
        ready[other] = max(ready[other], day)
    last = max(ready.values())
    if not _holds(
        task, earliest.start[position], last, calendar=calendar, anchors=anchors
    ):
        return []
    held_by = [other for other, day in ready.items() if day == last]
    if not task.days:
        # a milestone lies no earlier than those before it
        held_by += [
            other
            for other in ready
            if earliest.start[other] == earliest.start[position]
        ]
    return held_by


def _holds(
    task: Work, start: int, ready: int, *, calendar: Calendar, anchors: Anchors
) -> bool:
    if not task.days:
        return True
    own = task.own_calendar(calendar, anchors.day(task.anchor))
    return own.shift(date.fromordinal(ready), 1).toordinal() == start
