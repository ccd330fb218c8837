"""Messages that a person deleted: each is posted once more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from launch_kits.database.records import Closing, Notice, NoticeStatus

__all__ = ["find_at", "post_again", "told_at"]

#: the records of delivery about a posted message and the parts in its thread
_UNPOSTED: dict[str, Any] = {
    "status": NoticeStatus.PENDING,
    "attempts": 0,
    "ts": None,
    "shown": None,
    "history_ts": None,
    "history_shown": None,
    "file_id": None,
    "file_hash": None,
    "file_link": None,
    "pinned_at": None,
    "permalink": None,
    "outdated": False,
    "parts_after": None,
    "error": None,
}


def find_at(session: Session, channel: str, ts: str) -> Notice | None:
    """The notice whose message is in a place, or None."""
    place = (col(Notice.channel) == channel, col(Notice.ts) == ts)
    return session.exec(select(Notice).where(*place)).first()


def post_again(session: Session, key: str, *, now: datetime) -> bool:
    """Let a message that a person deleted be posted once more, under the same key.

    It waits for its reader's hours, like any notice. Returns False for one that is not posted
    again: it was before, it is closed, or it is of a kind that is not kept true.
    """
    notice = session.get(Notice, key)
    if notice is None or not notice.living:
        return False
    there = (col(Notice.key) == key, col(Notice.status) == NoticeStatus.SENT)
    this = update(Notice).where(*there, col(Notice.closed).is_(None))
    first = col(Notice.deleted_at).is_(None)
    found = session.exec(this.where(first).values(deleted_at=now, **_UNPOSTED))
    if found.rowcount:
        return True
    closed = {"why": str(Closing.DELETED)}
    session.exec(this.values(closed=closed, outdated=False, parts_after=None))
    return False


def told_at(notice: Notice) -> datetime:
    """The instant from which a reader knew of a notice, or will know of it."""
    again = notice.deleted_at is not None and notice.sent_at is not None
    return notice.sent_at if again and notice.sent_at else notice.send_after
