"""The history of a launch, by person, verb, task and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from launch_kits.database.queries import find_launch
from launch_kits.database.records import Event

__all__ = ["HistoryFilter", "acts_in", "read_history"]


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """The events that are wanted; None and an empty text leave a part open."""

    #: an email, in any case: of who acted, or in whose place
    by: str = ""
    verb: str = ""
    #: a key
    task: str = ""
    #: from this instant on
    since: datetime | None = None
    #: before this instant
    until: datetime | None = None


def read_history(
    session: Session,
    slug: str,
    wanted: HistoryFilter,
    *,
    before: int | None = None,
    most: int | None = None,
) -> Sequence[Event]:
    """Read events of a launch, newest first.

    ``before`` is the id of an event, to read on from it; ``most`` bounds their number. Raises
    NotFound.
    """
    find_launch(session, slug)
    query = select(Event).where(Event.launch == slug)
    if wanted.by:
        who = wanted.by.lower()
        query = query.where(
            or_(
                func.lower(col(Event.by)) == who,
                func.lower(col(Event.in_place_of)) == who,
            )
        )
    if wanted.verb:
        query = query.where(Event.verb == wanted.verb)
    if wanted.task:
        query = query.where(Event.task == wanted.task)
    if wanted.since is not None:
        query = query.where(Event.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(Event.at < wanted.until)
    if before is not None:
        query = query.where(col(Event.id) < before)
    query = query.order_by(col(Event.id).desc())
    return session.exec(query.limit(most) if most else query).all()


def acts_in(session: Session, slug: str) -> tuple[list[str], list[str]]:
    """The people who acted in a launch, and the verbs; each once, in alphabetical order."""
    query = select(Event.by, Event.verb).where(Event.launch == slug).distinct()
    rows = session.exec(query).all()
    return sorted({by for by, _ in rows}), sorted({verb for _, verb in rows})
