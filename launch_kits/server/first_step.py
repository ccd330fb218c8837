"""The first step of a launch that was just started: its run in Prefect, or a step done here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from launch_kits.board.address import api_url
from launch_kits.board.follow_up import FollowUp, step_here
from launch_kits.errors import NotPickedUp, PrefectError

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.settings import Settings

__all__ = ["first_step", "record_run", "records_run"]


def first_step(
    store: Store,
    slug: str,
    *,
    settings: Settings,
    now: datetime,
    write: Callable[[str], None] | None = None,
) -> tuple[str | None, FollowUp]:
    """Give a launch its run, or do its step in this process.

    With a server the run is created, unless it exists, and does the step. Without one, or if the
    server creates no run, the documents and notices that are owed at ``now`` are made here.
    Notices for the console go to ``write``, or to standard error. Returns the run's page, if there
    is a run, and the failures; never fails because of Prefect.
    """
    if not api_url(settings):
        return None, step_here(store, slug, settings=settings, now=now, write=write)
    from launch_kits.board.runs import start_run

    try:
        return start_run(store, slug, settings=settings), FollowUp()
    except NotPickedUp as error:
        # Its process may have the Slack token or the folder that this one lacks.
        return None, FollowUp(notes=(str(error),))
    except PrefectError as error:
        found = step_here(store, slug, settings=settings, now=now, write=write)
        note = f"{error}; its run is created by the next sweep that reaches a server"
        return None, FollowUp((note, *found.notes), found.warnings)


def records_run(settings: Settings) -> bool:
    """Whether a start records the run of its launch without a server."""
    return bool(settings.embedded_within) and not api_url(settings)


def record_run(slug: str, *, settings: Settings, at: datetime | None) -> str | None:
    """Run a launch's flow once without a server; nothing depends on it.

    ``at`` is the instant given in place of the clock, if any. Returns the problem, if there was
    one.
    """
    from launch_kits.server.embedded import run_embedded

    try:
        run_embedded(slug, settings=settings, at=at)
    except (PrefectError, OSError) as error:
        return str(error)
    return None
