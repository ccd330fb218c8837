"""The memory that a database was restored, so that nothing is sent a second time.

Notices that went out after the backup are not known any more. While the memory lasts, a notice is
looked for in its channel before it is sent, also at the first attempt.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from launch_kits.database.records import Lease

__all__ = ["note_restored", "restored_from"]

#: the name of its row, beside those of leases
NAME = "restored"
#: the days within which work that was lost is done again
REMEMBERED = timedelta(days=14)


def note_restored(session: Session, *, backup_at: datetime, now: datetime) -> None:
    """Note that the database was restored from a backup."""
    row = session.get(Lease, NAME) or Lease(name=NAME, by="", until=now)
    row.by = backup_at.isoformat()
    row.until = now + REMEMBERED
    session.add(row)


def restored_from(session: Session, *, now: datetime) -> datetime | None:
    """The instant of the backup; None if nothing was restored lately."""
    row = session.get(Lease, NAME)
    if row is None or row.until <= now:
        return None
    return datetime.fromisoformat(row.by)
