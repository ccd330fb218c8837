"""The channels in which a launch has written, by their ids: a name may change."""

from __future__ import annotations

from sqlmodel import Session, col, select

from launch_kits.database.records import Notice

__all__ = ["channel_of"]


def channel_of(session: Session, launch: str, to: str) -> str | None:
    """The id of the channel that was meant by ``#name`` last, or None if none was."""
    query = select(Notice.channel).where(
        Notice.launch == launch, Notice.to == to, col(Notice.ts).is_not(None)
    )
    return session.exec(query.order_by(col(Notice.sent_at).desc())).first()
