"""The lease on a launch: one step at a time works on it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import col

from launch_kits.database.records import Launch
from launch_kits.database.store import Store

__all__ = [
    "LEASE",
    "drop_lease",
    "is_leased",
    "mark_drawn",
    "mark_sent",
    "renew_lease",
    "take_lease",
]

#: how long a step holds its launch before others may think it dead
LEASE = timedelta(seconds=60)


def take_lease(store: Store, slug: str, *, by: str, now: datetime) -> bool:
    """Hold a launch for one step.

    Returns False if another step holds it.
    """
    free = or_(
        col(Launch.step_by).is_(None),
        col(Launch.step_by) == by,
        col(Launch.step_until) <= now,
    )
    return _lease(store, slug, free, by=by, until=now + LEASE)


def renew_lease(store: Store, slug: str, *, by: str, now: datetime) -> bool:
    """Hold it longer; returns False if it was lost."""
    return _lease(store, slug, col(Launch.step_by) == by, by=by, until=now + LEASE)


def drop_lease(store: Store, slug: str, *, by: str) -> None:
    """Let others have it; nothing happens if it was lost."""
    _lease(store, slug, col(Launch.step_by) == by, by=None, until=None)


def is_leased(launch: Launch, *, now: datetime) -> bool:
    """Whether a step is at work on a launch, as far as its lease tells."""
    return launch.step_until is not None and launch.step_until > now


def _lease(
    store: Store,
    slug: str,
    where: ColumnElement[bool],
    *,
    by: str | None,
    until: datetime | None,
) -> bool:
    with store.write() as session:
        result = session.exec(
            update(Launch)
            .where(col(Launch.slug) == slug, where)
            .values(step_by=by, step_until=until)
        )
        return bool(result.rowcount)


def mark_drawn(store: Store, slug: str, revision: int) -> None:
    """Note which revision the board shows; it never goes back."""
    with store.write() as session:
        behind = and_(col(Launch.slug) == slug, col(Launch.drawn) < revision)
        session.exec(update(Launch).where(behind).values(drawn=revision))


def mark_sent(store: Store, slug: str, revision: int, *, at_risk: bool) -> None:
    """Note up to which revision Prefect was sent events, and whether one said at risk."""
    with store.write() as session:
        changed = or_(
            col(Launch.events_sent) < revision, col(Launch.risk_sent) != at_risk
        )
        session.exec(
            update(Launch)
            .where(col(Launch.slug) == slug, changed)
            .values(events_sent=revision, risk_sent=at_risk)
        )
