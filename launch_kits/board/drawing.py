"""Updates of the board from the database.

Graph, artifacts, tags and events are compared first, and only differences are sent to Prefect.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun

from launch_kits.board import artifacts, events, graph
from launch_kits.board.board_text import at_risk, instant
from launch_kits.database.records import LaunchStatus
from launch_kits.views.launch import LaunchView

__all__ = ["DRAWN_ON", "draw", "tags"]

AT_RISK = "at-risk"
#: label of a run: the day on which its board was drawn, because float changes from day to day even
#: if no task does
DRAWN_ON = "launch-kits.drawn-on"


def tags(slug: str, *, tier: int) -> list[str]:
    """The tags of a launch's run."""
    return [f"launch:{slug}", f"tier:{tier}"]


def draw(
    client: SyncPrefectClient,
    run: FlowRun,
    view: LaunchView,
    *,
    name: str,
    now: datetime,
    room: str | None = None,
) -> int:
    """Show a launch in its run, which gets a name; ``room`` is the launch room's public address.

    Compares the launch with the board, so it may be called at any time and after any failure. Each
    event is emitted before its state is drawn: if the process dies in between, the event is emitted
    again with the same id. Prefect is told of a launch's turns once, even if its own database was
    lost since. Returns the number of tasks that were created or changed. Raises httpx.HTTPError.
    """
    drawn = graph.read(client, run.id, view)
    changed = list(graph.changes(view, run.id, drawn))
    untold = view.events_sent < view.revision
    if not drawn and changed and view.events_sent < 0:
        events.launch_event(client, view, run.id, "opened", now=now)
    _draw_graph(client, run.id, view, changed, now=now)
    wanted = artifacts.artifacts(view, room=room)
    artifacts.publish(client, run.id, wanted, as_of=instant(now, view.timezone))
    _name(client, run, view, name=name, now=now)
    if run.labels.get(DRAWN_ON) != view.today.isoformat():
        client.update_flow_run_labels(run.id, {DRAWN_ON: view.today.isoformat()})
    if untold:
        for notice in view.undelivered:
            events.notice_event(client, view, run.id, notice, now=now)
    if view.status != LaunchStatus.RUNNING and untold:
        events.launch_event(client, view, run.id, view.status, now=now)
    return len(changed)


def _draw_graph(
    client: SyncPrefectClient,
    run_id: UUID,
    view: LaunchView,
    changed: Sequence[graph.StateChange],
    *,
    now: datetime,
) -> None:
    for change in changed:
        events.task_event(client, view, run_id, change, now=now)
        if change.before is None:
            graph.create(client, run_id, change, slug=view.slug)
        else:
            graph.send(client, change)


def _name(
    client: SyncPrefectClient,
    run: FlowRun,
    view: LaunchView,
    *,
    name: str,
    now: datetime,
) -> None:
    """Name and tag the run, because a run from Prefect's form has neither."""
    risk = at_risk(view)
    risked = view.risk_sent or AT_RISK in run.tags
    kept = [tag for tag in run.tags if tag != AT_RISK]
    wanted = list(
        dict.fromkeys(
            [*kept, *tags(view.slug, tier=view.tier), *([AT_RISK] if risk else [])]
        )
    )
    if risk != risked and view.status == LaunchStatus.RUNNING:
        events.launch_event(
            client, view, run.id, AT_RISK if risk else "on-track", now=now
        )
    if sorted(wanted) != sorted(run.tags) or run.name != name:
        client.update_flow_run(run.id, name=name, tags=wanted)
        run.name = name
        run.tags = wanted
