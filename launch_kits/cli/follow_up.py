"""What follows a verb: the launch's run is woken, or without Prefect its step is done here."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

from launch_kits.cli.options import say
from launch_kits.errors import DeliveryError, DocumentError, Refused
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.worker.delivery import Delivered

__all__ = ["follow_up", "refuse_now", "sweep_once"]


def refuse_now(settings: Settings, now: datetime | None) -> None:
    """Raise Refused for a given `--now` where a Prefect server keeps the clock."""
    from launch_kits.board.address import api_url

    if now is not None and api_url(settings):
        raise Refused(
            "--now changes nothing where a Prefect server is used: its runs go by the clock; unset PREFECT_API_URL"
        )


def follow_up(store: Store, slug: str, *, settings: Settings, now: datetime) -> None:
    """Bring about what a verb made possible: documents, notices, the board."""
    from launch_kits.board.address import api_url
    from launch_kits.board.wake import wake

    if api_url(settings):
        trouble = wake(store, slug, settings=settings)
        if trouble:
            say(f"note: {trouble}")
        return
    from launch_kits.worker import step

    try:
        delivered = step.run(store, slug, settings=settings, now=now, write=_to_stderr)
    except (DocumentError, DeliveryError) as error:
        # The verb is done; what it could not bring about stays owed, and the next sweep tries
        # again.
        say(f"warning: {error}")
    else:
        _say_of(delivered)


def sweep_once(store: Store, *, settings: Settings, now: datetime) -> str:
    """One sweep, through Prefect's eyes where a server is used; gives a sentence on what it did."""
    from launch_kits.board.address import api_url

    if api_url(settings):
        from launch_kits.board.sweep import sweep

        return str(sweep(store, settings=settings, now=now, write=_to_stderr))
    from launch_kits import outbox
    from launch_kits.worker import step

    slugs = step.sweep_due(store, now=now)
    for slug in slugs:
        try:
            step.write_documents(store, slug, settings=settings, now=now)
        except DocumentError as error:
            say(f"warning: {error}")
    delivered = step.deliver(store, settings=settings, now=now, write=_to_stderr)
    _say_of(delivered)
    if dead := outbox.undelivered(store):
        say(f"warning: {dead}")
    sent, moved = delivered.sent, len(slugs)
    return f"swept: {sent} notice{'' if sent == 1 else 's'} sent, {moved} launch{'' if moved == 1 else 'es'} moved on"


def _say_of(delivered: Delivered) -> None:
    for problem in delivered.problems:
        say(f"warning: {problem}")
    if delivered.elsewhere:
        say(
            "note: another process is delivering; what waits is sent by it, or by the next sweep"
        )


def _to_stderr(text: str) -> None:
    print(text, file=sys.stderr)
