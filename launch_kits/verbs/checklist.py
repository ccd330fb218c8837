"""Ticking the points of a task's checklist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from launch_kits.database.records import CLOSED, EventVerb, Task
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused, suggest
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.task_state import taken
from launch_kits.verbs.transaction import Change, changing

__all__ = ["tick"]


def tick(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    points: Sequence[str] = (),
    undo: Sequence[str] = (),
    by: str | None = None,
    now: datetime,
) -> Outcome:
    """Tick points of an open task's checklist, and take back those in ``undo``.

    A point is named by its text or its number from 1. Raises Refused for a closed task, NotYours,
    NotFound.
    """
    with changing(store, slug, now=now) as change:
        task, by = taken(change, key, by, Verb.TICK)
        if task.status in CLOSED:
            raise Refused(
                f'task "{key}" is {task.status}; `reopen` it before ticking its checklist'
            )
        before = [point for point in task.checklist if point in task.ticked]
        found = {*before, *(_point(task, each) for each in points)}
        found -= {_point(task, each) for each in undo}
        after = [point for point in task.checklist if point in found]
        said = f"{len(after)} of {len(task.checklist)} points of {key} are ticked"
        if after == before:
            return Outcome(changed=False, message=f"{said} already; nothing changed")
        task.ticked = after
        change.record(
            EventVerb.TICK, by=by, task=task, note=_note(before, after), ticked=after
        )
        return Outcome(changed=True, message=said)


def _point(task: Task, named: str) -> str:
    """A point by its text or number; raises NotFound."""
    if named in task.checklist:
        return named
    numbered = {str(at): point for at, point in enumerate(task.checklist, 1)}
    if named in numbered:
        return numbered[named]
    known = ", ".join(f"{at} {point}" for at, point in numbered.items()) or "none"
    raise NotFound(
        f'task "{task.key}" has no point "{named}"'
        f"{suggest(named, task.checklist) or f'; points: {known}'}"
    )


def _note(before: Sequence[str], after: Sequence[str]) -> str:
    """The changes, for the history."""
    ticked = [f"☑ {point}" for point in after if point not in before]
    opened = [f"☐ {point}" for point in before if point not in after]
    return "; ".join([*ticked, *opened])
