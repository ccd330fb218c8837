"""Bringing the board up to what the records say.

Graph, artifacts, tags and events, and only what has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun

from launch_kits.board import artifacts, events, graph
from launch_kits.board.board_text import at_risk
from launch_kits.database.records import LaunchStatus
from launch_kits.views.launch import LaunchView

__all__ = ["DRAWN_ON", "draw", "tags"]

AT_RISK = "at-risk"
#: label of a run: the day on which its board was drawn; a day in which nothing happens spends float
#: all the same
DRAWN_ON = "launch-kits.drawn-on"


def tags(slug: str, *, tier: int) -> list[str]:
    """The tags of a launch's run."""
    return [f"launch:{slug}", f"tier:{tier}"]


def draw(
    client: SyncPrefectClient, run: FlowRun, view: LaunchView, *, now: datetime
) -> int:
    """Show a launch in its run; gives how many tasks were put there or changed. Raises
    httpx.HTTPError.

    Compares with what the board shows, so it may be asked at any time and after any failure. Events
    are told before the state that they speak of is drawn: a step that dies in between tells them
    again, with the same ids.
    """
    drawn = graph.read(client, run.id, view)
    changed = list(graph.moves(view, run.id, drawn))
    if not drawn and changed:
        events.launch_event(view, run.id, "opened", now=now)
    _draw_graph(client, run.id, view, changed, now=now)
    artifacts.publish(client, run.id, artifacts.artifacts(view))
    _name(client, run, view, now=now)
    if run.labels.get(DRAWN_ON) != view.today.isoformat():
        client.update_flow_run_labels(run.id, {DRAWN_ON: view.today.isoformat()})
    if view.drawn < view.revision:
        for notice in view.undelivered:
            events.notice_event(view, run.id, notice, now=now)
    if view.status != LaunchStatus.RUNNING and view.drawn < view.revision:
        events.launch_event(view, run.id, view.status, now=now)
    return len(changed)


def _draw_graph(
    client: SyncPrefectClient,
    run_id: UUID,
    view: LaunchView,
    changed: Sequence[graph.StateChange],
    *,
    now: datetime,
) -> None:
    for move in changed:
        events.task_event(view, run_id, move, now=now)
        if move.before is None:
            graph.create(client, run_id, move, slug=view.slug)
        else:
            graph.send(client, move)


def _name(
    client: SyncPrefectClient, run: FlowRun, view: LaunchView, *, now: datetime
) -> None:
    """Name and tag the run; a run from Prefect's form comes with neither."""
    risk, risked = at_risk(view), AT_RISK in run.tags
    kept = [tag for tag in run.tags if tag != AT_RISK]
    wanted = list(
        dict.fromkeys(
            [*kept, *tags(view.slug, tier=view.tier), *([AT_RISK] if risk else [])]
        )
    )
    if risk != risked and view.status == LaunchStatus.RUNNING:
        events.launch_event(view, run.id, AT_RISK if risk else "on-track", now=now)
    if sorted(wanted) != sorted(run.tags) or run.name != view.product:
        client.update_flow_run(run.id, name=view.product, tags=wanted)
        run.name, run.tags = view.product, wanted
