"""Messages that are kept true: which to compare with the state of their launch, and when again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Session, col, select

from launch_kits.database.records import (
    KEEPING_TEXT,
    LIVING,
    Closing,
    Compared,
    Launch,
    Notice,
    NoticeKind,
    NoticeStatus,
)

__all__ = [
    "close",
    "compare_again",
    "live_keys",
    "live_messages",
    "mark",
    "note_compared",
    "supersede",
    "to_compare",
]

#: a revision that no launch has: its messages have to be compared
NEVER = -1

#: a reader has one of these about a task, the last
_REMINDING = (NoticeKind.NUDGE, NoticeKind.ESCALATION)
#: the kinds of which a reader has one message about a task, the last, each with its rivals
_SINGLE: Mapping[str, Sequence[NoticeKind]] = {
    NoticeKind.TASK: [NoticeKind.TASK],
    NoticeKind.REVIEW: [NoticeKind.REVIEW],
    NoticeKind.NUDGE: _REMINDING,
    NoticeKind.ESCALATION: _REMINDING,
}


def to_compare(
    session: Session, *, now: datetime, launch: str | None = None
) -> Sequence[str]:
    """The launches whose sent messages may say something else by now.

    The launch has changed since they were compared, or a day of one of their readers has begun.
    """
    query = (
        select(Launch.slug)
        .join(Compared, col(Compared.launch) == col(Launch.slug), isouter=True)
        .where(
            or_(
                col(Compared.launch).is_(None),
                col(Compared.revision) != col(Launch.revision),
                col(Compared.again_at) <= now,
            )
        )
    )
    if launch is not None:
        query = query.where(Launch.slug == launch)
    return session.exec(query.order_by(col(Launch.slug))).all()


def live_messages(session: Session, launch: str) -> Sequence[Notice]:
    """The sent messages of a launch that are kept true, and digests and news with buttons.

    Those that are closed are left out.
    """
    query = select(Notice).where(Notice.launch == launch, _live())
    return session.exec(query.order_by(col(Notice.key))).all()


def live_keys(session: Session, launch: str) -> Sequence[str]:
    """The keys of the messages that `live_messages` gives."""
    return session.exec(
        select(Notice.key).where(Notice.launch == launch, _live())
    ).all()


def mark(session: Session, keys: Collection[str]) -> None:
    """Mark messages as out of date, to be edited in place now."""
    marked = update(Notice).where(col(Notice.key).in_(keys), _live())
    session.exec(
        marked.values(outdated=True, changes=Notice.changes + 1, parts_after=None)
    )


def compare_again(session: Session) -> None:
    """Let the messages of all launches be compared with the next delivery.

    The name or the time zone of a person has become known, and any launch may name them.
    """
    # in one order, so that two transactions wait for each other and do not block each other
    query = select(Compared).order_by(Compared.launch).with_for_update()
    for each in session.exec(query).all():
        each.revision = NEVER
        session.add(each)


def note_compared(
    session: Session, launch: str, *, revision: int, again_at: datetime | None
) -> None:
    """Record the state of a launch with which its messages were compared."""
    session.merge(Compared(launch=launch, revision=revision, again_at=again_at))


def supersede(session: Session, newest: Notice) -> Sequence[tuple[str, str]]:
    """Find the older messages that a sent one replaces; key and reader of each.

    A reader has one message of a kind about a task, and one that reminds of it. A question about
    more time replaces one about more time. They are closed and marked, to be edited to one line. A
    digest takes the buttons of the ones before it, which keep their text, and replaces the
    earlier reminders of the tasks whose reminders went into it.
    """
    if newest.kind == NoticeKind.DIGEST and "week" not in newest.facts:
        return [*_older_digests(session, newest), *_reminders_before(session, newest)]
    if newest.kind not in _SINGLE or newest.task is None:
        return ()
    query = select(Notice).where(
        Notice.launch == newest.launch,
        Notice.task == newest.task,
        col(Notice.kind).in_(_SINGLE[newest.kind]),
        Notice.to == newest.to,
        _live(),
    )
    more_time = "until" in newest.facts
    rivals = [
        each
        for each in session.exec(query).all()
        if ("until" in each.facts) == more_time
    ]
    rivals.sort(key=lambda each: (each.filed_at, each.key))
    return _replace(session, rivals[:-1])


def _reminders_before(session: Session, digest: Notice) -> Sequence[tuple[str, str]]:
    """The earlier reminders of the tasks whose reminders went into a digest."""
    merged = select(Notice.launch, Notice.task).where(
        Notice.to == digest.to,
        Notice.status == NoticeStatus.DROPPED,
        Notice.error == digest.key,
        col(Notice.kind).in_(_REMINDING),
    )
    told = set(session.exec(merged).all())
    query = select(Notice).where(
        Notice.to == digest.to, col(Notice.kind).in_(_REMINDING), _live()
    )
    found = session.exec(query.order_by(col(Notice.key))).all() if told else ()
    return _replace(
        session, [each for each in found if (each.launch, each.task) in told]
    )


def _replace(session: Session, older: Sequence[Notice]) -> Sequence[tuple[str, str]]:
    keys = [each.key for each in older]
    mark(session, keys)
    close(session, keys, {"why": str(Closing.REPLACED)})
    return [(each.key, each.to) for each in older]


def _older_digests(session: Session, newest: Notice) -> Sequence[tuple[str, str]]:
    query = select(Notice).where(
        Notice.to == newest.to, Notice.kind == NoticeKind.DIGEST, _live()
    )
    older = [
        each.key
        for each in session.exec(query).all()
        if each.key != newest.key and "week" not in each.facts
    ]
    mark(session, older)
    close(session, older, {})
    return [(key, newest.to) for key in older]


def close(session: Session, keys: Collection[str], facts: Mapping[str, Any]) -> None:
    """Close messages: from now on they are one line about the facts.

    Digests and news are closed without facts: they keep their text, without buttons.
    """
    closed = update(Notice).where(col(Notice.key).in_(keys), _live())
    session.exec(closed.values(closed=dict(facts)))


def _live() -> ColumnElement[bool]:
    return and_(
        col(Notice.status) == NoticeStatus.SENT,
        col(Notice.ts).is_not(None),
        col(Notice.kind).in_(sorted(LIVING | KEEPING_TEXT)),
        col(Notice.closed).is_(None),
    )
