"""Filing a notice, and taking one back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from launch_kits.database.pseudonyms import is_pseudonym
from launch_kits.database.records import (
    Notice,
    NoticeKind,
    NoticeStatus,
)

__all__ = ["drop", "enqueue", "merged_into", "notice_key", "occasions", "take_back"]


def notice_key(
    kind: NoticeKind, launch: str, task: str | None, to: str, occasion: str
) -> str:
    """The key of a notice: ``<kind>:<launch>:<task or ->:<to>:<occasion>``."""
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
    """The number of notices of a kind about a task or launch."""
    query = (
        select(func.count())
        .select_from(Notice)
        .where(Notice.kind == kind, Notice.launch == launch, Notice.task == task)
    )
    return session.exec(query).one()


#: why a notice to a pseudonym is not sent
FORGOTTEN = "its reader was forgotten"


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
    """File a notice once.

    Returns the notice with the same key, unchanged, if there is one. One for a person who was
    forgotten is dropped at once.

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
    if is_pseudonym(to):
        notice.status = NoticeStatus.DROPPED
        notice.error = FORGOTTEN
    session.add(notice)
    return notice


def take_back(session: Session, notices: Iterable[Notice], *, why: str) -> None:
    """Take back those of some notices that were not sent yet."""
    for notice in notices:
        if notice.status == NoticeStatus.PENDING:
            notice.status = NoticeStatus.DROPPED
            notice.error = why
            session.add(notice)


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
