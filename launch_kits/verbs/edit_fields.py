"""The parts of a task that a person edits, each changed and kept from `update`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from launch_kits.database.records import Task
from launch_kits.errors import Refused
from launch_kits.inputs.titles import LONGEST
from launch_kits.settings.visible import is_blank
from launch_kits.verbs.due_offsets import NamedDue, named_due, workday_offset
from launch_kits.verbs.edit_after import change_after
from launch_kits.verbs.transaction import Change
from launch_kits.verbs.word_changes import WordChange
from launch_kits.workdays.in_words import count
from launch_kits.workdays.offsets import Offset

__all__ = ["TaskEdit", "change_fields", "title_of"]

#: the most working days that a task may take
MOST_DAYS = 1000
#: column that an edit keeps from `update`, if its name is another than that of the part
COLUMNS = {"due": "due_offset"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEdit:
    """The parts of a task to edit; those that are None or empty stay."""

    title: str | None = None
    #: working days of work; 0 is a milestone
    days: int | None = None
    #: the part of its owner's working day that it takes
    share: float | None = None
    #: latest finish
    due: date | Offset | None = None
    #: ``+KEY`` and ``-KEY``: tasks that it waits for from now on, and no more
    after: tuple[str, ...] = ()
    #: all its lines
    checklist: tuple[str, ...] | None = None
    #: all the days on which it is worked on although others rest: dates, or offsets like ``T-2d``
    workdays: tuple[str, ...] | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts to edit."""
        given = {name: getattr(self, name) for name in self.__slots__}
        if not self.after:
            del given["after"]
        return tuple(name for name, value in given.items() if value is not None)


def change_fields(
    change: Change, task: Task, wanted: TaskEdit
) -> tuple[list[WordChange], NamedDue | None]:
    """Change the parts of a task, except its dates.

    Returns the parts that differ, with the due day that was named; its change has the stored days,
    the new one to be filled in once the task is planned again. Raises Refused, NotFound.
    """
    named = (
        named_due(change, task.anchor, wanted.due) if wanted.due is not None else None
    )
    found = [*_plain(change, task, wanted)]
    if named is not None and str(named.offset) != task.due_offset:
        task.due_offset = str(named.offset)
        found.append(
            WordChange(task.key, "due", task.due.isoformat(), task.due.isoformat())
        )
    after = change_after(change, task, wanted.after) if wanted.after else None
    if after is not None:
        found.append(WordChange(task.key, "after", *after))
    columns = {COLUMNS.get(each.field, each.field) for each in found}
    task.edited = sorted({*task.edited, *columns})
    change.session.add(task)
    return found, named


def _plain(change: Change, task: Task, wanted: TaskEdit) -> Iterator[WordChange]:
    """Change title, days, share, checklist and workdays."""
    values: dict[str, Any] = {}
    if wanted.title is not None:
        values["title"] = title_of(wanted.title)
    if wanted.days is not None:
        values["days"] = _days(wanted.days)
    values |= _share(change, task, wanted)
    if wanted.checklist is not None:
        values["checklist"] = _lines(wanted.checklist)
    if wanted.workdays is not None:
        given = (workday_offset(change, task.anchor, each) for each in wanted.workdays)
        values["workdays"] = list(dict.fromkeys(given))
    for name, value in values.items():
        before = getattr(task, name)
        if before != value:
            setattr(task, name, value)
            yield WordChange(task.key, name, before, value)


def title_of(given: str) -> str:
    """Return a title on one line; raises Refused if it is empty, invisible or too long."""
    title = " ".join(given.split())
    if not len(title) <= LONGEST or is_blank(title):
        raise Refused(
            f"a title has 1 to {LONGEST} characters, some of them visible; "
            "give it another --title"
        )
    return title


def _days(given: int) -> int:
    if not 0 <= given <= MOST_DAYS:
        raise Refused(
            f"{count(given, 'day')} of work: use 0 for a milestone, at most {MOST_DAYS}"
        )
    return given


def _share(change: Change, task: Task, wanted: TaskEdit) -> dict[str, float]:
    """The share of its owner's day: a milestone takes none, work that was one takes the kit's."""
    days = task.days if wanted.days is None else wanted.days
    if wanted.share is None:
        if not days:
            return {"share": 0.0}
        return {} if task.days else {"share": change.brief.kit_in_place.share}
    if not days:
        raise Refused("a milestone takes no part of a day; leave --share out")
    if not 0 < wanted.share <= 1:
        raise Refused(
            f"{wanted.share:g} is not a share of a day; use a value such as 0.5, at most 1"
        )
    return {"share": wanted.share}


def _lines(given: Sequence[str]) -> list[str]:
    return [line for line in (" ".join(each.split()) for each in given) if line]
