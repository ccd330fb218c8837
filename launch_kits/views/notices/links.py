"""The addresses of the messages about tasks that a reader can open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, not_, or_
from sqlmodel import Session, col, select

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from launch_kits.views.notices.message import Row, Subject
from launch_kits.views.reader import iso_day
from launch_kits.views.room_pages import RoomPages

__all__ = [
    "HOME",
    "LINKING",
    "PAGE",
    "deep_rows",
    "links_of",
    "room_rows",
    "unlinked",
]

#: the facts of a notice with the address of the app's Home tab, and of the launch's page
HOME = "home"
PAGE = "page"

#: the messages with the buttons of a task
_KINDS = (NoticeKind.TASK, NoticeKind.REVIEW)
#: the kinds of messages about one task that link to its message
LINKING = (NoticeKind.ESCALATION, NoticeKind.NEWS)
#: the kinds of messages about one task that link to its page in the launch room
_WITH_PAGES = (*_KINDS, NoticeKind.NUDGE, *LINKING)


def deep_rows(facts: Mapping[str, object]) -> list[Row]:
    """The rows that link to the launch's page, and to the reader's own tasks."""
    links = (
        ("Launch page", "Plan and documents", facts.get(PAGE)),
        ("See also", "Your tasks in the Home tab", facts.get(HOME)),
    )
    return [
        Row(label, [text], address=link)
        for label, text, link in links
        if isinstance(link, str)
    ]


def room_rows(notice: Notice, room: RoomPages | None) -> list[Row]:
    """The row that links to the page of a message's task, or of a headline's launch."""
    if room is None:
        return []
    if notice.kind == NoticeKind.HEADLINE:
        address = room.launch(notice.launch)
        page = "The page of the launch"
    elif notice.task and notice.kind in _WITH_PAGES:
        address = room.task(notice.launch, notice.task)
        page = "The page of the task"
    else:
        return []
    return [Row("Launch room", [page], address=address)]


def links_of(
    session: Session,
    to: str,
    before: datetime | None = None,
    *,
    about: Subject | None = None,
) -> Mapping[Subject, str]:
    """Return the address of the newest message about each task, and each day asked for.

    ``before`` leaves out those that were sent after it: a list keeps the links of its sending.
    ``about`` reads those of one task alone.
    """
    query = select(Notice).where(
        _seen_by(to),
        Notice.status == NoticeStatus.SENT,
        col(Notice.kind).in_(_KINDS),
        col(Notice.permalink).is_not(None),
    )
    if before is not None:
        query = query.where(col(Notice.sent_at) <= before)
    if about is not None:
        query = query.where(Notice.launch == about.launch, Notice.task == about.task)
    found = session.exec(query.order_by(col(Notice.sent_at), col(Notice.key))).all()
    return {
        _subject(each): str(each.permalink)
        for each in sorted(found, key=lambda each: each.to == to)
        if each.task
    }


def unlinked(session: Session, to: str, subjects: set[Subject]) -> list[Notice]:
    """Return the sent messages about some tasks whose address is not known yet."""
    query = select(Notice).where(
        _seen_by(to),
        Notice.status == NoticeStatus.SENT,
        col(Notice.kind).in_(_KINDS),
        col(Notice.ts).is_not(None),
        col(Notice.permalink).is_(None),
    )
    found = session.exec(query.order_by(col(Notice.sent_at), col(Notice.key))).all()
    newest = {
        _subject(each): each
        for each in sorted(found, key=lambda each: each.to == to)
        if each.task
    }
    return [each for subject, each in newest.items() if subject in subjects]


def _seen_by(to: str) -> ColumnElement[bool]:
    """Whether a reader can open a message: one to them, or one that is in a channel.

    The id of a conversation between a person and the app begins with D.
    """
    return or_(col(Notice.to) == to, not_(col(Notice.channel).startswith("D")))


def _subject(notice: Notice) -> Subject:
    until = iso_day(notice.facts.get("until"))
    return Subject(notice.launch, str(notice.task), until)
