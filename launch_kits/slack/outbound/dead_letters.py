"""Notices that Slack will never take: given up for good, and told to the lead by another way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from launch_kits import outbox
from launch_kits.database.records import Launch, Notice, NoticeKind, NoticeStatus
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.news import NewsEvent

__all__ = ["fail_and_tell", "fail_pending"]

#: begins the occasion of a notice that tells of another's end
OCCASION = "undelivered"


def fail_and_tell(
    session: Session,
    notice: Notice,
    context: MessageContext,
    *,
    by: str,
    error: str,
    now: datetime,
) -> Notice | None:
    """Give a claimed notice up for good; gives the news of it that is filed for the lead, if any
    is.

    The lead hears of each notice once, by direct message, and not of those to the lead: there is no
    other way.
    """
    _show(session, notice.launch)
    if not outbox.fail(session, notice.key, by=by, error=error):
        return None
    lead = context.view.lead
    if notice.to.lower() == lead.lower() or f":{OCCASION} " in notice.key:
        return None
    return outbox.enqueue(
        session,
        kind=NoticeKind.NEWS,
        launch=notice.launch,
        task=notice.task,
        to=lead,
        occasion=f"{OCCASION} {notice.key}",
        now=now,
        send_after=context.hours(lead, now=now),
        facts={
            "event": NewsEvent.UNDELIVERED,
            "kind": notice.kind,
            "to": notice.to,
            "error": error,
        },
    )


def fail_pending(
    session: Session, *, now: datetime, launch: str | None, error: str
) -> int:
    """Give up for good whatever is owed, of one launch or of all; gives how many notices that were.

    Nobody is told: this is for a token that is refused, with which nothing can be said to anybody.
    """
    owed = outbox.pending(now=now)
    query = select(Notice.launch).where(owed).distinct().order_by(Notice.launch)
    buried = 0
    for slug in session.exec(
        query if launch is None else query.where(Notice.launch == launch)
    ).all():
        _show(session, slug)
        values = {
            "status": NoticeStatus.DEAD,
            "error": error,
            "lease_by": None,
            "lease_until": None,
            "outdated": False,
        }
        buried += session.exec(
            update(Notice).where(col(Notice.launch) == slug, owed).values(**values)
        ).rowcount
    return buried


def _show(session: Session, slug: str) -> None:
    """Let the board catch up.

    First of all, as verbs do: whoever holds the launch waits for nobody.
    """
    session.exec(
        update(Launch)
        .where(col(Launch.slug) == slug)
        .values(revision=Launch.revision + 1)
    )
