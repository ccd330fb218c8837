"""The last acts of people on the tasks of a launch, as far as messages tell of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, or_, select

from launch_kits.database.records import Event, EventVerb

__all__ = ["NO_ACTS", "ON_IT", "LastActs", "read_last_acts"]

#: the note of a person who says that they work on an overdue task
ON_IT = "On it"
_TOLD = (
    EventVerb.BLOCK,
    EventVerb.REJECT,
    EventVerb.SUBMIT,
    EventVerb.DONE,
    EventVerb.APPROVE,
    EventVerb.REOPEN,
)


@dataclass(frozen=True, slots=True)
class LastActs:
    """The last acts of people on one task."""

    #: the note of its last block
    blocked_by: str | None = None
    #: the email of the person who sent it back and their note, until it is handed in again
    sent_back: tuple[str, str | None] | None = None
    #: the email of the person who finished or approved it last
    closed_by: str | None = None
    #: when a person last said that they are on it
    on_it_at: datetime | None = None


#: of a task on which no one has acted
NO_ACTS = LastActs()


def read_last_acts(session: Session, slug: str) -> Mapping[str, LastActs]:
    """Return the last acts by the keys of a launch's tasks; those without any are left out."""
    said = (col(Event.verb) == EventVerb.NOTE) & (col(Event.note) == ON_IT)
    query = select(Event).where(
        Event.launch == slug,
        col(Event.task).is_not(None),
        or_(col(Event.verb).in_(_TOLD), said),
    )
    found: dict[str, LastActs] = {}
    for event in session.exec(query.order_by(col(Event.id))):
        key = str(event.task)
        found[key] = _after(found.get(key, NO_ACTS), event)
    return found


def _after(acts: LastActs, event: Event) -> LastActs:
    if event.verb == EventVerb.NOTE:
        return replace(acts, on_it_at=event.at)
    if event.verb == EventVerb.BLOCK:
        return replace(acts, blocked_by=event.note)
    if event.verb == EventVerb.REJECT:
        return replace(acts, sent_back=(event.by, event.note))
    return replace(acts, sent_back=None, closed_by=event.by)
