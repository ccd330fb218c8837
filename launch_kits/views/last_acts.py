"""The last acts of people on the tasks of a launch, and their requests, as messages tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from launch_kits.database.records import Event, EventVerb, Extension, Task

__all__ = [
    "NO_ACTS",
    "ON_IT",
    "SWEEP",
    "LastActs",
    "read_last_acts",
    "read_requests",
]

#: in events: that no person did it
SWEEP = "launch-kits"
#: the note of a person who says that they work on an overdue task
ON_IT = "On it"
_TOLD = (
    EventVerb.BLOCK,
    EventVerb.REJECT,
    EventVerb.SUBMIT,
    EventVerb.DONE,
    EventVerb.APPROVE,
    EventVerb.REOPEN,
    EventVerb.DROP,
)
#: work that could not go on, or was with the wrong person, goes on
_WENT_ON = (EventVerb.SUBMIT, EventVerb.DONE, EventVerb.REJECT, EventVerb.UNBLOCK)


@dataclass(frozen=True, slots=True)
class LastActs:
    """The last acts of people on one task."""

    #: the note of its last block
    blocked_by: str | None = None
    #: the email of the person who sent it back last and their note, until it is approved
    sent_back: tuple[str, str | None] | None = None
    #: the email of the person who finished, approved or dropped it last
    closed_by: str | None = None
    #: when it was last handed in, sent back or unblocked
    went_on_at: datetime | None = None
    #: the note of its last drop
    dropped_why: str | None = None
    #: the emails of the people who said that they are on it, in lower case, each with the last time
    on_it: tuple[tuple[str, datetime], ...] = ()
    #: when a person last did or said something about it
    heard_at: datetime | None = None


#: of a task on which no one has acted
NO_ACTS = LastActs()


def read_last_acts(session: Session, slug: str) -> Mapping[str, LastActs]:
    """Return the last acts by the keys of a launch's tasks; those without any are left out."""
    of_tasks = (
        Event.launch == slug,
        col(Event.task).is_not(None),
        col(Event.undone).is_(False),
    )
    acts = select(Event.task, Event.verb, Event.by, Event.note).where(
        *of_tasks, col(Event.verb).in_(_TOLD)
    )
    said = select(Event.task, Event.by, Event.at).where(
        *of_tasks, Event.verb == EventVerb.NOTE, Event.note == ON_IT
    )
    went_on = select(Event.task, Event.at).where(
        *of_tasks, col(Event.verb).in_(_WENT_ON)
    )
    heard = select(Event.task, func.max(Event.at)).where(*of_tasks, Event.by != SWEEP)
    found: defaultdict[str, LastActs] = defaultdict(lambda: NO_ACTS)
    for task, verb, by, note in session.exec(acts.order_by(col(Event.id))).all():
        key = str(task)
        found[key] = _after(found[key], verb, by, note)
    for task, at in session.exec(went_on.order_by(col(Event.id))).all():
        key = str(task)
        found[key] = replace(found[key], went_on_at=at)
    for task, by, at in session.exec(said.order_by(col(Event.id))).all():
        key = str(task)
        on_it = dict(found[key].on_it)
        on_it[by.lower()] = at
        found[key] = replace(found[key], on_it=tuple(on_it.items()))
    for task, at in session.exec(heard.group_by(col(Event.task))).all():
        key = str(task)
        found[key] = replace(found[key], heard_at=at)
    return dict(found)


def _after(acts: LastActs, verb: str, by: str, note: str | None) -> LastActs:
    if verb == EventVerb.BLOCK:
        return replace(acts, blocked_by=note)
    if verb == EventVerb.REJECT:
        return replace(acts, sent_back=(by, note))
    why = note if verb == EventVerb.DROP else None
    # the approver reads the reason again with the work that is handed in again
    asked = acts.sent_back if verb == EventVerb.SUBMIT else None
    return replace(acts, sent_back=asked, closed_by=by, dropped_why=why)


def read_requests(session: Session, slug: str) -> dict[int, list[tuple[date, str]]]:
    """Return task id → the days asked for or granted, oldest first, with the status of each."""
    query = (
        select(col(Extension.task), col(Extension.until), col(Extension.status))
        .join(Task, col(Task.id) == col(Extension.task))
        .where(Task.launch == slug)
        .order_by(col(Extension.id))
    )
    found: dict[int, list[tuple[date, str]]] = {}
    for task, until, status in session.exec(query).all():
        found.setdefault(task, []).append((until, status))
    return found
