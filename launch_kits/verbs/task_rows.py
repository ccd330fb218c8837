"""The one place that writes a new task's row, for planned tasks and for added ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from launch_kits.database.records import TaskStatus
from launch_kits.inputs.brief import Item
from launch_kits.inputs.brief_parts import Partner
from launch_kits.inputs.kit import Each
from launch_kits.inputs.positioning import Alternative
from launch_kits.plan import Span
from launch_kits.plan.assignments import Assignment
from launch_kits.plan.rollout import Rollout
from launch_kits.workdays.offsets import Offset

__all__ = ["planned_row", "task_row"]


def planned_row(
    rollout: Rollout, position: int, assignment: Assignment, span: Span
) -> dict[str, Any]:
    """The row of a task as its rollout plans it, waiting for its turn."""
    return task_row(
        assignment,
        span,
        launch=rollout.brief.launch,
        position=position,
        not_before=_not_before(rollout, assignment),
    )


def task_row(
    assignment: Assignment,
    span: Span,
    *,
    launch: str,
    position: int,
    not_before: date | None = None,
) -> dict[str, Any]:
    """The row of a task that waits for its turn, with the dates of a span."""
    task = assignment.task
    return {
        "launch": launch,
        "key": assignment.key,
        "position": position,
        "stage": assignment.stage.key,
        "stage_title": assignment.stage.title,
        "title": assignment.title,
        "role": task.role,
        "owner": assignment.owner,
        "backup": assignment.backup,
        "approver": assignment.approver,
        "days": task.days,
        "share": assignment.share,
        "anchor": task.anchor,
        "due_offset": task.due,
        "not_before_offset": task.not_before,
        "not_before": not_before,
        "workdays": list(task.workdays),
        "decides": task.decides,
        "start": span.start,
        "finish": span.finish,
        "start_by": span.start_by,
        "due": span.due,
        "planned_due": span.due,
        "critical": span.critical,
        "planned_start": span.start,
        "planned_finish": span.finish,
        "baseline_owner": assignment.owner,
        "baseline_days": task.days,
        "baseline_start": span.start,
        "baseline_finish": span.finish,
        "baseline_due": span.due,
        "each": _each(assignment.item),
        "item": assignment.item.key if assignment.item else None,
        "template": task.document,
        "audience": task.audience,
        "checklist": list(task.checklist),
        "edited": [],
        "status": TaskStatus.WAITING,
    }


def _not_before(rollout: Rollout, assignment: Assignment) -> date | None:
    """The day before which a task cannot begin; None if its kit names none."""
    task = assignment.task
    if not task.not_before:
        return None
    anchor = rollout.launch_on if task.anchor == "launch" else rollout.release_on
    calendar = rollout.calendars.launch
    offset = Offset.parse(task.not_before)
    return offset.resolve(calendar, calendar.last_on_or_before(anchor))


def _each(item: Item | None) -> str | None:
    if item is None:
        return None
    if isinstance(item, Alternative):
        return Each.COMPETITORS
    return Each.PARTNERS if isinstance(item, Partner) else Each.PERSONAS
