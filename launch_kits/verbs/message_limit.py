"""The limit of the messages that a person gets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from launch_kits.workdays.hours import Hours

__all__ = ["LIMITS", "has_enough", "presses"]

#: working days → the messages in them, beside one for each task, from which on a person has enough
LIMITS = {5: 2, 10: 4}
#: a task and a review have one message each that does not count
_FIRST = (NoticeKind.TASK, NoticeKind.REVIEW)


def has_enough(session: Session, person: str, hours: Hours, *, now: datetime) -> bool:
    """Whether a person got as many messages lately as a week may have.

    One for each task, and messages that other channels than their own show, do not count.
    """
    today = hours.day(now)
    # of all months, only the messages that may be a first one are read
    begins = hours.calendar.shift(today, -max(LIMITS))
    lately = col(Notice.sent_at) > datetime.combine(begins, time(), UTC) - timedelta(1)
    query = select(Notice.kind, Notice.launch, Notice.task, Notice.sent_at).where(
        Notice.to == person,
        Notice.status == NoticeStatus.SENT,
        lately | col(Notice.kind).in_(_FIRST),
    )
    first: set[tuple[str, str | None]] = set()
    days: list[date] = []
    order = col(Notice.sent_at), col(Notice.key)
    for kind, launch, task, sent_at in session.exec(query.order_by(*order)).all():
        if kind in _FIRST and (launch, task) not in first:
            first.add((launch, task))
        elif sent_at is not None:
            days.append(hours.day(sent_at))
    return _is_full(days, hours, today=today)


def _is_full(days: Iterable[date], hours: Hours, *, today: date) -> bool:
    got = [*days]
    return any(
        sum(day > hours.calendar.shift(today, -within) for day in got) >= most
        for within, most in LIMITS.items()
    )


def presses(mark: str, *, named: bool, late: int, said: Collection[str] = ()) -> bool:
    """Whether the mark of a due day is told at once.

    Those are the due day itself and that a task became overdue, unless a digest of the last days
    ``named`` the day: then it waits until the task is two working days ``late``, on which others
    are called to help. ``said`` are the marks that were told.
    """
    kind = mark.partition(":")[0]
    if mark in said:
        return False
    return (kind == "late-1" and late > 1) or (
        kind in ("today", "late-1") and not named
    )
