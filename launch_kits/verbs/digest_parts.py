"""The parts of a digest, and the marks that tell whether it says something new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from launch_kits.database.records import WITH_OWNER, Task
from launch_kits.plan.reminders import late_level
from launch_kits.views.reader import iso_day
from launch_kits.workdays.hours import Hours

__all__ = [
    "SOON",
    "DigestContents",
    "due_mark",
    "is_repeated",
    "landing_mark",
    "planned_mark",
]

#: the beginning of the mark of a landing, and the day of one that is on no day
_LANDS = "lands:"
_NEVER = "never"

#: working days within which a task is due soon
SOON = 3
#: working days by which a launch has to land later to make a digest due; less goes with others
LATER = 5


@dataclass
class DigestContents:
    """The lines of a digest, and their marks."""

    #: the launch under which the digest is filed
    launch: str
    hours: Hours
    today: date
    tasks: list[dict[str, Any]] = field(default_factory=list)
    asks: list[dict[str, Any]] = field(default_factory=list)
    #: tasks of others with which the person was asked to help
    help: list[dict[str, Any]] = field(default_factory=list)
    #: tasks of others that are late, at risk, or about to be
    seen: list[dict[str, Any]] = field(default_factory=list)
    launches: list[dict[str, Any]] = field(default_factory=list)
    #: the keys of tasks that are left out, since they have a message of their own today
    told: set[str] = field(default_factory=set)
    #: the tasks that the person has in hand
    in_hand: int = 0
    #: the launches and tasks of questions about more time that the person got a working day ago at
    #: most
    asked_lately: set[tuple[str, str]] = field(default_factory=set)
    #: the launches and tasks whose own message is a working day old at most
    told_lately: set[tuple[str, str]] = field(default_factory=set)
    #: those that the last digest listed lately enough to tell that they are due soon, or still late
    told_soon: set[tuple[str, str]] = field(default_factory=set)
    told_late: set[tuple[str, str]] = field(default_factory=set)
    #: the launch, kind and key of the answers that it asked for so lately
    asked_late: set[tuple[object, ...]] = field(default_factory=set)
    #: everything that is so now and that a digest says once
    marks: set[str] = field(default_factory=set)
    #: the marks that make a digest due if the last one did not say them
    worth: set[str] = field(default_factory=set)
    #: those among them that cannot wait, however many messages the person got lately
    pressing: set[str] = field(default_factory=set)

    def facts(self, said: frozenset[str]) -> dict[str, Any]:
        """Return the facts of a digest; ``said`` are the marks of the last one."""
        return {
            "day": self.today.isoformat(),
            "tasks": self.tasks,
            "help": self.help,
            "asks": self.asks,
            "seen": [
                line
                for line in self.seen
                if line["mark"] is None or line["mark"] not in said
            ],
            "launches": [_with_change(line, said) for line in self.launches],
            "said": sorted(self.marks),
        }

    def new(self, said: frozenset[str]) -> bool:
        """Whether something makes a digest due that the last one, with its marks, did not say.

        A launch that lands days later than that digest said is among them.
        """
        changed = (_with_change(line, said) for line in self.launches)
        return bool(self.worth - said) or any(map(self._lands_later, changed))

    def _lands_later(self, line: Mapping[str, Any]) -> bool:
        """Whether a launch that the reader leads lands days later."""
        before, after = iso_day(line.get("landed")), iso_day(line.get("lands_on"))
        if before is None or landing_mark(line) not in self.marks:
            return False
        return (
            after is None
            or self.hours.calendar.count(min(before, after), after) >= LATER
        )


def landing_mark(line: Mapping[str, Any]) -> str:
    """Return the mark of a landing, from the line of its launch."""
    return f"{_LANDS}{line['launch']}:{line['lands_on'] or _NEVER}"


def _with_change(line: dict[str, Any], said: frozenset[str]) -> dict[str, Any]:
    """Return the line of a launch, with its landing before.

    That is the day by the last digest, if it is another.

    ``said`` are the marks of that digest.
    """
    told = f"{_LANDS}{line['launch']}:"
    before = next((mark for mark in said if mark.startswith(told)), None)
    if before is None or before == landing_mark(line):
        return line
    return {**line, "landed": before.removeprefix(told)}


def is_repeated(mark: str, *, soon: bool, late: bool) -> bool:
    """Whether a mark says no more than a digest did lately.

    ``soon`` says that it did within the working days in which a task is due soon, ``late`` within
    those after which a late task is told again. A task that became late is told in any case.
    """
    kind = mark.partition(":")[0]
    if kind == "soon":
        return soon
    return late and kind.startswith("late-") and kind != "late-1"


def due_mark(task: Task, hours: Hours, today: date) -> str | None:
    """Return the mark of a due day: late, today or soon; None for a later day.

    A task that stays late is worth a line again after each five working days.
    """
    name = f"{task.launch}/{task.key}:{task.due}"
    if task.due < today:
        level = late_level(hours.calendar.count(task.due, today))
        return f"late-{level}:{name}"
    days = hours.calendar.count(today, task.due)
    if days == 0:
        return f"today:{name}"
    return f"soon:{name}" if days <= SOON else None


def planned_mark(task: Task, finish: date | None) -> str | None:
    """Return the mark of a task's planned finish."""
    if task.status not in WITH_OWNER or finish is None:
        return None
    return f"planned:{task.launch}/{task.key}:{finish}"
