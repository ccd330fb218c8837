"""The planned days of a task, pushed by the facts since its plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from launch_kits.database.records import Task, TaskStatus
from launch_kits.plan.calendars import Calendars
from launch_kits.views.booked_days import length_of
from launch_kits.views.task_graph import TaskGraph
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset

__all__ = ["planned_now"]


class _Anchored(Protocol):
    """A launch, for its anchor days."""

    @property
    def release_on(self) -> date: ...

    @property
    def launch_on(self) -> date: ...


def planned_now(
    task: Task,
    calendars: Calendars,
    launch: _Anchored,
    *,
    graph: TaskGraph,
) -> tuple[date, date]:
    """Return the days of planned work on a task, the first and the last.

    Begun work takes its days from the day it was begun. Work that became ready after its planned
    start takes them from the day on which it can begin: as in every plan, the working day after
    the work before it was done, and the same day if only a date or a milestone held it. Other work
    lies on its planned days. More time that was granted moves the last day. ``graph`` is that of
    its launch.
    """
    first, last = task.planned_start, task.planned_finish
    zone = calendars.brief.zone()
    begins = first
    if task.begun_at is not None:
        begins = task.begun_at.astimezone(zone).date()
    elif task.ready_at is not None and task.status != TaskStatus.WAITING:
        begins = max(first, _freed_on(task, graph, zone))
    if begins != first and task.days:
        calendar = _calendar(task, calendars, launch)
        if task.begun_at is None:
            begins = calendar.next_on_or_after(begins)
        first = begins
        last = calendar.shift(begins - timedelta(1), length_of(task, calendar))
    elif begins > last:
        first = last = begins
    return first, max(last, task.extended_until or last)


def _freed_on(task: Task, graph: TaskGraph, zone: ZoneInfo) -> date:
    """The first day on which a ready task may begin."""
    if task.ready_at is None:
        raise ValueError(f"task {task.key} is not ready")
    ready = task.ready_at.astimezone(zone).date()
    by_work = task.days and any(
        each.days and each.done_at and each.done_at.astimezone(zone).date() == ready
        for each, _ in graph.predecessors(task)
    )
    return ready + timedelta(1) if by_work else ready


def _calendar(task: Task, calendars: Calendars, launch: _Anchored) -> Calendar:
    anchor = launch.release_on if task.anchor == "release" else launch.launch_on
    day = calendars.launch.last_on_or_before(anchor)
    own = calendars.of(task.owner)
    return own.working(Offset.parse(text).day(day) for text in task.workdays)
