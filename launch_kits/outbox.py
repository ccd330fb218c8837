"""The outbox: what somebody must hear is filed as a row first, claimed to be sent, and settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, update
from sqlmodel import Session, col, select

from launch_kits.database.queries import find_launch
from launch_kits.database.records import (
    Launch,
    LaunchStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
)
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused, suggest
from launch_kits.settings import Settings

__all__ = [
    "LEASE",
    "claim",
    "count_pending",
    "discard",
    "drop",
    "edits_owed",
    "enqueue",
    "fail",
    "merged_into",
    "note",
    "notice_key",
    "occasions",
    "outdate",
    "outdated",
    "owed",
    "pending",
    "read_outdated",
    "release",
    "requeue",
    "retry",
    "settle",
    "settle_edit",
    "undelivered",
]

#: how long a claimed notice is left to whoever claimed it
LEASE = timedelta(minutes=2)

_OLDEST_FIRST = (col(Notice.send_after), col(Notice.filed_at), col(Notice.key))


def notice_key(
    kind: NoticeKind, launch: str, task: str | None, to: str, occasion: str
) -> str:
    """``<kind>:<launch>:<task or ->:<to>:<occasion>``: what makes a notice the same one."""
    return f"{kind}:{launch}:{task or '-'}:{to}:{occasion}"


def merged_into(notice: Notice) -> str | None:
    """The key of the digest that a notice went into, or None."""
    error = notice.error or ""
    return (
        error
        if notice.status == NoticeStatus.DROPPED
        and error.startswith(f"{NoticeKind.DIGEST}:")
        else None
    )


def occasions(session: Session, kind: NoticeKind, launch: str, task: str | None) -> int:
    """How many notices of a kind were filed for a task (or the launch) so far, to number the next occasion."""
    query = (
        select(func.count())
        .select_from(Notice)
        .where(Notice.kind == kind, Notice.launch == launch, Notice.task == task)
    )
    return session.exec(query).one()


def enqueue(
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

    ``to`` is an email or ``#channel``; ``send_after`` is the first instant within the person's
    hours.
    """
    key = notice_key(kind, launch, task, to, occasion)
    there = session.get(Notice, key)
    if there is not None:
        return there
    notice = Notice(
        key=key,
        kind=kind,
        launch=launch,
        task=task,
        to=to,
        filed_at=now,
        send_after=send_after,
        facts=facts or {},
    )
    session.add(notice)
    return notice


def pending(*, now: datetime, any_hour: bool = False) -> ColumnElement[bool]:
    """Which notices are owed: those whose hour has come, and those whose claimer's lease is over.

    ``any_hour`` ignores ``send_after``, for the console.
    """
    owed = col(Notice.status) == NoticeStatus.PENDING
    if not any_hour:
        owed = and_(owed, col(Notice.send_after) <= now)
    return or_(
        owed,
        and_(
            col(Notice.status) == NoticeStatus.SENDING, col(Notice.lease_until) <= now
        ),
    )


def outdated() -> ColumnElement[bool]:
    """Which messages have to be brought up to date."""
    return and_(col(Notice.outdated), col(Notice.status) == NoticeStatus.SENT)


def owed(
    session: Session,
    *,
    now: datetime,
    launch: str | None = None,
    any_hour: bool = False,
) -> Sequence[tuple[str, str]]:
    """Key and reader of each notice that is owed, oldest first."""
    query = select(Notice.key, Notice.to).where(pending(now=now, any_hour=any_hour))
    if launch is not None:
        query = query.where(Notice.launch == launch)
    return session.exec(query.order_by(*_OLDEST_FIRST)).all()


def edits_owed(
    session: Session, *, launch: str | None = None
) -> Sequence[tuple[str, str]]:
    """Key and reader of each message that has to be brought up to date."""
    query = select(Notice.key, Notice.to).where(outdated())
    if launch is not None:
        query = query.where(Notice.launch == launch)
    return session.exec(query.order_by(col(Notice.key))).all()


def claim(
    session: Session,
    *,
    by: str,
    now: datetime,
    limit: int = 20,
    launch: str | None = None,
    keys: Collection[str] | None = None,
    any_hour: bool = False,
) -> Sequence[Notice]:
    """Claim notices that are owed, or whose claimer's lease is over, oldest first; of some keys, or
    of all.

    A claimed notice is ``sending`` until its claimer settles it, gives it back or buries it, or its
    lease ends. One whose ``attempts`` exceeds 1 may have been sent: look before sending it again.
    """
    query = select(Notice).where(pending(now=now, any_hour=any_hour))
    if launch is not None:
        query = query.where(Notice.launch == launch)
    if keys is not None:
        query = query.where(col(Notice.key).in_(keys))
    query = query.order_by(*_OLDEST_FIRST).limit(limit)
    notices = session.exec(query.with_for_update(skip_locked=True)).all()
    for notice in notices:
        notice.status = NoticeStatus.SENDING
        notice.attempts += 1
        notice.lease_by = by
        notice.lease_until = now + LEASE
        session.add(notice)
    return notices


def settle(
    session: Session,
    key: str,
    *,
    by: str,
    now: datetime,
    channel: str,
    ts: str | None,
    shown: str | None = None,
    more: bool = False,
) -> bool:
    """Record that a claimed notice was sent, and where; False where the claim was lost to another.

    ``ts`` is None for what was printed. ``shown`` is a digest of what the message says, where that
    is known; ``more`` marks it as outdated, since something still has to be hung on it.
    """
    values: dict[str, Any] = {
        "outdated": Notice.outdated if ts else False,
        "shown": shown,
    }
    if more:
        values |= {"outdated": True, "changes": Notice.changes + 1}
    return _end(
        session,
        key,
        by=by,
        status=NoticeStatus.SENT,
        sent_at=now,
        channel=channel,
        ts=ts,
        error=None,
        **values,
    )


def release(
    session: Session,
    key: str,
    *,
    by: str,
    again_at: datetime,
    error: str | None,
    untried: bool = False,
) -> bool:
    """Return a claimed notice to be tried again at an instant; False where the claim was lost.

    ``untried`` takes the claim's attempt off again: nothing was sent, so there is nothing to look
    for next time.
    """
    attempts = Notice.attempts - 1 if untried else Notice.attempts
    return _end(
        session,
        key,
        by=by,
        status=NoticeStatus.PENDING,
        send_after=again_at,
        error=error,
        attempts=attempts,
    )


def fail(session: Session, key: str, *, by: str, error: str) -> bool:
    """Give a claimed notice up for good; False where the claim was lost."""
    return _end(
        session, key, by=by, status=NoticeStatus.DEAD, error=error, outdated=False
    )


def discard(session: Session, key: str, *, by: str, why: str) -> bool:
    """Let a claimed notice go, since it is no longer true; False where the claim was lost."""
    return _end(
        session, key, by=by, status=NoticeStatus.DROPPED, error=why, outdated=False
    )


def _end(session: Session, key: str, *, by: str, **values: Any) -> bool:  # noqa: ANN401  the columns' own types
    mine = (
        col(Notice.key) == key,
        col(Notice.status) == NoticeStatus.SENDING,
        col(Notice.lease_by) == by,
    )
    result = session.exec(
        update(Notice).where(*mine).values(lease_by=None, lease_until=None, **values)
    )
    return bool(result.rowcount)


def drop(
    session: Session,
    *,
    launch: str,
    task: str | None = None,
    kinds: Iterable[NoticeKind],
    why: str,
) -> None:
    """Take back pending notices that are no longer true; ``task`` None means all of the launch."""
    pending = [
        col(Notice.launch) == launch,
        col(Notice.status) == NoticeStatus.PENDING,
        col(Notice.kind).in_(list(kinds)),
    ]
    if task is not None:
        pending.append(col(Notice.task) == task)
    session.exec(
        update(Notice).where(*pending).values(status=NoticeStatus.DROPPED, error=why)
    )


def outdate(
    session: Session,
    *,
    launch: str,
    task: str | None = None,
    kinds: Iterable[NoticeKind],
) -> None:
    """Mark messages to be edited in place, since what they show has changed.

    One that is being sent is marked too: it may show what was true before. What was printed cannot
    be edited.
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
        update(Notice).where(*sent).values(outdated=True, changes=Notice.changes + 1)
    )


def read_outdated(session: Session, key: str) -> Notice | None:
    """A message to bring up to date, or None where it shows what is true.

    It stays marked until `settle_edit`, so a killed process loses nothing.
    """
    return session.exec(select(Notice).where(Notice.key == key, outdated())).first()


def note(session: Session, key: str, **values: Any) -> None:  # noqa: ANN401  the columns' own types
    """Record a part of a message that was sent, as soon as it is.

    Its digest, its file, its history, its pin.
    """
    session.exec(update(Notice).where(col(Notice.key) == key).values(**values))


def settle_edit(
    session: Session, key: str, *, changes: int, error: str | None = None
) -> None:
    """Record that a message shows what was true when ``changes`` was read.

    One that has changed since stays marked, also where another process thought that it had brought
    it up to date.
    """
    still = col(Notice.changes) != changes
    session.exec(
        update(Notice).where(col(Notice.key) == key).values(outdated=still, error=error)
    )


def requeue(session: Session, keys: Iterable[str], *, now: datetime) -> int:
    """Let notices that are dead be sent again; gives how many were.

    They keep their attempts: one that may have been sent is looked for first.
    """
    dead = (col(Notice.key).in_(list(keys)), col(Notice.status) == NoticeStatus.DEAD)
    result = session.exec(
        update(Notice)
        .where(*dead)
        .values(status=NoticeStatus.PENDING, send_after=now, error=None)
    )
    return int(result.rowcount)


def count_pending(store: Store, slug: str, *, settings: Settings, now: datetime) -> int:
    """How many notices of a launch can be sent, or edited in place, now.

    The console keeps no hours.
    """
    to_slack = bool(settings.slack_bot_token)
    owed = pending(now=now, any_hour=not to_slack)
    if to_slack:  # what was printed cannot be edited
        owed = or_(owed, outdated())
    query = select(func.count()).select_from(Notice).where(Notice.launch == slug, owed)
    with store.read() as session:
        return session.exec(query).one()


def undelivered(store: Store) -> str | None:
    """What there is to say of notices of running launches that are dead, with the remedy.

    None without any.
    """
    dead = (
        select(func.count())
        .select_from(Notice)
        .join(Launch, col(Launch.slug) == col(Notice.launch))
    )
    dead = dead.where(
        Notice.status == NoticeStatus.DEAD, Launch.status == LaunchStatus.RUNNING
    )
    with store.read() as session:
        count = session.exec(dead).one()
    if not count:
        return None
    return (
        f"{count} notice{'' if count == 1 else 's'} could not be delivered: `launch-kits outbox` says why, "
        "`launch-kits outbox retry` tries again"
    )


def retry(
    store: Store, keys: Sequence[str] = (), *, launch: str | None = None, now: datetime
) -> Mapping[str, int]:
    """Let dead notices be sent again: those named, those of a launch, or all; gives how many of
    each launch.

    They keep their attempts, so what may have been sent is looked for first. Raises NotFound for a
    launch or key that there is not, Refused for a notice that is not dead; nothing is changed then.
    """
    with store.write() as session:
        if launch is not None:
            find_launch(session, launch)
        query = select(Notice.key, Notice.launch, Notice.status)
        found = session.exec(
            query if launch is None else query.where(Notice.launch == launch)
        ).all()
        status = {key: status for key, _, status in found}
        for key in keys:
            if key not in status:
                hint = (
                    suggest(key, status)
                    or "; `launch-kits outbox --json` shows their keys"
                )
                raise NotFound(f'no notice "{key}"{hint}')
            if status[key] != NoticeStatus.DEAD:
                raise Refused(
                    f'notice "{key}" is {status[key]}, not dead; there is nothing to try again'
                )
        chosen = {
            key: slug
            for key, slug, now_is in found
            if now_is == NoticeStatus.DEAD and (not keys or key in keys)
        }
        launches = Counter(chosen.values())
        for slug in sorted(
            launches
        ):  # held first, as verbs do, so that the board catches up
            find_launch(session, slug, lock=True).revision += 1
        requeue(session, chosen, now=now)
    return launches
