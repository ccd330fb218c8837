"""When the messages of a conversation were last looked for in their channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from launch_kits.database.records import (
    LIVING,
    Lease,
    Notice,
    NoticeKind,
    NoticeStatus,
)

__all__ = ["note_look", "note_scan", "to_look_for"]

#: the names of the rows, beside those of leases
SCAN = "look-for-deleted"
LOOK = "looked-at:"
#: between two looks at all conversations, and between two at one of them
EVERY = timedelta(hours=1)
AGAIN = timedelta(hours=20)
#: the age of the oldest messages looked for: a workspace may hide those of more than 90 days
OLDEST = timedelta(days=60)


def to_look_for(
    session: Session, *, now: datetime
) -> Mapping[str, Sequence[Notice]] | None:
    """The living messages to look for now, by channel: those of conversations not looked at today.

    Messages of today and very old ones are left out. The conversations whose look is longest ago
    come first. None if all were looked through within the hour.
    """
    scan = session.get(Lease, SCAN)
    if scan is not None and scan.until > now:
        return None
    query = select(Notice).where(
        Notice.status == NoticeStatus.SENT,
        col(Notice.ts).is_not(None),
        col(Notice.channel).is_not(None),
        col(Notice.sent_at).between(now - OLDEST, now - AGAIN),
        col(Notice.closed).is_(None),
        col(Notice.kind).in_([*LIVING, NoticeKind.NEWS]),
    )
    found: dict[str, list[Notice]] = defaultdict(list)
    newest_last = query.order_by(col(Notice.sent_at), col(Notice.key))
    for notice in session.exec(newest_last).all():
        if notice.living:
            found[str(notice.channel)].append(notice)
    rows = session.exec(select(Lease).where(col(Lease.name).startswith(LOOK))).all()
    looked = {row.name.removeprefix(LOOK): row.until for row in rows}
    due = [each for each in found if each not in looked or looked[each] <= now]
    due.sort(key=lambda each: (each in looked, looked.get(each, now), each))
    return {each: found[each] for each in due}


def note_look(session: Session, channel: str, *, now: datetime) -> None:
    """Note that the messages of a channel were looked for."""
    _note(session, f"{LOOK}{channel}", until=now + AGAIN)


def note_scan(session: Session, *, now: datetime) -> None:
    """Note that all conversations that were due were looked at."""
    _note(session, SCAN, until=now + EVERY)


def _note(session: Session, name: str, *, until: datetime) -> None:
    row = session.get(Lease, name) or Lease(name=name, by="", until=until)
    row.until = until
    session.add(row)
