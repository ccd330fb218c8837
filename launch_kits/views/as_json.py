"""The JSON of plans, launches, tasks, gates and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlmodel import Session

    from launch_kits.database.records import Decision, Event
    from launch_kits.plan import Span
    from launch_kits.plan.readiness import CheckState
    from launch_kits.plan.rollout import Assignment
    from launch_kits.views.launch import LaunchView, TaskView

__all__ = [
    "event_json",
    "events_of",
    "gates_json",
    "launch_json",
    "plan_task_json",
    "record",
    "standing_of",
    "task_json",
]


def gates_json(view: LaunchView) -> dict[str, object]:
    """The gates of a launch, the verdict computed from them, and the decision that stands."""
    return {
        "gates": [
            {
                "stage": gate.stage,
                "title": gate.title,
                "owner": gate.owner,
                "hard": gate.hard,
                "before_launch": gate.before_launch,
                "passed": gate.passed(view.today),
                "checks": [_check_json(check, view.today) for check in gate.checks],
            }
            for gate in view.gates
        ],
        "verdict": {
            "go": view.verdict.go,
            "reasons": list(view.verdict.reasons),
            "concerns": list(view.verdict.concerns),
        },
        "decision": _decision_json(view.decision),
    }


def _check_json(check: CheckState, today: date) -> dict[str, object]:
    return {
        "n": check.number,
        "title": check.title,
        "evidence": check.evidence,
        "holds": check.holds(today),
        "checked_by": check.checked_by,
        "checked_on": check.checked_on.isoformat() if check.checked_on else None,
        "link": check.link,
        "waived_by": check.waived_by,
        "waived_until": check.waived_until.isoformat() if check.waived_until else None,
        "waived_why": check.waived_why,
    }


def _decision_json(decision: Decision | None) -> dict[str, object] | None:
    if decision is None:
        return None
    word = "go" if decision.go else "no-go"
    return {
        "decision": word,
        "by": decision.by,
        "at": decision.at.isoformat(),
        "note": decision.note,
    }


def plan_task_json(assignment: Assignment, span: Span) -> dict[str, object]:
    """A planned task as the plan's JSON has it."""
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
    }


def task_json(task: TaskView, *, launch: str | None = None) -> dict[str, object]:
    """A task as status has it; with ``launch``, as `tasks` has it."""
    return {**({"launch": launch} if launch is not None else {}), **standing_of(task)}


def launch_json(view: LaunchView) -> dict[str, object]:
    """The head of a launch, as every status has it."""
    return {
        "launch": view.slug,
        "product": view.product,
        "status": view.status,
        "launch_on": view.launch_on.isoformat(),
        "readiness": round(view.readiness, 4),
        "late": view.late,
    }


def events_of(session: Session, launch: str) -> Sequence[Event]:
    """What happened in a launch, oldest first."""
    from sqlmodel import col, select

    from launch_kits.database.records import Event

    return session.exec(
        select(Event).where(Event.launch == launch).order_by(col(Event.id))
    ).all()


def event_json(event: Event) -> dict[str, object]:
    """An event as the history's JSON has it."""
    return {
        "at": event.at.isoformat(),
        "by": event.by,
        "verb": event.verb,
        "task": event.task,
        "note": event.note,
        "data": event.data,
    }


def standing_of(task: TaskView) -> dict[str, object]:
    """A task as `status` tells of it."""
    return {
        "key": task.key,
        "stage": task.stage,
        "title": task.title,
        "status": task.status.value,
        "owner": task.owner,
        "due": task.due.isoformat(),
        "overdue": task.overdue,
        "float": task.float_days,
        "document": str(task.document) if task.document else None,
    }


def record(task: TaskView) -> dict[str, object]:
    """A task as it is handed on.

    What `status` tells of it, then its dates and what is known besides.
    """
    instants = {
        name: getattr(task, name)
        for name in ("ready_at", "begun_at", "submitted_at", "done_at")
    }
    return {
        **standing_of(task),
        "stage_title": task.stage_title,
        "role": task.role,
        "owner_name": task.owner_name,
        "backup": task.backup,
        "approver": task.approver,
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
