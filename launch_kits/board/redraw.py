"""Drawing of a launch outside its run: by the process of a verb, or by a sweep.

Starting the process of a run takes ten seconds, and drawing less than one.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

import httpx

from launch_kits.board import runs
from launch_kits.board.address import api_auth, api_url
from launch_kits.board.board_text import at_risk, standing
from launch_kits.board.client import connected
from launch_kits.board.drawing import draw
from launch_kits.board.lease_keeper import LeaseKeeper
from launch_kits.board.suspension import refresh
from launch_kits.database import launch_lease
from launch_kits.database.queries import find_launch
from launch_kits.database.records import LaunchStatus
from launch_kits.errors import LaunchKitsError, PrefectError
from launch_kits.views.facts import read_view

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun

    from launch_kits.database.store import Store
    from launch_kits.settings import Settings

__all__ = ["PATIENCE", "draw_now", "redraw"]

#: seconds in which a launch that another process draws is tried again
PATIENCE = 10.0
#: seconds for Prefect's answers to the process of a verb, which a person waits for
WITHIN = 15.0
#: seconds between two tries
PAUSE = 0.2


def draw_now(
    store: Store,
    slug: str,
    *,
    settings: Settings,
    now: datetime,
    patience: float = PATIENCE,
) -> str | None:
    """Show a change of a launch in its run at once, from this process.

    Returns None if the board shows the change, otherwise a sentence that says why the next sweep
    has to draw it. Never raises, because the change itself is done.
    """
    until = time.monotonic() + patience
    try:
        url = api_url(settings)
        with connected(url, auth=api_auth(settings), within=WITHIN) as client:
            while not _caught_up(store, slug):
                run = _run_of(client, store, slug)
                if run is None:
                    return (
                        f"{slug} has no run in Prefect yet; the next sweep creates it"
                    )
                if redraw(client, store, run, slug, settings=settings, now=now):
                    continue
                if time.monotonic() >= until:
                    return (
                        f"the run of {slug} is still running; the next sweep draws it"
                    )
                time.sleep(PAUSE)
    except (LaunchKitsError, httpx.HTTPError) as error:
        return f"the board cannot be drawn ({error}); the next sweep does it"
    return None


def redraw(
    client: SyncPrefectClient,
    store: Store,
    run: FlowRun,
    slug: str,
    *,
    settings: Settings,
    now: datetime,
    run_is_idle: bool = True,
) -> bool:
    """Draw a launch under its lease; ``run_is_idle`` if no one else draws in its run now.

    Returns False if another process holds the lease. Raises httpx.HTTPError.
    """
    lease = LeaseKeeper(store, slug, clock=lambda: now)
    try:
        lease.take(patience=0)
    except PrefectError:
        return False
    try:
        with store.read() as session:
            view = read_view(
                session,
                slug,
                now=now,
                documents=settings.documents,
                folders=settings.templates,
            )
            name = runs.run_name(session, find_launch(session, slug))
        draw(client, run, view, name=name, now=now, room=settings.url)
        if view.status == LaunchStatus.RUNNING:
            refresh(client, run.id, standing(view), zone=view.timezone, now=now)
        launch_lease.mark_sent(store, slug, view.revision, at_risk=at_risk(view))
        if run_is_idle:
            launch_lease.mark_drawn(store, slug, view.revision)
    finally:
        lease.drop()
    return True


def _caught_up(store: Store, slug: str) -> bool:
    with store.read() as session:
        launch = find_launch(session, slug)
        return launch.drawn >= launch.revision


def _run_of(client: SyncPrefectClient, store: Store, slug: str) -> FlowRun | None:
    with store.read() as session:
        run_id = find_launch(session, slug).flow_run_id
    found = runs.read(client, [run_id]) if run_id else []
    return found[0] if found else None
