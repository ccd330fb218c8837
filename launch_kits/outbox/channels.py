"""The channels in which a launch has written, by their ids: a name may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from launch_kits.database.records import Notice, NoticeKind
from launch_kits.outbox.live_messages import mark

__all__ = ["channel_of", "launches_in", "owe_invitation"]


def channel_of(session: Session, launch: str, to: str) -> str | None:
    """The id of the channel that was meant by ``#name`` last, or None if none was."""
    query = select(Notice.channel).where(
        Notice.launch == launch, Notice.to == to, col(Notice.ts).is_not(None)
    )
    newest = (col(Notice.sent_at).desc(), col(Notice.key).desc())
    return session.exec(query.order_by(*newest)).first()


def launches_in(session: Session, channel: str) -> Sequence[str]:
    """The launches that wrote to a channel as theirs, by its id."""
    query = select(Notice.launch).where(
        Notice.channel == channel, col(Notice.to).startswith("#")
    )
    return session.exec(query.distinct().order_by(Notice.launch)).all()


def owe_invitation(
    session: Session, launch: str, lead: str
) -> Mapping[str, dict[str, object]]:
    """Note that a lead is to be invited, at the headline of the launch.

    Returns the facts of the headline from now on, by its key.
    """
    owed = {}
    query = select(Notice).where(
        Notice.launch == launch, Notice.kind == NoticeKind.HEADLINE
    )
    for notice in session.exec(query).all():
        notice.facts = {**notice.facts, "invite": lead}
        owed[notice.key] = notice.facts
        session.add(notice)
        session.flush()
        mark(session, [notice.key])
    return owed
