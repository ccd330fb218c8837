"""The inbox: payloads are kept before they are acknowledged, and worked on once.

A payload is one row of `Answered`. The transaction that carries it out also marks it as done, so
that it is not done twice, and a process that is killed leaves it to the next one. The same
transaction keeps the answer to its user until that is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, or_, update
from sqlmodel import Session, col, delete, select

from launch_kits.database.queries import insert_new
from launch_kits.database.records import Answered
from launch_kits.database.store import Store

__all__ = [
    "AT_WORK",
    "KEPT",
    "OWED_FOR",
    "Arrival",
    "FormerForm",
    "KeptPayload",
    "PayloadKind",
    "find_form",
    "finish",
    "keep",
    "owe",
    "owed",
    "pay",
    "read_payload",
    "unfinished",
    "unpaid",
]

#: how long payloads are kept; Slack sends a request again for an hour
KEPT = timedelta(days=2)
#: a payload younger than this may be at work in another process
AT_WORK = timedelta(seconds=60)
#: how long it is tried to give an answer that is owed
OWED_FOR = timedelta(hours=1)


class PayloadKind(StrEnum):
    """The kinds of payload that are worked on after their acknowledgement."""

    CLICK = "click"
    FORM = "form"
    COMMAND = "command"
    EVENT = "event"
    #: the answer to one that was carried out, in place of its content
    ANSWER = "answer"


class Arrival(StrEnum):
    """The state of a payload at its arrival."""

    NEW = "new"
    #: it was acknowledged before, and is not done yet
    AGAIN = "again"
    DONE = "done"
    #: it came too late to be acknowledged, and is not kept
    LATE = "late"


@dataclass(frozen=True, slots=True)
class KeptPayload:
    """A payload as Slack sent it, and the key by which it is known again."""

    kind: PayloadKind
    key: str
    body: Mapping[str, Any]
    #: tells two contents of one form apart
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class FormerForm:
    """A form that was kept before."""

    digest: str | None
    done: bool


def keep(
    store: Store,
    payload: KeptPayload,
    *,
    now: datetime,
    in_time: Callable[[], bool] = lambda: True,
) -> Arrival:
    """Keep a payload that may be acknowledged then; raises DatabaseError.

    If ``in_time`` says no at the end, nothing is kept.
    """
    row = {
        "key": payload.key,
        "at": now,
        "payload": {"kind": str(payload.kind), "body": dict(payload.body)},
        "digest": payload.digest,
    }
    with store.write() as session:
        # the lock on SQLite was waited for by now
        if in_time():
            added = session.connection().execute(insert_new(session, Answered), row)
            if added.rowcount:
                return Arrival.NEW
        there = select(col(Answered.done_at).is_not(None))
        done = session.exec(there.where(col(Answered.key) == payload.key)).first()
    if done is None:
        return Arrival.LATE
    return Arrival.DONE if done else Arrival.AGAIN


def finish(
    session: Session, key: str, *, now: datetime, keep_content: bool = False
) -> bool:
    """Mark a payload as done, within the transaction that carries it out.

    Returns False if it was done already: the transaction must change nothing then. Its content is
    deleted, unless ``keep_content``. Old payloads that are done are forgotten.
    """
    over = or_(col(Answered.done_at).is_not(None), col(Answered.payload).is_(None))
    session.exec(delete(Answered).where(col(Answered.at) < now - KEPT, over))
    content = {} if keep_content else {"payload": None}
    mark = update(Answered).where(
        col(Answered.key) == key, col(Answered.done_at).is_(None)
    )
    return bool(session.exec(mark.values(done_at=now, **content)).rowcount)


def owe(
    session: Session, key: str, content: Mapping[str, Any], *, now: datetime
) -> None:
    """Keep the answer to a payload, within the transaction that carries it out."""
    answer = {"kind": str(PayloadKind.ANSWER), "body": dict(content)}
    mark = update(Answered).where(col(Answered.key) == key)
    done_at = func.coalesce(Answered.done_at, now)
    session.exec(mark.values(payload=answer, done_at=done_at))


def owed(store: Store, key: str) -> Mapping[str, Any] | None:
    """The answer that is owed to a payload, as JSON; None if there is none."""
    with store.read() as session:
        row = session.get(Answered, key)
        found = read_payload(row) if row else None
    return found.body if found and found.kind is PayloadKind.ANSWER else None


def pay(store: Store, key: str) -> None:
    """Forget the answer that was owed to a payload: it was given."""
    with store.write() as session:
        mark = update(Answered).where(col(Answered.key) == key)
        session.exec(mark.values(payload=None))


def unpaid(store: Store, *, since: datetime, until: datetime) -> Sequence[str]:
    """The keys of payloads that came between two instants and are owed an answer."""
    content = col(Answered.payload)
    carried_out = (content.is_not(None), col(Answered.done_at).is_not(None))
    with store.read() as session:
        rows = session.exec(
            select(Answered)
            .where(*carried_out, Answered.at > since, Answered.at <= until)
            .order_by("at", "key")
        ).all()
    found = [payload for row in rows if (payload := read_payload(row))]
    return [each.key for each in found if each.kind is PayloadKind.ANSWER]


def find_form(store: Store, key: str) -> FormerForm | None:
    """The form that was kept under a key before; None if there is none."""
    with store.read() as session:
        found = session.get(Answered, key)
        return FormerForm(found.digest, found.done_at is not None) if found else None


def unfinished(store: Store, *, until: datetime) -> Sequence[KeptPayload]:
    """The payloads that were acknowledged up to an instant and are not done, oldest first."""
    waiting = (
        col(Answered.done_at).is_(None),
        col(Answered.payload).is_not(None),
        col(Answered.at) <= until,
    )
    with store.read() as session:
        rows = session.exec(
            select(Answered).where(*waiting).order_by("at", "key")
        ).all()
    return [found for row in rows if (found := read_payload(row)) is not None]


def read_payload(row: Answered) -> KeptPayload | None:
    """The payload of a row; None if its content is gone or of an unknown kind."""
    content = row.payload or {}
    kind = content.get("kind")
    body = content.get("body")
    if kind not in set(PayloadKind) or not isinstance(body, dict):
        return None
    return KeptPayload(PayloadKind(kind), row.key, body, row.digest)
