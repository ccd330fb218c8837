"""The tasks of launches that a person asks for: by week, stage, status, role or owner."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from launch_kits.database.records import CLOSED, LaunchStatus, TaskStatus
from launch_kits.errors import Refused
from launch_kits.plan.workload import owner_key, week_of
from launch_kits.views.kept_tasks import ListedLaunch
from launch_kits.views.launch import LaunchView
from launch_kits.views.task import TaskView
from launch_kits.workdays.countries import first_weekday

__all__ = ["LATER", "OVERDUE", "STATES", "TaskFilter", "first_of_week"]

#: open after its due day
OVERDUE = "overdue"
#: ready, but not handed out yet
LATER = "later"
#: the states by which tasks are asked for
STATES = (*TaskStatus, OVERDUE, LATER)


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """The parts that the tasks asked for share; an empty part lets every task pass."""

    #: email
    owner: str | None = None
    roles: Collection[str] = ()
    stages: Collection[str] = ()
    #: of `STATES`
    states: Collection[str] = ()
    #: `this`, `next` or an ISO week such as 2027-W05; tasks due in it
    week: str | None = None

    def tasks(self, views: Iterable[LaunchView | ListedLaunch]) -> list[TaskView]:
        """Find the tasks in running launches, by due day.

        Only open ones, unless a state is asked for that a closed task has. Raises Refused for a
        week that cannot be read.
        """
        running = (view for view in views if view.status == LaunchStatus.RUNNING)
        found = (task for view in running for task in self.of(view))
        return sorted(found, key=lambda task: task.due)

    def of(
        self, view: LaunchView | ListedLaunch, *, closed: bool = False
    ) -> list[TaskView]:
        """Find the tasks in one launch, in its order; closed ones too if ``closed``.

        Raises Refused for a week that cannot be read.
        """
        first = first_of_week(view, self.week) if self.week else None
        closed = closed or any(state in self.states for state in CLOSED)
        return [
            task
            for task in (view.tasks if closed else view.open_tasks)
            if self._matches(task) and _is_in(first, task.due)
        ]

    def _concerns(self, task: TaskView, person: str) -> bool:
        """Whether a task is a person's own, or they act for its owner or approver."""
        people = (task.owner, task.acting)
        return owner_key(person) in [owner_key(each) for each in people if each]

    def _matches(self, task: TaskView) -> bool:
        return (
            (not self.owner or self._concerns(task, self.owner))
            and (not self.roles or task.role in self.roles)
            and (not self.stages or task.stage in self.stages)
            and (
                not self.states or any(state in self.states for state in _states(task))
            )
        )


def _states(task: TaskView) -> Iterator[str]:
    yield task.status
    if task.overdue:
        yield OVERDUE
    if task.status is TaskStatus.READY and task.handed_out_at is None:
        yield LATER


def _is_in(first: date | None, day: date) -> bool:
    return first is None or first <= day < first + timedelta(7)


def first_of_week(view: LaunchView | ListedLaunch, written: str) -> date:
    """Return the first day of a week in the launch's country.

    A week has the ISO number of its fourth day. Raises Refused.
    """
    weekday = first_weekday(view.country, view.today.year)
    if written in ("this", "next"):
        first = week_of(view.today, weekday)
        return first + timedelta(7) if written == "next" else first
    match = re.fullmatch(r"(\d{4})-W(\d{2})", written, re.IGNORECASE)
    try:
        if match:
            thursday = date.fromisocalendar(int(match[1]), int(match[2]), 4)
            return week_of(thursday, weekday)
    except (ValueError, OverflowError):
        pass
    raise Refused(f'"{written}" is not a week; use this, next or a value like 2027-W05')
