"""Remember the rows and notices that an act changed, so that its person can undo it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func
from sqlalchemy.event import listen, remove
from sqlalchemy.orm.attributes import get_history
from sqlmodel import Session, col, select

from launch_kits import outbox
from launch_kits.database.records import (
    DayChangeRow,
    Event,
    EventVerb,
    Launch,
    Notice,
    NoticeStatus,
    Undoable,
)
from launch_kits.verbs.actors import PREFECT, SWEEP, Door
from launch_kits.verbs.row_images import RowImages, brief_text, stored

__all__ = ["FOR", "remembering"]

#: the time in which an act can be undone
FOR = timedelta(minutes=10)
#: the doors of people
_DOORS = frozenset([Door.COMMAND_LINE, Door.SLACK, Door.ROOM])
#: acts that no one takes back: these end a launch's run, or are taken back themselves
_FINAL = frozenset([EventVerb.CANCEL, EventVerb.UNDO])


@contextmanager
def remembering(
    session: Session, slug: str, *, door: Door | None, now: datetime
) -> Iterator[None]:
    """Remember the act of a person in a transaction, if there is one in it."""
    if door not in _DOORS:
        yield
        return
    before = _LaunchBefore.of(session, slug)
    with _earlier_brief(session, slug) as brief:
        yield
        session.flush()
    events = _events_after(session, slug, before.last_event)
    people = {event.by for event in events} - {SWEEP, PREFECT}
    if len(people) == 1 and not _FINAL.intersection(event.verb for event in events):
        rows = before.rows.with_brief(slug, brief[0]) if brief else before.rows
        after = RowImages.of(session, slug, brief=bool(brief))
        changed = stored([*rows.changes(after)])
        _keep(session, slug, before, events, changed, by=people.pop(), now=now)


@contextmanager
def _earlier_brief(session: Session, slug: str) -> Iterator[list[str]]:
    """Catch the brief of a launch, as JSON, before a transaction writes another.

    It is by far the largest value of a launch and seldom changes, so it is not read otherwise.
    """
    caught: list[str] = []

    def catch(flushed: Session, *_: object) -> None:
        for row in flushed.dirty:
            mine = isinstance(row, Launch) and row.slug == slug
            if mine and not caught and get_history(row, "brief").has_changes():
                found = brief_text(session, slug)
                caught.extend([found] if found else [])

    listen(session, "before_flush", catch)
    try:
        yield caught
    finally:
        remove(session, "before_flush", catch)


@dataclass(frozen=True, slots=True)
class _LaunchBefore:
    """A launch before an act."""

    rows: RowImages
    last_event: int
    last_day: int
    #: the keys of all notices, and of those that wait to be sent
    notices: frozenset[str]
    pending: frozenset[str]
    #: the keys of the messages that are kept true
    living: frozenset[str]

    @classmethod
    def of(cls, session: Session, slug: str) -> _LaunchBefore:
        notices = _notices(session, slug)
        return cls(
            RowImages.of(session, slug, brief=False),
            _last(session, Event, slug),
            _last(session, DayChangeRow, slug),
            frozenset(notices),
            frozenset(
                key for key, status in notices.items() if status == NoticeStatus.PENDING
            ),
            frozenset(outbox.live_keys(session, slug)),
        )


def _last(session: Session, table: type[Event | DayChangeRow], slug: str) -> int:
    query = select(func.max(table.id)).where(table.launch == slug)
    return session.exec(query).one() or 0


def _notices(session: Session, slug: str) -> dict[str, str]:
    """Key of each notice of a launch → its status."""
    query = select(Notice.key, Notice.status).where(Notice.launch == slug)
    return dict(session.exec(query).all())


def _events_after(session: Session, slug: str, last: int) -> Sequence[Event]:
    query = select(Event).where(Event.launch == slug, col(Event.id) > last)
    return session.exec(query.order_by(col(Event.id))).all()


def _keep(
    session: Session,
    slug: str,
    before: _LaunchBefore,
    events: Sequence[Event],
    changed: Mapping[str, Any],
    *,
    by: str,
    now: datetime,
) -> None:
    """Store an act, and delete those for which the time is over."""
    session.exec(delete(Undoable).where(col(Undoable.at) < now - FOR))
    days = select(DayChangeRow.id).where(
        DayChangeRow.launch == slug, col(DayChangeRow.id) > before.last_day
    )
    notices = _notices(session, slug)
    session.add(
        Undoable(
            launch=slug,
            event=events[-1].id,
            events=[event.id for event in events],
            days=[*session.exec(days).all()],
            by=by,
            at=now,
            rows=dict(changed),
            filed=sorted(set(notices) - before.notices),
            withdrawn=sorted(
                key
                for key in before.pending
                if notices.get(key) == NoticeStatus.DROPPED
            ),
            living=sorted(before.living),
        )
    )
