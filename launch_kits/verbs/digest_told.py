"""The messages of their own that the reader of a digest gets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from launch_kits.workdays.hours import Hours

__all__ = ["asked_lately", "told_today"]


def told_today(
    session: Session, person: str, hours: Hours, *, now: datetime
) -> set[tuple[str, str]]:
    """The launches and tasks about which a person gets a message of its own today."""
    kinds = (NoticeKind.TASK, NoticeKind.REVIEW)
    return {
        (notice.launch, str(notice.task))
        for notice in _told(session, person, kinds)
        if notice.send_after > now - timedelta(1)
        and hours.day(notice.send_after) == hours.day(now)
    }


def asked_lately(
    session: Session, person: str, hours: Hours, *, now: datetime
) -> set[tuple[str, str]]:
    """The launches and tasks of questions about more time that are a working day old at most."""
    today = hours.day(now)
    return {
        (notice.launch, str(notice.task))
        for notice in _told(session, person, (NoticeKind.REVIEW,))
        if "until" in notice.facts
        and hours.calendar.count(hours.day(notice.send_after), today) <= 1
    }


def _told(
    session: Session, person: str, kinds: Sequence[NoticeKind]
) -> Sequence[Notice]:
    query = select(Notice).where(
        Notice.to == person,
        col(Notice.kind).in_(kinds),
        col(Notice.status).not_in([NoticeStatus.DROPPED, NoticeStatus.DEAD]),
    )
    return session.exec(query).all()
