"""Deletion of records that are kept no longer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, exists, select

from launch_kits.database.records import Launch, Notice, NoticeStatus
from launch_kits.database.store import Store
from launch_kits.settings.retention import Retention

__all__ = ["forget_old"]

#: notices that nothing happens to any more
SETTLED = (NoticeStatus.SENT, NoticeStatus.DEAD, NoticeStatus.DROPPED)


def forget_old(store: Store, *, keep: Retention, now: datetime) -> int:
    """Delete the notices of launches that ended long ago, and these launches.

    ``keep`` says after how many days; 0 deletes nothing. A launch goes with its tasks, events and
    all else that belongs to it; written documents stay. Returns the number of launches of which
    something was deleted. Raises DatabaseError.
    """
    with store.read() as session:
        settled = _ended(session, days=keep.outbox, now=now, with_notices=True)
        over = _ended(session, days=keep.launches, now=now)
    if not settled and not over:
        return 0
    with store.write() as session:
        session.exec(
            delete(Notice).where(
                col(Notice.launch).in_(settled), col(Notice.status).in_(SETTLED)
            )
        )
        session.exec(delete(Launch).where(col(Launch.slug).in_(over)))
    return len({*settled, *over})


def _ended(
    session: Session, *, days: int, now: datetime, with_notices: bool = False
) -> list[str]:
    """The launches that ended some days ago or earlier, at most a few hundred at once."""
    if not days:
        return []
    query = select(Launch.slug).where(col(Launch.ended_at) < now - timedelta(days=days))
    if with_notices:
        query = query.where(
            exists()
            .where(col(Notice.launch) == Launch.slug)
            .where(col(Notice.status).in_(SETTLED))
        )
    return list(session.exec(query.limit(500)).all())
