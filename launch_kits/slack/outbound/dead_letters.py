"""Dead letters: notices that Slack will never take; the lead is told of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from launch_kits import outbox
from launch_kits.database.records import Launch, Notice, NoticeKind
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.news import NewsEvent

__all__ = ["DELETED_TWICE", "fail_and_tell", "tell_of_stuck"]

#: why a message that a person deleted stays away, for the lead
DELETED_TWICE = "it was deleted a second time"

#: begins the occasion of a notice about a dead notice, and about a message that is stuck
OCCASION = "undelivered"
STUCK = "stuck"


def fail_and_tell(
    session: Session,
    notice: Notice,
    context: MessageContext,
    *,
    by: str,
    error: str,
    now: datetime,
) -> Notice | None:
    """Give a claimed notice up for good, and tell the lead.

    The lead hears of each notice once, by direct message, but not of notices to the lead, which
    would fail as well. Returns the news for the lead, or None if there is none.
    """
    _show(session, notice.launch)
    if not outbox.fail(session, notice.key, by=by, error=error):
        return None
    lead = context.view.lead
    if notice.to.lower() == lead.lower() or f":{OCCASION} " in notice.key:
        return None
    event = NewsEvent.UNDELIVERED
    return _tell_lead(session, notice, context, event, OCCASION, error=error, now=now)


def tell_of_stuck(
    session: Session,
    notice: Notice,
    context: MessageContext,
    *,
    error: str,
    now: datetime,
) -> Notice | None:
    """Tell the lead of a stuck message once: it can no longer be edited.

    Returns the news, or None if the lead knows.
    """
    key = outbox.notice_key(
        NoticeKind.NEWS,
        notice.launch,
        notice.task,
        context.view.lead,
        f"{STUCK} {notice.key}",
    )
    if session.get(Notice, key) is not None:
        return None
    event = NewsEvent.STUCK
    return _tell_lead(session, notice, context, event, STUCK, error=error, now=now)


def _tell_lead(
    session: Session,
    notice: Notice,
    context: MessageContext,
    event: NewsEvent,
    occasion: str,
    *,
    error: str,
    now: datetime,
) -> Notice:
    lead = context.view.lead
    return outbox.enqueue(
        session,
        kind=NoticeKind.NEWS,
        launch=notice.launch,
        task=notice.task,
        to=lead,
        occasion=f"{occasion} {notice.key}",
        now=now,
        send_after=context.hours(lead, now=now),
        facts={"event": event, "kind": notice.kind, "to": notice.to, "error": error},
    )


def _show(session: Session, slug: str) -> None:
    """Let the board catch up.

    It comes first, as in verbs: a transaction that holds the launch waits for no other lock.
    """
    session.exec(
        update(Launch)
        .where(col(Launch.slug) == slug)
        .values(revision=Launch.revision + 1)
    )
