"""Messages that were sent and are out of date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Session, col, select

from launch_kits.database.records import (
    Notice,
    NoticeKind,
    NoticeStatus,
)

__all__ = [
    "note",
    "outdate",
    "outdated",
    "pending_edits",
    "read_outdated",
    "settle_edit",
]


def outdated(*, now: datetime) -> ColumnElement[bool]:
    """The condition for messages to bring up to date now.

    Those of which only parts are missing wait for the hours of their reader.
    """
    waits = col(Notice.parts_after)
    return and_(_marked(), or_(waits.is_(None), waits <= now))


def _marked() -> ColumnElement[bool]:
    return and_(col(Notice.outdated), col(Notice.status) == NoticeStatus.SENT)


def pending_edits(
    session: Session, *, now: datetime, launch: str | None = None
) -> Sequence[tuple[str, str]]:
    """Key and reader of each message to be edited now."""
    query = select(Notice.key, Notice.to).where(outdated(now=now))
    if launch is not None:
        query = query.where(Notice.launch == launch)
    return session.exec(query.order_by(col(Notice.key))).all()


def outdate(
    session: Session,
    *,
    launch: str,
    task: str | None = None,
    kinds: Iterable[NoticeKind],
) -> None:
    """Mark messages as out of date, to be edited in place.

    One that is being sent is marked too: it may show an earlier state. Printed lines cannot be
    edited.
    """
    editable = and_(
        col(Notice.status) == NoticeStatus.SENT, col(Notice.ts).is_not(None)
    )
    sent = [
        col(Notice.launch) == launch,
        or_(editable, col(Notice.status) == NoticeStatus.SENDING),
        col(Notice.kind).in_(list(kinds)),
    ]
    if task is not None:
        sent.append(col(Notice.task) == task)
    session.exec(
        update(Notice)
        .where(*sent)
        .values(outdated=True, changes=Notice.changes + 1, parts_after=None)
    )


def read_outdated(session: Session, key: str) -> Notice | None:
    """A message to bring up to date; None if it is already.

    It stays marked until `settle_edit`, so a killed process loses nothing.
    """
    return session.exec(select(Notice).where(Notice.key == key, _marked())).first()


def note(session: Session, key: str, **values: Any) -> None:  # noqa: ANN401  the columns' own types
    """Record a part of a message that was sent, as soon as it is.

    Its digest, its file, its history, its pin.
    """
    session.exec(update(Notice).where(col(Notice.key) == key).values(**values))


def settle_edit(
    session: Session,
    key: str,
    *,
    changes: int,
    error: str | None = None,
    parts_after: datetime | None = None,
) -> None:
    """Record that a message shows the state at which ``changes`` was read.

    One that has changed since stays marked, even if another process believed that it had brought
    it up to date. So does one whose parts wait until ``parts_after``.
    """
    this = update(Notice).where(col(Notice.key) == key)
    as_read = col(Notice.changes) == changes
    session.exec(this.values(outdated=~as_read, parts_after=None, error=error))
    if parts_after is not None:
        session.exec(this.where(as_read).values(outdated=True, parts_after=parts_after))
