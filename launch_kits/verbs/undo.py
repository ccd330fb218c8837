"""Undoing one's last act, as long as nothing has been built on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from launch_kits.database.records import (
    DayChangeRow,
    Event,
    EventVerb,
    Undoable,
    phrase_of,
)
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused
from launch_kits.verbs.advance import settle
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb, launch_subject
from launch_kits.verbs.remembering import FOR
from launch_kits.verbs.reopened_checks import done_tasks, reopen_checks
from launch_kits.verbs.row_images import ChangedRow, put_back, read_stored
from launch_kits.verbs.transaction import Change, changing
from launch_kits.verbs.undone_notices import facts_of, tell_again

__all__ = ["UndoOffer", "find_undoable", "undo"]

#: later acts on which nothing is built
_HARMLESS = frozenset(
    [
        *(EventVerb.NOTE, EventVerb.TICK, EventVerb.UNDO, EventVerb.OVERDUE),
        *(EventVerb.CHECK, EventVerb.UNCHECK, EventVerb.WAIVE, EventVerb.EXPIRED),
        *(EventVerb.ASK, EventVerb.ANSWER, EventVerb.FLAG),
        *(EventVerb.PROPOSE, EventVerb.DECLINE),
    ]
)
#: later acts that plan, decide or end the launch as it is by then
_OF_ALL = frozenset(
    [
        *(EventVerb.ADD, EventVerb.EDIT, EventVerb.EXTEND, EventVerb.MOVE),
        *(EventVerb.REASSIGN, EventVerb.DELEGATE, EventVerb.DROP, EventVerb.REOPEN),
        *(EventVerb.UPDATE, EventVerb.UPGRADE, EventVerb.DECIDE),
        *(EventVerb.CANCEL, EventVerb.FINISHED),
    ]
)


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """An act that its person can still undo."""

    launch: str
    #: the id of its last event, which names it
    event: int
    by: str
    verb: str
    data: Mapping[str, Any]
    #: the key of the task that it was about, if it was about one
    task: str | None
    #: when the time for it is over
    until: datetime


def find_undoable(
    session: Session, slug: str | None, by: str | None, *, now: datetime
) -> UndoOffer | None:
    """The last act of a person that is not too long ago; of anyone without a person.

    In one launch, or in any without one. Whether others have built on it is found out when it is
    undone.
    """
    row = _last(session, slug, by, now=now)
    if row is None:
        return None
    event = _own_event(session, row)
    return UndoOffer(
        row.launch, row.event, row.by, event.verb, event.data, event.task, row.at + FOR
    )


def undo(
    store: Store | Change,
    slug: str,
    *,
    by: str | None = None,
    event: int | None = None,
    now: datetime,
) -> Outcome:
    """Undo a person's last act of the last ten minutes; without a person, the last of anyone.

    Everything is as it was before, and those who were told of the act are told again.
    ``event`` names the act that is meant. Raises Refused if there is none, or if others have built
    on it since, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_not_be_cancelled()
        if by is not None:
            by = change.actor(by, by)
            own_change = launch_subject(change.launch, lead=change.lead, author=by)
            change.must(by, Verb.UNDO, own_change)
        row = _last(change.session, slug, by, now=now)
        if row is None or event not in (None, row.event):
            raise Refused(_nothing(event))
        own = _own_event(change.session, row)
        rows = read_stored(row.rows)
        _must_be_last(change, row, rows)
        were_done = done_tasks(change)
        _put_back(change, row, rows)
        reopen_checks(change, were_done, by=row.by)
        return _settle(change, row, own)


def _nothing(event: int | None) -> str:
    minutes = int(FOR.total_seconds() // 60)
    if event is None:
        return f"no act of the last {minutes} minutes can be undone"
    return (
        f"this cannot be undone any more: it is more than {minutes} minutes ago, "
        "it was undone already, or you did something else since"
    )


def _last(
    session: Session, slug: str | None, by: str | None, *, now: datetime
) -> Undoable | None:
    query = select(Undoable).where(col(Undoable.at) >= now - FOR)
    if slug is not None:
        query = query.where(Undoable.launch == slug)
    if by is not None:
        query = query.where(func.lower(col(Undoable.by)) == by.lower())
    return session.exec(query.order_by(col(Undoable.event).desc())).first()


def _own_event(session: Session, row: Undoable) -> Event:
    """The first event of an act that the person caused."""
    query = select(Event).where(col(Event.id).in_(row.events), Event.by == row.by)
    found = session.exec(query.order_by(col(Event.id))).first()
    if found is None:
        raise NotFound("the act has no event any more")
    return found


def _must_be_last(change: Change, row: Undoable, rows: Sequence[ChangedRow]) -> None:
    """Raise Refused if a later act rests on this one."""
    query = select(Event).where(
        Event.launch == row.launch,
        col(Event.id) > row.event,
        col(Event.undone).is_(False),
        col(Event.verb).not_in(_HARMLESS),
    )
    later = change.session.exec(query.order_by(col(Event.id))).all()
    touched = _touched(change, rows)
    for event in later:
        if event.verb in _OF_ALL or event.task in touched:
            raise Refused(_built_on(event))


def _touched(change: Change, rows: Sequence[ChangedRow]) -> set[str]:
    """The keys of the tasks that an act changed, and of those that wait for them."""
    ids = {row.key[0] for row in rows if row.table in ("task", "link")}
    tasks = [task for task in change.tasks.values() if task.id in ids]
    later = [after for task in tasks for after in change.successors(task)]
    return {task.key for task in (*tasks, *later)}


def _built_on(event: Event) -> str:
    did = _in_words(event)
    where = f" ({event.task})" if event.task else ""
    return f"it cannot be undone: since then {event.by} {did}{where}"


def _in_words(event: Event) -> str:
    """What an event's person did, with emails and days as the command line has them."""
    found = phrase_of(event.verb, event.data)
    for name in ("owner", "until", "due", "launch_on"):
        found = found.replace(f"{{{name}}}", str(event.data.get(name) or "?"))
    return found


def _put_back(change: Change, row: Undoable, rows: Sequence[ChangedRow]) -> None:
    """Let all rows be as they were, and mark the events and changes of days as undone."""
    session = change.session
    if put_back(session, change.launch.slug, rows) is not None:
        raise Refused("it cannot be undone: what it changed was changed again since")
    events = update(Event).where(col(Event.id).in_(row.events))
    session.exec(events.values(undone=True))
    days = update(DayChangeRow).where(col(DayChangeRow.id).in_(row.days))
    session.exec(days.values(undone=True))
    change.start_over()


def _settle(change: Change, row: Undoable, own: Event) -> Outcome:
    """Record the undoing, tell those who were told of the act, and settle the launch."""
    told = tell_again(change, row, own)
    change.session.delete(row)
    task = next((each for each in change.tasks.values() if each.key == own.task), None)
    facts = facts_of(own)
    change.record(EventVerb.UNDO, by=own.by, task=task, event=own.id, **facts)
    settle(change)
    did = _in_words(own)
    about = f" ({task.key})" if task else ""
    named = f"; told again: {', '.join(told)}" if told else ""
    message = f"undone: {own.by} {did}{about}{named}"
    return Outcome(changed=True, message=message)
