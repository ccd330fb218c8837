"""The follow-up of a change: wake the launch's run, or do its step here."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from launch_kits.board.address import api_url
from launch_kits.errors import DeliveryError, DocumentError
from launch_kits.workdays.in_words import count

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.settings import Settings
    from launch_kits.worker.delivery import Delivered

__all__ = ["FollowUp", "follow_up", "step_here", "sweep_once"]

ELSEWHERE = (
    "another process is delivering; what waits is sent by it, or by the next sweep"
)


class FollowUp(NamedTuple):
    """Sentences about work left to the next sweep, and about failures."""

    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def follow_up(
    store: Store,
    slug: str,
    *,
    settings: Settings,
    now: datetime,
    write: Callable[[str], None] | None = None,
) -> FollowUp:
    """Follow up a change of a launch: documents, notices, the board.

    With a Prefect server the board is drawn here, and the launch's run is woken if it has
    documents, deliveries or its own end to see to. Without a server all is done here, and notices
    for the console go to ``write``, or to standard error. Never fails for a document or a delivery:
    they stay owed, the next sweep tries again, and the warnings name them.
    """
    if api_url(settings):
        return _with_server(store, slug, settings=settings, now=now)
    return step_here(store, slug, settings=settings, now=now, write=write)


def _with_server(
    store: Store, slug: str, *, settings: Settings, now: datetime
) -> FollowUp:
    from launch_kits.board.wake import wake
    from launch_kits.worker import step

    step.advance(store, slug, now=now)
    notes = []
    if step.is_owed(store, slug, settings=settings, now=now):
        # Woken first: while its process starts, the board is drawn.
        notes.append(wake(store, slug, settings=settings))
    if not any(notes):
        # A server that cannot be reached is asked once.
        from launch_kits.board.redraw import draw_now

        notes.append(draw_now(store, slug, settings=settings, now=now))
    return FollowUp(notes=tuple(note for note in notes if note))


def step_here(
    store: Store,
    slug: str,
    *,
    settings: Settings,
    now: datetime,
    write: Callable[[str], None] | None = None,
) -> FollowUp:
    """Do a launch's step in this process, without Prefect.

    As in ``follow_up``, documents and deliveries that fail stay owed.
    """
    from launch_kits.worker import step

    try:
        delivered = step.run(store, slug, settings=settings, now=now, write=write)
    except (DocumentError, DeliveryError) as error:
        return FollowUp(warnings=(str(error),))
    return _of(delivered)


def sweep_once(
    store: Store,
    *,
    settings: Settings,
    now: datetime,
    write: Callable[[str], None] | None = None,
) -> tuple[str, FollowUp]:
    """Do one sweep, with the runs in Prefect if a server is used.

    Returns a sentence on its work, and the failures.
    """
    if api_url(settings):
        from launch_kits.board.sweep import sweep

        return str(sweep(store, settings=settings, now=now, write=write)), FollowUp()
    from launch_kits import outbox
    from launch_kits.database.isolation import each_alone
    from launch_kits.verbs import RunningLaunches
    from launch_kits.views.overview import keep_overviews
    from launch_kits.worker import step
    from launch_kits.worker.retention import forget_old
    from launch_kits.worker.sweeps import note_sweep

    began = time.monotonic()
    warnings: list[str] = []
    launches = RunningLaunches(now)
    slugs = step.sweep_due(store, now=now, problem=warnings.append, launches=launches)
    warnings += each_alone(
        slugs,
        lambda slug: step.write_documents(store, slug, settings=settings, now=now),
        doing="has a document that cannot be written",
    )
    warnings += step.review_contents(store, settings=settings, now=now)
    delivered = step.deliver(store, settings=settings, now=now, write=write)
    found = _of(delivered)
    warnings += found.warnings
    if dead := outbox.undelivered(store):
        warnings.append(dead)
    seconds = time.monotonic() - began
    forget_old(store, keep=settings.keep, now=now)
    keep_overviews(store, now=now, view=launches.view)
    note_sweep(store, ended_at=now, seconds=seconds, problems=len(warnings))
    sent = delivered.sent
    moved = len(slugs)
    said = (
        f"swept: {count(sent, 'notice')} sent, "
        f"{moved} launch{'' if moved == 1 else 'es'} moved on"
    )
    return said, FollowUp(found.notes, tuple(warnings))


def _of(delivered: Delivered) -> FollowUp:
    notes = (ELSEWHERE,) if delivered.elsewhere else ()
    return FollowUp(notes, tuple(delivered.problems))
