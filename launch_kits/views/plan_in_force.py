"""The tasks of a running launch as its plan in force has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from launch_kits.database.records import AHEAD, Task, TaskStatus
from launch_kits.plan import Work
from launch_kits.plan.shortage import PlannedWork
from launch_kits.plan.workload import exact

__all__ = ["as_planned", "planned_work"]


def planned_work(tasks: Mapping[str, Task]) -> Mapping[str, PlannedWork]:
    """Return the planned days of the work that is not begun, by key."""
    return {
        key: PlannedWork(task.owner, task.planned_finish, exact(task.share))
        for key, task in tasks.items()
        if task.days and task.begun_at is None and task.status in AHEAD
    }


def as_planned(work: Work, task: Task, *, planned_at: datetime, zone: ZoneInfo) -> Work:
    """Return a task with only the facts older than the plan."""

    def before(at: datetime | None) -> date | None:
        return at.astimezone(zone).date() if at and at < planned_at else None

    done_on = before(task.done_at)
    submitted = before(task.submitted_at) is not None
    reviewed = task.status in (TaskStatus.REVIEW, TaskStatus.DONE)
    return replace(
        work,
        begun_on=before(task.begun_at),
        done_on=done_on,
        in_review=submitted and reviewed and done_on is None,
    )
