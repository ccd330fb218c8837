"""The addresses of the messages that a reader has about tasks."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, col, select

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from launch_kits.views.notices.message import Subject
from launch_kits.views.reader import iso_day

__all__ = ["links_of", "unlinked"]

#: the messages with the buttons of a task
_KINDS = (NoticeKind.TASK, NoticeKind.REVIEW)


def links_of(session: Session, to: str) -> Mapping[Subject, str]:
    """Return the address of the newest message about each task, and each day asked for."""
    query = select(Notice).where(
        Notice.to == to,
        Notice.status == NoticeStatus.SENT,
        col(Notice.kind).in_(_KINDS),
        col(Notice.permalink).is_not(None),
    )
    found = session.exec(query.order_by(col(Notice.sent_at))).all()
    return {_subject(each): str(each.permalink) for each in found if each.task}


def unlinked(session: Session, to: str, subjects: set[Subject]) -> list[Notice]:
    """Return the sent messages about some tasks whose address is not known yet."""
    query = select(Notice).where(
        Notice.to == to,
        Notice.status == NoticeStatus.SENT,
        col(Notice.kind).in_(_KINDS),
        col(Notice.ts).is_not(None),
        col(Notice.permalink).is_(None),
    )
    newest = {
        _subject(each): each
        for each in session.exec(query.order_by(col(Notice.sent_at))).all()
        if each.task
    }
    return [each for subject, each in newest.items() if subject in subjects]


def _subject(notice: Notice) -> Subject:
    until = iso_day(notice.facts.get("until"))
    return Subject(notice.launch, str(notice.task), until)
