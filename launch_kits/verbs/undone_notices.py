"""The notices of an act that is undone: taken back, told again, kept true again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.database.records import (
    Closing,
    Event,
    Notice,
    NoticeKind,
    NoticeStatus,
    Undoable,
)
from launch_kits.verbs.transaction import Change
from launch_kits.views.notices.news import NewsEvent

__all__ = ["facts_of", "tell_again"]

#: why a notice of an undone act is not sent
UNDONE = "the act was undone"
#: kinds that are told once for their occasion: it may come again
_ONCE = (NoticeKind.QUESTION, NoticeKind.ANSWER)
#: beginnings of occasions that an act makes; others with words are those of a day that comes
_OF_ACTS = ("list-", "return-", "content-")
#: the facts of events that their phrases hold, or depend on
_IN_PHRASES = (
    "owner",
    "until",
    "due",
    "asked",
    "go",
    "launch_on",
    "launch_before",
)
#: messages that were closed for these reasons stay closed
_STAYS = (Closing.REPLACED, Closing.ENDED)


def tell_again(change: Change, row: Undoable, own: Event) -> Sequence[str]:
    """Take back the notices of an act, and tell those who were told of it.

    ``own`` is the event of the person's act. Returns the emails of the people who are told.
    """
    filed = _read(change, row.filed)
    readers = dict.fromkeys(
        each.to for each in filed if _was_told(change, each) and each.to != row.by
    )
    for notice in filed:
        _take_back(change, notice, row)
    for notice in _read(change, row.withdrawn):
        if notice.status == NoticeStatus.DROPPED:
            notice.status = NoticeStatus.PENDING
            notice.error = None
            change.session.add(notice)
    _open_again(change, row.living)
    task = next((each for each in change.tasks.values() if each.key == own.task), None)
    facts = {**facts_of(own), "event": NewsEvent.UNDONE, "by": own.by}
    for reader in readers:
        change.tell(NoticeKind.NEWS, reader, task=task, facts={**facts})
    return [each for each in readers if "@" in each]


def facts_of(own: Event) -> dict[str, Any]:
    """The verb of an act, and the facts that its phrase needs."""
    needed = {name: own.data[name] for name in _IN_PHRASES if name in own.data}
    return {"did": own.verb, **needed}


def _read(change: Change, keys: Iterable[str]) -> Sequence[Notice]:
    query = select(Notice).where(col(Notice.key).in_([*keys]))
    return change.session.exec(query.order_by(col(Notice.key))).all()


def _was_told(change: Change, notice: Notice) -> bool:
    """Whether a notice was sent, is being sent, or went into a digest or a list that was."""
    if notice.status in (NoticeStatus.SENT, NoticeStatus.SENDING):
        return True
    if notice.status != NoticeStatus.DROPPED:
        return False
    into = change.session.get(Notice, notice.error or "")
    return into is not None and _was_told(change, into)


def _take_back(change: Change, notice: Notice, row: Undoable) -> None:
    """Let a notice not be sent, and its occasion come again."""
    session = change.session
    occasion = notice.key.rpartition(":")[2]
    once = notice.kind in _ONCE or occasion.startswith("content-")
    if not once:
        of_act = occasion.isdecimal() or any(map(occasion.startswith, _OF_ACTS))
        outbox.take_back(session, [notice] if of_act else [], why=UNDONE)
    elif notice.status == NoticeStatus.PENDING:
        session.exec(delete(Notice).where(col(Notice.key) == notice.key))
    elif notice.status != NoticeStatus.SENDING:
        key = f"{notice.key}:undone-{row.event}"
        session.exec(
            update(Notice).where(col(Notice.key) == notice.key).values(key=key)
        )


def _open_again(change: Change, keys: Iterable[str]) -> None:
    """Keep messages true again that were closed since the act."""
    for notice in _closed(_read(change, keys)):
        notice.closed = None
        notice.outdated = True
        notice.changes = notice.changes + 1
        notice.parts_after = None
        change.session.add(notice)


def _closed(notices: Iterable[Notice]) -> Iterator[Notice]:
    for notice in notices:
        if notice.closed and notice.closed.get("why") not in _STAYS:
            yield notice
