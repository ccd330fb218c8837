"""What happens to a launch, as Prefect events that Automations can listen to."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from prefect.events import emit_event

from launch_kits.board.graph import StateChange
from launch_kits.database.records import TASK_STATUSES, LaunchStatus
from launch_kits.views.launch import LaunchView, Undelivered

__all__ = ["EVENTS", "launch_event", "notice_event", "task_event"]

#: state that a task came into → event
EVENTS = {
    **{
        facts.board: f"launch-kits.task.{facts.event}"
        for facts in TASK_STATUSES.values()
        if facts.event
    },
    "Overdue": "launch-kits.task.overdue",
}
#: state → the task's column with the instant at which it came into that state
SINCE = {facts.board: facts.since for facts in TASK_STATUSES.values() if facts.since}

#: coming back from one of these to what it was before is no news
PAUSES = ("Overdue", "Blocked")


class _Told(NamedTuple):
    """What makes an event the same one, however often it is told."""

    event: str
    subject: str
    stamp: str
    occurred: datetime


def task_event(
    view: LaunchView, run_id: UUID, move: StateChange, *, now: datetime
) -> None:
    """Tell that a task came into another state.

    One put on the board for the first time tells nothing, nor does one that a cancelled launch
    takes with it.
    """
    event, item, state = EVENTS.get(move.after.name), move.task, move.after.name
    came_back = move.before in PAUSES and state in SINCE and state != "Done"
    if (
        event is None
        or move.before is None
        or came_back
        or view.status == LaunchStatus.CANCELLED
    ):
        return
    at = getattr(item, SINCE[state]) if state in SINCE else None
    stamp = item.due.isoformat() if state == "Overdue" else str(at or view.revision)
    _tell(
        view,
        run_id,
        _Told(event, item.key, stamp, at or now),
        related=[
            {
                "prefect.resource.id": f"launch-kits.task.{view.slug}.{item.key}",
                "prefect.resource.role": "task",
                "prefect.resource.name": item.title,
            },
            {
                "prefect.resource.id": f"prefect.task-run.{move.run_id}",
                "prefect.resource.role": "task-run",
            },
        ],
        payload={
            "task": item.key,
            "title": item.title,
            "stage": item.stage,
            "owner": item.owner,
            "due": item.due.isoformat(),
            "state": state,
            "before": move.before,
        },
    )


def launch_event(view: LaunchView, run_id: UUID, what: str, *, now: datetime) -> None:
    """Tell something about the launch as a whole.

    ``opened``, ``at-risk``, ``on-track``, ``done`` or ``cancelled``.
    """
    occurred = view.ended_at if what in ("done", "cancelled") and view.ended_at else now
    _tell(
        view,
        run_id,
        _Told(f"launch-kits.launch.{what}", "", str(view.revision), occurred),
        related=[],
        payload={},
    )


def notice_event(
    view: LaunchView, run_id: UUID, notice: Undelivered, *, now: datetime
) -> None:
    """Tell that somebody could not be told something; once each time that it is given up."""
    told = _Told("launch-kits.notice.dead", notice.key, str(notice.attempts), now)
    _tell(
        view,
        run_id,
        told,
        related=[],
        payload={"notice": notice.key, "to": notice.to, "error": notice.error},
    )


def _tell(
    view: LaunchView,
    run_id: UUID,
    told: _Told,
    *,
    related: list[dict[str, str]],
    payload: dict[str, str],
) -> None:
    # The same happening has the same id, and Prefect keeps one event of an id: a step that died
    # between telling and drawing may tell it again.
    emit_event(
        told.event,
        resource={
            "prefect.resource.id": f"launch-kits.launch.{view.slug}",
            "prefect.resource.name": view.product,
        },
        related=[
            {
                "prefect.resource.id": f"prefect.flow-run.{run_id}",
                "prefect.resource.role": "flow-run",
            },
            *related,
        ],
        payload={
            "launch": view.slug,
            "launch_on": view.launch_on.isoformat(),
            "readiness": f"{view.readiness:.3f}",
            "late": str(view.late),
            **payload,
        },
        occurred=told.occurred,
        id=uuid5(run_id, f"{told.event}:{told.subject}:{told.stamp}"),
    )
