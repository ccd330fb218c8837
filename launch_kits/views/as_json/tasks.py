"""The JSON of a task for `plan`, `status` and `export`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from launch_kits.plan import PlannedDates, Span
    from launch_kits.plan.assignments import Assignment
    from launch_kits.views.launch import TaskView

__all__ = ["plan_task_json", "task_json", "task_record"]


def plan_task_json(
    assignment: Assignment, span: Span, planned: PlannedDates
) -> dict[str, object]:
    """A planned task, as `plan` prints it."""
    return {
        "key": assignment.key,
        "stage": assignment.stage.key,
        "title": assignment.title,
        "role": assignment.task.role,
        "owner": assignment.owner,
        "days": assignment.task.days,
        "after": [link.key for link in assignment.after],
        "anchor": assignment.task.anchor,
        "start": span.start.isoformat(),
        "finish": span.finish.isoformat(),
        "start_by": span.start_by.isoformat(),
        "due": span.due.isoformat(),
        "float": span.float_days,
        "critical": span.critical,
        "share": assignment.share,
        "planned_start": planned.start.isoformat(),
        "planned_finish": planned.finish.isoformat(),
    }


def task_json(task: TaskView) -> dict[str, object]:
    """A task of a launch, as `status` prints it."""
    return {
        "key": task.key,
        "stage": task.stage,
        "title": task.title,
        "status": task.status.value,
        "owner": task.owner,
        "due": task.due.isoformat(),
        "overdue": task.overdue,
        "float": task.float_days,
        "planned_start": task.planned_start.isoformat(),
        "planned_finish": task.planned_finish.isoformat(),
        "expected_start": _day(task.expected_start),
        "expected_finish": _day(task.expected_finish),
        "last_start": _day(task.last_start),
        "handed_out": task.handed_out,
        "asked_until": _day(task.asked_until),
        "document": str(task.document) if task.document else None,
    }


def task_record(task: TaskView) -> dict[str, object]:
    """A task with dates and people, as `export` writes it."""
    instants = {
        name: getattr(task, name)
        for name in ("ready_at", "begun_at", "submitted_at", "done_at")
    }
    return {
        **task_json(task),
        "stage_title": task.stage_title,
        "role": task.role,
        "owner_name": task.owner_name,
        "backup": task.backup,
        "approver": task.approver,
        "in_hands_of": task.in_hands_of,
        "start": task.start.isoformat(),
        "finish": task.finish.isoformat(),
        "start_by": task.start_by.isoformat(),
        "days": task.days,
        "critical": task.critical,
        "after": list(task.after),
        **{name: at.isoformat() if at else None for name, at in instants.items()},
        "link": task.link,
        "blocked_by": task.blocked_by,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
