"""The first step of a launch that was just started: its run in Prefect, or one without a server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from launch_kits.board.address import api_url
from launch_kits.board.follow_up import FollowUp, follow_up

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.settings import Settings
    from launch_kits.verbs import StartResult

__all__ = ["first_step"]


def first_step(
    store: Store,
    started: StartResult,
    *,
    settings: Settings,
    at: datetime | None,
    now: datetime,
    write: Callable[[str], None] | None = None,
) -> tuple[str | None, FollowUp]:
    """Give a launch its run, or do its first step in this process.

    With a server the run is created, unless it exists. Without one a new launch's flow runs once,
    at the instant ``at`` if it is given; a launch that existed gets its owed documents and notices
    at ``now``. Returns the run's page, if there is a server, and the failures. Raises PrefectError.
    """
    if api_url(settings):
        from launch_kits.board.runs import start_run

        return start_run(store, started.slug, settings=settings), FollowUp()
    if not started.new:
        found = follow_up(store, started.slug, settings=settings, now=now, write=write)
        return None, found
    from launch_kits.server.embedded import run_embedded

    warnings = run_embedded(store, started.slug, settings=settings, at=at)
    return None, FollowUp(warnings=tuple(warnings))
