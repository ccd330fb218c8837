"""The notices of a launch that could not be delivered."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from launch_kits.database.records import Notice, NoticeStatus

__all__ = ["Undelivered", "read_undelivered"]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A notice that could not be delivered."""

    key: str
    #: an email, or `#channel`
    to: str
    attempts: int
    error: str


def read_undelivered(session: Session, slug: str) -> tuple[Undelivered, ...]:
    """Read the dead notices of a launch, oldest first."""
    dead = select(Notice).where(
        Notice.launch == slug, Notice.status == NoticeStatus.DEAD
    )
    return tuple(
        Undelivered(notice.key, notice.to, notice.attempts, notice.error or "")
        for notice in session.exec(
            dead.order_by(col(Notice.filed_at), col(Notice.key))
        ).all()
    )
