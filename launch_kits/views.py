"""A launch as people see it: its records with what is derived from them at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from launch_kits.records import CLOSED, TaskStatus

__all__ = ["LaunchView", "TaskView"]


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with what is derived from it."""

    launch: str
    key: str
    stage: str
    stage_title: str
    title: str
    role: str
    #: emails
    owner: str
    owner_name: str
    backup: str | None
    approver: str | None
    days: int
    #: keys of the tasks it waits for
    after: tuple[str, ...]
    anchor: str
    #: as planned
    start: date
    finish: date
    start_by: date
    due: date
    critical: bool
    status: TaskStatus
    overdue: bool
    #: spare working days with the facts of today; None when closed
    float_days: int | None
    checklist: tuple[str, ...]
    template: str | None
    audience: str
    link: str | None
    document: Path | None
    ready_at: datetime | None
    begun_at: datetime | None
    submitted_at: datetime | None
    done_at: datetime | None
    #: why it is blocked, as its owner said
    blocked_by: str | None
    #: a due day asked for and not yet answered
    asked_until: date | None

    @property
    def open(self) -> bool:
        """Whether there is work left."""
        return self.status not in CLOSED


@dataclass(frozen=True, slots=True)
class LaunchView:
    """A launch with its tasks and what is derived from them."""

    slug: str
    product: str
    kit: str
    tier: int
    status: str
    begin_on: date
    release_on: date
    launch_on: date
    timezone: str
    #: without the #
    channel: str
    #: email
    lead: str
    #: the launch's own day at the instant of the view
    today: date
    tasks: tuple[TaskView, ...]
    revision: int
    drawn: int
    flow_run_id: str | None
    opened_at: datetime
    ended_at: datetime | None

    @property
    def readiness(self) -> float:
        """Done tasks among those not dropped; 1.0 where there are none."""
        kept = [task for task in self.tasks if task.status is not TaskStatus.DROPPED]
        return sum(task.status is TaskStatus.DONE for task in kept) / len(kept) if kept else 1.0

    @property
    def late(self) -> int:
        """How many tasks are overdue."""
        return sum(task.overdue for task in self.tasks)

    @property
    def open_tasks(self) -> tuple[TaskView, ...]:
        """The tasks with work left, in the launch's order."""
        return tuple(task for task in self.tasks if task.open)

    @property
    def next_tasks(self) -> tuple[TaskView, ...]:
        """The open tasks that can be worked on, by due day."""
        active = (task for task in self.open_tasks if task.status is not TaskStatus.WAITING)
        return tuple(sorted(active, key=lambda task: (task.due, task.key)))

    def task(self, key: str) -> TaskView | None:
        """The task with a key, or None."""
        return next((task for task in self.tasks if task.key == key), None)
