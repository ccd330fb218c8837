"""The outbox: what somebody must hear is filed as a row first, claimed to be sent, and settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, update
from sqlmodel import Session, col, select

from launch_kits.records import Notice, NoticeKind, NoticeStatus

__all__ = [
    "LEASE",
    "bury",
    "claim",
    "claim_outdated",
    "dismiss",
    "drop",
    "file",
    "give_back",
    "merged_into",
    "notice_key",
    "occasions",
    "outdate",
    "settle",
    "settle_edit",
]

#: how long a claimed notice is left to whoever claimed it
LEASE = timedelta(minutes=2)


def notice_key(kind: NoticeKind, launch: str, task: str | None, to: str, occasion: str) -> str:
    """``<kind>:<launch>:<task or ->:<to>:<occasion>``: what makes a notice the same one."""
    return f"{kind}:{launch}:{task or '-'}:{to}:{occasion}"


def merged_into(notice: Notice) -> str | None:
    """The key of the digest that a notice went into, or None."""
    error = notice.error or ""
    return error if notice.status == NoticeStatus.DROPPED and error.startswith(f"{NoticeKind.DIGEST}:") else None


def occasions(session: Session, kind: NoticeKind, launch: str, task: str | None) -> int:
    """How many notices of a kind were filed for a task (or the launch) so far, to number the next occasion."""
    query = (
        select(func.count())
        .select_from(Notice)
        .where(Notice.kind == kind, Notice.launch == launch, Notice.task == task)
    )
    return session.exec(query).one()


def file(
    session: Session,
    *,
    kind: NoticeKind,
    launch: str,
    task: str | None,
    to: str,
    occasion: str,
    now: datetime,
    send_after: datetime,
    facts: dict[str, Any] | None = None,
) -> Notice:
    """File a notice; one with the same key that is there already is given back unchanged.

    ``to`` is an email or ``#channel``; ``send_after`` is the first instant within the person's hours.
    """
    key = notice_key(kind, launch, task, to, occasion)
    there = session.get(Notice, key)
    if there is not None:
        return there
    notice = Notice(
        key=key, kind=kind, launch=launch, task=task, to=to, filed_at=now, send_after=send_after, facts=facts or {}
    )
    session.add(notice)
    return notice


def claim(
    session: Session,
    *,
    by: str,
    now: datetime,
    limit: int = 20,
    launch: str | None = None,
    any_hour: bool = False,
) -> Sequence[Notice]:
    """Claim notices that are owed, or whose claimer's lease is over, oldest first.

    A claimed notice is ``sending`` until its claimer settles it, gives it back or buries it, or its lease ends.
    One whose ``attempts`` exceeds 1 may have been sent: look before sending it again. ``any_hour`` ignores
    ``send_after``, for the console.
    """
    waiting = col(Notice.status) == NoticeStatus.PENDING
    if not any_hour:
        waiting = and_(waiting, col(Notice.send_after) <= now)
    lapsed = and_(col(Notice.status) == NoticeStatus.SENDING, col(Notice.lease_until) <= now)
    query = select(Notice).where(or_(waiting, lapsed))
    if launch is not None:
        query = query.where(Notice.launch == launch)
    query = query.order_by(col(Notice.send_after), col(Notice.filed_at), col(Notice.key)).limit(limit)
    notices = session.exec(query.with_for_update(skip_locked=True)).all()
    for notice in notices:
        notice.status = NoticeStatus.SENDING
        notice.attempts += 1
        notice.lease_by = by
        notice.lease_until = now + LEASE
        session.add(notice)
    return notices


def settle(session: Session, key: str, *, by: str, now: datetime, channel: str, ts: str | None) -> bool:
    """Record that a claimed notice was sent, and where; False where the claim was lost to another.

    ``ts`` is None for what was printed.
    """
    outdated = Notice.outdated if ts else False
    return _end(
        session,
        key,
        by=by,
        status=NoticeStatus.SENT,
        sent_at=now,
        channel=channel,
        ts=ts,
        outdated=outdated,
        error=None,
    )


def give_back(
    session: Session, key: str, *, by: str, again_at: datetime, error: str | None, untried: bool = False
) -> bool:
    """Return a claimed notice to be tried again at an instant; False where the claim was lost.

    ``untried`` takes the claim's attempt off again: nothing was sent, so there is nothing to look for next time.
    """
    attempts = Notice.attempts - 1 if untried else Notice.attempts
    return _end(session, key, by=by, status=NoticeStatus.PENDING, send_after=again_at, error=error, attempts=attempts)


def bury(session: Session, key: str, *, by: str, error: str) -> bool:
    """Give a claimed notice up for good; False where the claim was lost."""
    return _end(session, key, by=by, status=NoticeStatus.DEAD, error=error, outdated=False)


def dismiss(session: Session, key: str, *, by: str, why: str) -> bool:
    """Let a claimed notice go, since it is no longer true; False where the claim was lost."""
    return _end(session, key, by=by, status=NoticeStatus.DROPPED, error=why, outdated=False)


def _end(session: Session, key: str, *, by: str, **values: Any) -> bool:  # noqa: ANN401  the columns' own types
    mine = (col(Notice.key) == key, col(Notice.status) == NoticeStatus.SENDING, col(Notice.lease_by) == by)
    result = session.exec(update(Notice).where(*mine).values(lease_by=None, lease_until=None, **values))
    return bool(result.rowcount)


def drop(session: Session, *, launch: str, task: str | None = None, kinds: Iterable[NoticeKind], why: str) -> None:
    """Take back pending notices that are no longer true; ``task`` None means all of the launch."""
    pending = [
        col(Notice.launch) == launch,
        col(Notice.status) == NoticeStatus.PENDING,
        col(Notice.kind).in_(list(kinds)),
    ]
    if task is not None:
        pending.append(col(Notice.task) == task)
    session.exec(update(Notice).where(*pending).values(status=NoticeStatus.DROPPED, error=why))


def outdate(session: Session, *, launch: str, task: str | None = None, kinds: Iterable[NoticeKind]) -> None:
    """Mark messages to be edited in place, since what they show has changed.

    One that is being sent is marked too: it may show what was true before. What was printed cannot be edited.
    """
    editable = and_(col(Notice.status) == NoticeStatus.SENT, col(Notice.ts).is_not(None))
    sent = [
        col(Notice.launch) == launch,
        or_(editable, col(Notice.status) == NoticeStatus.SENDING),
        col(Notice.kind).in_(list(kinds)),
    ]
    if task is not None:
        sent.append(col(Notice.task) == task)
    session.exec(update(Notice).where(*sent).values(outdated=True))


def claim_outdated(
    session: Session, *, launch: str | None = None, limit: int = 20, besides: Collection[str] = ()
) -> Sequence[Notice]:
    """Messages to edit in place, with the mark taken off: a change after this marks them again.

    ``besides`` names those that were tried already in this run.
    """
    query = select(Notice).where(col(Notice.outdated), Notice.status == NoticeStatus.SENT)
    if besides:
        query = query.where(col(Notice.key).not_in(besides))
    if launch is not None:
        query = query.where(Notice.launch == launch)
    notices = session.exec(query.order_by(col(Notice.key)).limit(limit).with_for_update(skip_locked=True)).all()
    for notice in notices:
        notice.outdated = False
        session.add(notice)
    return notices


def settle_edit(session: Session, key: str, *, error: str | None, again: bool) -> None:
    """Record how an edit in place ended; ``again`` marks the message outdated once more."""
    values: dict[str, Any] = {"error": error}
    if again:
        values["outdated"] = True
    session.exec(update(Notice).where(col(Notice.key) == key).values(**values))
