"""The events of launches and sweeps in Prefect, for use in Automations.

They are sent in one call each, which has ended when it returns: Prefect's own worker for events
would hold up the end of a short process, and lose them at the end of one that is killed.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from prefect.client.orchestration import SyncPrefectClient
from prefect.events.schemas.events import Event, RelatedResource, Resource

from launch_kits.board.graph import StateChange
from launch_kits.database.records import TASK_STATUSES, LaunchStatus
from launch_kits.statuses import LAUNCH_STATUSES
from launch_kits.views.launch import LaunchView
from launch_kits.views.undelivered import Undelivered

__all__ = ["EVENTS", "launch_event", "notice_event", "sweep_event", "task_event"]

#: new state of a task → event
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

#: a task that returns from one of these to its earlier state causes no event
PAUSES = ("Overdue", "Blocked")


class _Told(NamedTuple):
    """The identity of an event: equal ones are kept once by Prefect."""

    event: str
    subject: str
    stamp: str
    occurred: datetime


def task_event(
    client: SyncPrefectClient,
    view: LaunchView,
    run_id: UUID,
    change: StateChange,
    *,
    now: datetime,
) -> None:
    """Emit an event if a task has changed its state.

    No event is emitted if the task is drawn for the first time, or if its launch was cancelled.
    """
    item = change.task
    state = change.after.name
    event = EVENTS.get(state)
    came_back = change.before in PAUSES and state in SINCE and state != "Done"
    if (
        event is None
        or change.before in (None, state)
        or came_back
        or view.status == LaunchStatus.CANCELLED
    ):
        return
    at = getattr(item, SINCE[state]) if state in SINCE else None
    stamp = item.due.isoformat() if state == "Overdue" else str(at or view.revision)
    _tell(
        client,
        view,
        run_id,
        _Told(event, item.key, stamp, at or now),
        related=_resources(view, change),
        payload={
            "task": item.key,
            "title": item.title,
            "stage": item.stage,
            "owner": item.owner,
            "due": item.due.isoformat(),
            "state": state,
            "before": change.before,
        },
    )


def _resources(view: LaunchView, change: StateChange) -> list[dict[str, str]]:
    """The resources of Prefect that belong to a task."""
    return [
        {
            "prefect.resource.id": f"launch-kits.task.{view.slug}.{change.task.key}",
            "prefect.resource.role": "task",
            "prefect.resource.name": change.task.title,
        },
        {
            "prefect.resource.id": f"prefect.task-run.{change.run_id}",
            "prefect.resource.role": "task-run",
        },
    ]


def launch_event(
    client: SyncPrefectClient,
    view: LaunchView,
    run_id: UUID,
    name: str,
    *,
    now: datetime,
) -> None:
    """Emit an event of the launch as a whole.

    ``name`` is ``opened``, ``at-risk``, ``on-track``, ``done`` or ``cancelled``.
    """
    ends = {facts.event for facts in LAUNCH_STATUSES.values()}
    occurred = view.ended_at if name in ends and view.ended_at else now
    _tell(
        client,
        view,
        run_id,
        _Told(f"launch-kits.launch.{name}", "", str(view.revision), occurred),
        related=[],
        payload={},
    )


def notice_event(
    client: SyncPrefectClient,
    view: LaunchView,
    run_id: UUID,
    notice: Undelivered,
    *,
    now: datetime,
) -> None:
    """Emit an event if delivery of a notice was given up.

    There is one event for each time that delivery is given up.
    """
    told = _Told("launch-kits.notice.dead", notice.key, str(notice.attempts), now)
    _tell(
        client,
        view,
        run_id,
        told,
        related=[],
        payload={"notice": notice.key, "to": notice.to, "error": notice.error},
    )


def sweep_event(
    client: SyncPrefectClient, *, ended_at: datetime, seconds: float, problems: int
) -> None:
    """Emit an event of a sweep that ended, so that an automation notices if none comes."""
    event = Event(
        event="launch-kits.sweep.ended",
        resource=Resource(
            {
                "prefect.resource.id": "launch-kits.sweep",
                # automations match labels of a resource, not the payload
                "launch-kits.sweep.outcome": "failed" if problems else "completed",
            }
        ),
        payload={"seconds": f"{seconds:.1f}", "problems": str(problems)},
        occurred=ended_at,
    )
    _send(client, event)


def _tell(
    client: SyncPrefectClient,
    view: LaunchView,
    run_id: UUID,
    told: _Told,
    *,
    related: list[dict[str, str]],
    payload: dict[str, str],
) -> None:
    # Equal events have equal ids, and Prefect keeps one event per id: a process that died between
    # the event and the drawing may emit it again.
    event = Event(
        event=told.event,
        resource=Resource(
            {
                "prefect.resource.id": f"launch-kits.launch.{view.slug}",
                "prefect.resource.name": view.product,
            }
        ),
        related=[
            RelatedResource(
                {
                    "prefect.resource.id": f"prefect.flow-run.{run_id}",
                    "prefect.resource.role": "flow-run",
                }
            ),
            *map(RelatedResource, related),
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
    _send(client, event)


def _send(client: SyncPrefectClient, event: Event) -> None:
    """Send an event; raises httpx.HTTPError."""
    client.request("POST", "/events", json=[event.model_dump(mode="json")])
