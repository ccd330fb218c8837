"""The days on which open work is booked for its owner."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from launch_kits.plan.workload import days_of_work
from launch_kits.workdays.calendar import Calendar

__all__ = ["booked_days", "length_of"]


class PlannedTask(Protocol):
    """Work with its planned days, or the columns of a row that say them."""

    @property
    def days(self) -> int: ...

    @property
    def planned_start(self) -> date: ...

    @property
    def planned_finish(self) -> date: ...

    @property
    def extended_until(self) -> date | None: ...


def booked_days(
    task: PlannedTask, calendar: Calendar, *, begun_on: date | None, today: date
) -> list[date]:
    """Return the working days that open work takes of its owner.

    Work that is not begun is booked on its planned days. Begun work is booked from ``begun_on`` to
    the latest of its planned finish, the day until which more time was granted, and today. `load`
    and the levelling of other launches count these days. The levelling of its own launch counts at
    least these: work that was begun late takes all its days there. ``calendar`` is the task's own.
    """
    if begun_on is None:
        return days_of_work(
            calendar,
            planned_start=task.planned_start,
            planned_finish=task.planned_finish,
        )
    return days_of_work(
        calendar,
        planned_start=task.planned_start,
        planned_finish=max(
            task.planned_finish, task.extended_until or task.planned_finish
        ),
        begun_on=begun_on,
        today=today,
    )


def length_of(task: PlannedTask, calendar: Calendar) -> int:
    """The working days that work takes: more than written if its owner lacks capacity."""
    planned = calendar.count(task.planned_start - timedelta(1), task.planned_finish)
    return max(task.days, planned)
