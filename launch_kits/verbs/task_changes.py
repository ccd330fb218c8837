"""The changes of tasks that a preview shows, and the news of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from launch_kits.database.records import NoticeKind, Task
from launch_kits.errors import Fault
from launch_kits.verbs.plan_again import MovedDue
from launch_kits.verbs.transaction import Change
from launch_kits.views.notices.news import NewsEvent

__all__ = [
    "MORE_TIME",
    "TaskChange",
    "due_changes",
    "lapse",
    "lapse_doubt",
    "moved_in_words",
    "tell_owners",
]


#: the field of a change that ends the more time that was granted
MORE_TIME = "more_time"


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A field of a task that changes, with the task's due days."""

    key: str
    title: str
    owner: str
    #: such as ``title``, ``days``, ``due``, or ``more_time``, which lapses
    field: str
    #: as JSON has them; days are ISO dates
    before: Any
    after: Any
    due_before: date
    due: date
    #: spare working days by the facts, after the change; None if the task is closed
    float_days: int | None

    def facts(self) -> Mapping[str, Any]:
        """The change as a fact of news."""
        return {
            "task": self.key,
            "title": self.title,
            "owner": self.owner,
            "field": self.field,
            "from": self.before,
            "to": self.after,
            "due_before": self.due_before.isoformat(),
            "due": self.due.isoformat(),
        }


def due_changes(
    moved: Iterable[MovedDue], floats: Mapping[str, int] | None = None
) -> tuple[TaskChange, ...]:
    """The changes of tasks whose due day moved; ``floats`` by key, if they are known."""
    return tuple(
        TaskChange(
            key=each.task.key,
            title=each.task.title,
            owner=each.task.owner,
            field="due",
            before=each.before.isoformat(),
            after=each.task.due.isoformat(),
            due_before=each.before,
            due=each.task.due,
            float_days=(floats or {}).get(each.task.key),
        )
        for each in moved
    )


def lapse(task: Task, *, due: date, float_days: int | None) -> TaskChange:
    """The end of the more time that a task was granted, as a change of the task.

    ``due`` is its due day after the change. Raises ValueError if none was granted.
    """
    if task.extended_until is None:
        raise ValueError(f"{task.key} was granted no more time")
    return TaskChange(
        key=task.key,
        title=task.title,
        owner=task.owner,
        field=MORE_TIME,
        before=task.extended_until.isoformat(),
        after=None,
        due_before=task.due,
        due=due,
        float_days=float_days,
    )


def lapse_doubt(key: str, lapsed: str) -> Fault:
    """Say that more time, granted or asked for, lapses for a task."""
    return Fault("-", None, "more-time-lapses", f'{lapsed} for task "{key}" lapses')


def moved_in_words(moved: Iterable[MovedDue]) -> str:
    """The due days that moved, to follow a sentence; empty if none did."""
    days = [
        f"{each.task.key} is due {each.task.due} instead of {each.before}"
        for each in moved
    ]
    return f"; {'; '.join(days)}" if days else ""


def tell_owners(
    change: Change,
    changes: Iterable[TaskChange],
    *,
    by: str,
    note: str | None,
) -> None:
    """Tell the owners of changed tasks, each of their own tasks alone.

    A person who changes their own task hears of it only if a due day moves.
    """
    of_owner: dict[str, list[TaskChange]] = {}
    differing = (each for each in changes if each.before != each.after)
    for each in differing:
        of_owner.setdefault(each.owner, []).append(each)
    for owner, found in of_owner.items():
        if owner == by and all(each.due == each.due_before for each in found):
            continue
        facts = {
            "event": NewsEvent.EDITED,
            "by": by,
            "note": note,
            "changes": [dict(each.facts()) for each in found],
        }
        change.tell(NoticeKind.NEWS, owner, facts=facts)
