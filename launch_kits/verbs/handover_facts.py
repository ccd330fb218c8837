"""Who gave a task to its owner, and why: facts for the owner's first message."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from launch_kits.database.records import Event, EventVerb, Task

__all__ = ["given", "given_now"]


def given(session: Session, task: Task) -> dict[str, Any]:
    """The fact ``given`` of a task that another person gave to its owner; else none.

    It has the emails ``by`` and ``from``, and a ``note`` if a reason was written.
    """
    query = select(Event).where(
        Event.launch == task.launch,
        Event.task == task.key,
        Event.verb == EventVerb.REASSIGN,
        col(Event.undone).is_(False),
    )
    last = session.exec(query.order_by(col(Event.id).desc()).limit(1)).first()
    if last is None or last.data.get("owner") != task.owner or last.by == task.owner:
        return {}
    found = {"by": last.by, "from": last.data.get("owner_before")}
    return {"given": {**found, "note": last.note} if last.note else found}


def given_now(session: Session, task: Task, person: str) -> dict[str, Any]:
    """The facts of a line about a task, given by another person.

    ``for`` is the absent person for whom the reader acts. Who gave the task is told until its
    own message comes.
    """
    if task.in_hands_of == person and task.answerable not in (None, person):
        return {"for": task.answerable}
    told = task.handed_out_at is not None or task.owner == task.baseline_owner
    return {} if told else given(session, task)
