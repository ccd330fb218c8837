"""The tasks of a launch as the planner takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from launch_kits.database.queries import dependencies_of, tasks_of
from launch_kits.database.records import CLOSED, Launch, Task, TaskStatus
from launch_kits.plan import Anchor, PlanInput, Predecessor, Work
from launch_kits.plan.calendars import Calendars
from launch_kits.workdays.calendar import end_of_day
from launch_kits.workdays.offsets import Offset

__all__ = ["TaskGraph", "is_overdue"]


@dataclass(frozen=True, slots=True)
class TaskGraph:
    """The tasks of a launch by id, with their dependencies.

    ``waits`` has for each task the ids that it waits for, with lags in working days.
    """

    tasks: Mapping[int, Task]
    waits: Mapping[int, Sequence[tuple[int, int]]]

    @classmethod
    def read(cls, session: Session, slug: str) -> TaskGraph:
        """The graph of a launch."""
        tasks = {task.id: task for task in tasks_of(session, slug)}
        waits: dict[int, list[tuple[int, int]]] = {key: [] for key in tasks}
        for dependency in dependencies_of(session, slug):
            waits[dependency.task].append((dependency.after, dependency.lag))
        return cls(tasks, waits)

    def predecessors(self, task: Task) -> Sequence[tuple[Task, int]]:
        """The tasks waited for.

        A dropped one is replaced by its own predecessors; lags along the way add up.
        """
        found: dict[int, int] = {}
        stack = list(self.waits[task.id])
        while stack:
            before, lag = stack.pop()
            if self.tasks[before].status == TaskStatus.DROPPED:
                stack.extend(
                    (further, lag + more) for further, more in self.waits[before]
                )
            else:
                found[before] = max(found.get(before, 0), lag)
        return [(self.tasks[before], lag) for before, lag in sorted(found.items())]

    def successors(self, task: Task) -> list[Task]:
        """The tasks that wait for a task, except dropped ones."""
        return [
            other
            for other in self.tasks.values()
            if other.status != TaskStatus.DROPPED
            and any(before is task for before, _ in self.predecessors(other))
        ]

    def held_by(self, task: Task) -> Sequence[Task]:
        """The open tasks that a task still waits for."""
        return [
            before
            for before, _ in self.predecessors(task)
            if before.status != TaskStatus.DONE
        ]

    def can_begin(self) -> tuple[str, ...]:
        """The keys of the ready tasks, and of the waiting ones that only a date holds."""
        return tuple(
            task.key
            for task in self.tasks.values()
            if task.status == TaskStatus.READY
            or (task.status == TaskStatus.WAITING and not self.held_by(task))
        )

    def plan_input(
        self, launch: Launch, calendars: Calendars, *, today: date | None = None
    ) -> PlanInput:
        """The tasks to plan, with the days of their launch.

        Dropped tasks are left out.

        With ``today`` (the launch's own day), work begins today at the earliest.
        """
        begin_on = launch.begin_on if today is None else max(today, launch.begin_on)
        return PlanInput(
            self.work(calendars, zone=calendars.brief.zone()),
            calendar=calendars.launch,
            begin_on=begin_on,
            release_on=launch.release_on,
            launch_on=launch.launch_on,
        )

    def work(self, calendars: Calendars, *, zone: ZoneInfo) -> list[Work]:
        """The tasks as the planner takes them.

        Dropped tasks are left out. Done and begun work has the days on which it was done and begun.
        Begun work stays booked up to its planned finish.
        """
        return [
            Work(
                key=task.key,
                days=task.days,
                after=tuple(
                    Predecessor(before.key, lag)
                    for before, lag in self.predecessors(task)
                ),
                anchor=Anchor(task.anchor),
                due=Offset.parse(task.due_offset) if task.due_offset else None,
                not_before=Offset.parse(task.not_before_offset)
                if task.not_before_offset
                else None,
                calendar=calendars.of(task.owner),
                workdays=tuple(map(Offset.parse, task.workdays)),
                begun_on=task.begun_at.astimezone(zone).date()
                if task.begun_at
                else None,
                done_on=task.done_at.astimezone(zone).date() if task.done_at else None,
                in_review=task.status == TaskStatus.REVIEW,
                booked_until=task.planned_finish if task.begun_at else None,
            )
            for task in self.tasks.values()
            if task.status != TaskStatus.DROPPED
        ]


def is_overdue(task: Task, zone: ZoneInfo, *, now: datetime) -> bool:
    """Whether a task is open after its due day.

    ``zone`` is its owner's time zone.
    """
    return task.status not in CLOSED and now >= end_of_day(task.due, zone)
