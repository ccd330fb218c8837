"""More time for a task: granted up to its due day, asked of the lead beyond it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never

from launch_kits.database.records import CLOSED, ExtensionStatus, Task
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.verbs.extension_effects import Effect, TaskOutlook
from launch_kits.verbs.extension_requests import (
    ask,
    asked_of,
    grant,
    write_extension,
)
from launch_kits.verbs.lapsed_requests import lapse_request
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import Change, changing, reading
from launch_kits.workdays.calendar import Calendar

__all__ = ["ExtensionPreview", "ExtensionVerdict", "extend", "preview_extension"]


class ExtensionVerdict(StrEnum):
    """The outcome of an extension."""

    #: up to the due day, which stays
    GRANTED = "granted"
    #: the lead moves the due day
    MOVED = "moved"
    #: the lead is asked to move the due day
    ASKED = "asked"
    #: nothing changes: the task is expected no earlier anyway
    NOT_LATER = "not later"
    #: nothing changes: that day was granted or asked for already
    GRANTED_ALREADY = "granted already"
    ASKED_ALREADY = "asked already"


#: the verdicts that change something
_CHANGING = frozenset(
    [ExtensionVerdict.GRANTED, ExtensionVerdict.MOVED, ExtensionVerdict.ASKED]
)


@dataclass(frozen=True, slots=True)
class ExtensionPreview:
    """The verdict on more time for a task, and its effect."""

    #: the last working day of the task on or before the day asked for
    until: date
    #: the due day now
    due: date
    #: the finish that is expected without more time
    expected: date
    verdict: ExtensionVerdict
    effect: Effect

    @property
    def changes(self) -> bool:
        """Whether anything changes."""
        return self.verdict in _CHANGING


def extend(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    until: date,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Give a task more time: until a day, which is its expected finish from then on.

    Up to the due day it is granted and the due day stays. Beyond it the lead is asked, or moves
    the due day. Raises Refused for a day before today, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_not_be_cancelled()
        task = change.task(key)
        by = change.actor(by, task.owner)
        change.must(by, Verb.EXTEND, task)
        found = _weighed(change, task, until, by=by)
        outcome = _done(change, task, found, by=by, note=note)
        off = _day_off(change, task, until, found.until)
    return replace(outcome, warnings=(off, *outcome.warnings)) if off else outcome


def preview_extension(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    until: date,
    by: str | None = None,
    now: datetime,
) -> ExtensionPreview:
    """The verdict and the effect of `extend` by a person, the owner by default.

    Nothing is written. Raises Refused, NotFound.
    """
    with reading(store, slug, now=now) as change:
        change.must_run()
        task = change.task(key)
        return _weighed(change, task, until, by=change.actor(by, task.owner))


def _weighed(change: Change, task: Task, until: date, *, by: str) -> ExtensionPreview:
    """Find the verdict on a day.

    Raises Refused for a day before today, and for a closed task.
    """
    if task.status in CLOSED:
        raise Refused(f'task "{task.key}" is {task.status}; it needs no more time')
    outlook = TaskOutlook(change, task)
    meant = outlook.calendar.last_on_or_before(until)
    if meant < change.today:
        raise Refused(_past(change, outlook.calendar, until, meant))
    expected = outlook.expected()
    return ExtensionPreview(
        until=meant,
        due=task.due,
        expected=expected,
        verdict=_verdict(change, task, meant, expected=expected, by=by),
        effect=outlook.effect(meant),
    )


def _past(change: Change, calendar: Calendar, until: date, meant: date) -> str:
    first = calendar.next_on_or_after(change.today)
    if until < change.today:
        return f"{until} is past; name {first} or a later day"
    return f"the last working day by {until} was {meant}; name {first} or a later day"


def _verdict(
    change: Change, task: Task, until: date, *, expected: date, by: str
) -> ExtensionVerdict:
    if until <= task.due:
        if until <= expected:
            return ExtensionVerdict.NOT_LATER
        if until == task.extended_until:
            return ExtensionVerdict.GRANTED_ALREADY
        return ExtensionVerdict.GRANTED
    if by == change.lead:
        return ExtensionVerdict.MOVED
    request = asked_of(change, task)
    if request is not None and request.until == until:
        return ExtensionVerdict.ASKED_ALREADY
    return ExtensionVerdict.ASKED


def _done(
    change: Change, task: Task, found: ExtensionPreview, *, by: str, note: str | None
) -> Outcome:
    """Carry out a verdict."""
    if not found.changes:
        return Outcome(changed=False, message=_unchanged(change, task, found))
    lapse_request(change, task, by=by)
    asked = found.verdict is ExtensionVerdict.ASKED
    status = ExtensionStatus.ASKED if asked else ExtensionStatus.GRANTED
    write_extension(change, task, found.until, by=by, note=note, status=status)
    if asked:
        return ask(change, task, found.until, found.effect, by=by, note=note)
    return grant(change, task, found.until, found.effect, by=by, note=note)


def _unchanged(change: Change, task: Task, found: ExtensionPreview) -> str:
    match found.verdict:
        case ExtensionVerdict.NOT_LATER:
            return (
                f"{task.key} is expected on {found.expected} without more time, and "
                f"{found.until} is not later; nothing changed"
            )
        case ExtensionVerdict.GRANTED_ALREADY:
            return f"{task.key} has until {found.until} already; nothing changed"
        case ExtensionVerdict.ASKED_ALREADY:
            return (
                f"{found.until} was asked for already; "
                f"{change.away.reached(change.lead)} has not answered yet"
            )
        case ExtensionVerdict.GRANTED | ExtensionVerdict.MOVED | ExtensionVerdict.ASKED:
            raise ValueError(f"{found.verdict} changes the task")
        case _:
            assert_never(found.verdict)


def _day_off(change: Change, task: Task, until: date, meant: date) -> str | None:
    """Return why another day is meant, or None if the day itself is."""
    if meant == until:
        return None
    absences = change.brief.days_away(task.owner)
    away = any(first <= until <= last for first, last in absences)
    if away and task.days:
        why = f"{task.owner} is away on {until} ({until:%A})"
    else:
        whose = task.owner if task.days else "the launch"
        why = f"{until} ({until:%A}) is not a working day of {whose}"
    return f"{why}; {meant} ({meant:%A}) is meant"
