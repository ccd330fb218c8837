"""Notices that are owed: claimed to be sent, and settled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.sqltypes import UTCDateTime

from launch_kits.database.records import (
    Notice,
    NoticeStatus,
)
from launch_kits.database.store import Store
from launch_kits.outbox.edits import outdated
from launch_kits.settings import Settings

__all__ = [
    "LEASE",
    "claim",
    "count_pending",
    "discard",
    "fail",
    "pending",
    "pending_keys",
    "release",
    "settle",
]

#: how long a claimed notice is left to its claimer
LEASE = timedelta(minutes=2)

#: the session holds no notice that has to learn of an update
UNREAD = {"synchronize_session": False}

_OLDEST_FIRST = (col(Notice.send_after), col(Notice.filed_at), col(Notice.key))


def pending(*, now: datetime, any_hour: bool = False) -> ColumnElement[bool]:
    """The condition for notices that can be claimed.

    Their hour has come, or their claimer's lease is over.

    ``any_hour`` ignores ``send_after``, for the console.
    """
    owed = col(Notice.status) == NoticeStatus.PENDING
    if not any_hour:
        owed = and_(owed, col(Notice.send_after) <= now)
    return or_(
        owed,
        and_(
            col(Notice.status) == NoticeStatus.SENDING, col(Notice.lease_until) <= now
        ),
    )


def pending_keys(
    session: Session,
    *,
    now: datetime,
    launch: str | None = None,
    any_hour: bool = False,
) -> Sequence[tuple[str, str]]:
    """Key and reader of each notice that is owed, oldest first."""
    query = select(Notice.key, Notice.to).where(pending(now=now, any_hour=any_hour))
    if launch is not None:
        query = query.where(Notice.launch == launch)
    return session.exec(query.order_by(*_OLDEST_FIRST)).all()


def claim(
    session: Session,
    *,
    by: str,
    now: datetime,
    limit: int = 20,
    launch: str | None = None,
    keys: Collection[str] | None = None,
    any_hour: bool = False,
) -> Sequence[Notice]:
    """Claim notices that are owed, oldest first.

    Those of ``keys``, or of all if it is None; also those whose claimer's lease is over.

    A claimed notice is ``sending`` until its claimer settles, releases or fails it, or its
    lease ends. One whose ``attempts`` exceeds 1 may have been sent: look before sending it again.
    """
    query = select(Notice).where(pending(now=now, any_hour=any_hour))
    if launch is not None:
        query = query.where(Notice.launch == launch)
    if keys is not None:
        query = query.where(col(Notice.key).in_(keys))
    query = query.order_by(*_OLDEST_FIRST).limit(limit)
    notices = session.exec(query.with_for_update(skip_locked=True)).all()
    for notice in notices:
        notice.status = NoticeStatus.SENDING
        notice.attempts += 1
        notice.lease_by = by
        notice.lease_until = now + LEASE
        session.add(notice)
    return notices


def settle(
    session: Session,
    key: str,
    *,
    by: str,
    now: datetime,
    channel: str,
    ts: str | None,
    shown: str | None = None,
    more: bool = False,
) -> bool:
    """Record that a claimed notice was sent, and its place.

    Returns False if the claim was lost to another. One that is posted again keeps the instant at
    which it was sent first.

    ``ts`` is None for printed lines. ``shown`` is a digest of the message, if that
    is known; ``more`` marks it as outdated, since something still has to be hung on it.
    """
    values: dict[str, Any] = {
        "outdated": Notice.outdated if ts else False,
        "shown": shown,
    }
    if more:
        values |= {"outdated": True, "changes": Notice.changes + 1}
    return _end(
        session,
        key,
        by=by,
        status=NoticeStatus.SENT,
        sent_at=func.coalesce(col(Notice.sent_at), literal(now, UTCDateTime())),
        channel=channel,
        ts=ts,
        error=None,
        **values,
    )


def release(
    session: Session,
    key: str,
    *,
    by: str,
    again_at: datetime,
    error: str | None,
    untried: bool = False,
) -> bool:
    """Return a claimed notice, to be tried again at an instant.

    Returns False if the claim was lost.

    ``untried`` takes the claim's attempt off again: nothing was sent, so there is nothing to look
    for next time.
    """
    attempts = Notice.attempts - 1 if untried else Notice.attempts
    return _end(
        session,
        key,
        by=by,
        status=NoticeStatus.PENDING,
        send_after=again_at,
        error=error,
        attempts=attempts,
    )


def fail(session: Session, key: str, *, by: str, error: str) -> bool:
    """Give a claimed notice up for good.

    Returns False if the claim was lost.
    """
    return _end(
        session, key, by=by, status=NoticeStatus.DEAD, error=error, outdated=False
    )


def discard(session: Session, key: str, *, by: str, why: str) -> bool:
    """Drop a claimed notice that is no longer true.

    Returns False if the claim was lost.
    """
    return _end(
        session, key, by=by, status=NoticeStatus.DROPPED, error=why, outdated=False
    )


def _end(session: Session, key: str, *, by: str, **values: Any) -> bool:  # noqa: ANN401  the columns' own types
    mine = (
        col(Notice.key) == key,
        col(Notice.status) == NoticeStatus.SENDING,
        col(Notice.lease_by) == by,
    )
    ended = update(Notice).where(*mine)
    ended = ended.values(lease_by=None, lease_until=None, **values)
    result = session.exec(ended, execution_options=UNREAD)
    return bool(result.rowcount)


def count_pending(store: Store, slug: str, *, settings: Settings, now: datetime) -> int:
    """The number of notices of a launch to send or edit now.

    The console keeps no hours.
    """
    to_slack = bool(settings.slack_bot_token)
    owed = pending(now=now, any_hour=not to_slack)
    if to_slack:  # printed lines cannot be edited
        owed = or_(owed, outdated(now=now))
    query = select(func.count()).select_from(Notice).where(Notice.launch == slug, owed)
    with store.read() as session:
        return session.exec(query).one()
