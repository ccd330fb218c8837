"""Reminders of a task: those owed by now, their receivers, and the next time to look."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from launch_kits.inputs.nudges import Nudges
from launch_kits.workdays.calendar import Calendar, end_of_day
from launch_kits.workdays.hours import Hours

__all__ = [
    "LATE_AGAIN",
    "EscalationStep",
    "Reminder",
    "ReminderState",
    "late_level",
    "look_again",
    "owed",
]

#: working days after which a digest speaks of a late task again
LATE_AGAIN = 5

#: the end of the occasion of the reminder on the planned finish, and of the one on the due day
_PLANNED = "-planned"
_TODAY = "-today"
#: working days for which the first message of a task is fresh: no reminder of a day ahead is needed
FRESH = 1


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """A step of the ladder, with its receiver."""

    #: overdue working days of the launch's calendar
    after: int
    #: as the kit names it: backup, manager, lead, or a role
    role: str
    #: email
    to: str


@dataclass(frozen=True, slots=True)
class ReminderState:
    """An open task as its reminders see it."""

    due: date
    #: email of its owner, in whose time zone it becomes overdue
    owner: str
    #: email of the person whose turn it is: the owner, in review the approver; None if it is
    #: blocked
    awaited: str | None
    ladder: Sequence[EscalationStep] = ()
    #: when the person whose turn it is was last told of the task itself
    told_at: datetime | None = None
    #: when a person last answered for it: a note, a start, a request for more time
    heard_at: datetime | None = None
    #: receivers and occasions of the reminders so far
    told: Collection[tuple[str, str]] = ()
    #: reminders so far, escalations not counted
    count: int = 0
    #: the day on which its owner plans to be done; None if that is of no interest any more
    planned_finish: date | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder to be sent now."""

    to: str
    #: its identity, which does not depend on the time: ``2027-02-04-in-3``,
    #: ``2027-02-04-late-2-backup``, ``2027-01-29-planned``
    occasion: str
    #: whether it asks another person for help
    escalation: bool
    #: whether it comes on the planned finish, not because of the due day
    planned: bool = False


class _Occasion(NamedTuple):
    """A day with a reminder; of two on one day, that of the due day counts."""

    day: date
    rank: int
    text: str

    @classmethod
    def planned(cls, day: date, text: str) -> _Occasion:
        """The planned finish."""
        return cls(day, 0, text)

    @classmethod
    def of_due(cls, day: date, text: str) -> _Occasion:
        """The due day, or a day counted from it."""
        return cls(day, 1, text)


def owed(
    state: ReminderState,
    policy: Nudges,
    *,
    hours: Callable[[str], Hours],
    calendar: Calendar,
    now: datetime,
) -> list[Reminder]:
    """Return the reminders owed at ``now`` (aware) within the receivers' working hours.

    If several were missed, only the latest is owed: a person who was not told for a week gets one.
    ``hours`` gives a person's hours by email. ``calendar`` is the launch's; the steps of the ladder
    count its days.
    """
    found = []
    overdue = now >= end_of_day(state.due, hours(state.owner).zone)
    if state.awaited is not None and state.count < policy.max:
        theirs = hours(state.awaited)
        # their own day counts, even if the day of the owner is over
        passed = overdue and theirs.day(now) > state.due
        occasion = _occasion(state, policy, theirs, overdue=passed, now=now)
        if occasion and theirs.opens(now) == now:
            planned = occasion.endswith(_PLANNED)
            found.append(
                Reminder(state.awaited, occasion, escalation=False, planned=planned)
            )
    if overdue and not _paused(state, policy, calendar, hours(state.owner), now=now):
        late = calendar.count(_slips_from(state, hours), hours(state.owner).day(now))
        for step in _rungs(state):
            occasion = f"{state.due}-late-{step.after}-{step.role}"
            if (
                step.after <= late
                and (step.to, occasion) not in state.told
                and hours(step.to).opens(now) == now
            ):
                found.append(Reminder(step.to, occasion, escalation=True))
    return found


def late_level(late: int) -> int:
    """Return how late a digest says that a task is: 1, or the last multiple of five working days.

    A task that stays at one level is not told again.
    """
    return max(1, late // LATE_AGAIN * LATE_AGAIN)


def _slips_from(state: ReminderState, hours: Callable[[str], Hours]) -> date:
    """Return the day from which the ladder counts.

    If a task was already late when it was handed to a person, it counts from that day.
    """
    if state.awaited is None or state.told_at is None:
        return state.due
    return max(state.due, hours(state.awaited).day(state.told_at))


def _rungs(state: ReminderState) -> Iterator[EscalationStep]:
    """Yield the steps of the ladder, for people who do not hear of it anyway."""
    seen = {state.awaited, state.owner}
    for step in state.ladder:
        if step.to not in seen:
            seen.add(step.to)
            yield step


def _occasion(
    state: ReminderState, policy: Nudges, theirs: Hours, *, overdue: bool, now: datetime
) -> str | None:
    """Return the latest occasion reached, or None if its reminder was sent.

    No one is reminded on the day they were told, nor on the working day after it of a day that is
    still ahead.
    """
    today = theirs.day(now)
    calendar = theirs.calendar
    if overdue:
        if _paused(state, policy, calendar, theirs, now=now):
            return None
        late = calendar.count(state.due, today)
        rounds = late // policy.overdue_every if policy.overdue_every else 0
        days = rounds * policy.overdue_every
        last = _Occasion.of_due(
            calendar.shift(state.due, days), f"{state.due}-late-{days}"
        )
        reached = [last] if rounds > 0 else []
    else:
        reached = [
            each
            for each in _ahead(state, policy, calendar)
            if each.day <= today and not _pointless(each, state, theirs, today=today)
        ]
    if not reached:
        return None
    day, _, occasion = max(reached)
    if state.told_at is not None:
        told_on = theirs.day(state.told_at)
        ahead = not overdue and not occasion.endswith(_TODAY)
        if day <= told_on or (ahead and calendar.count(told_on, day) <= FRESH):
            return None
    return None if (state.awaited, occasion) in state.told else occasion


def _pointless(
    each: _Occasion, state: ReminderState, theirs: Hours, *, today: date
) -> bool:
    """Return whether a missed reminder is left out, as one before the due day.

    The planned finish is long over, or a person did something about the task since.
    """
    if each.text.endswith(_TODAY):
        return False
    if each.text.endswith(_PLANNED) and theirs.calendar.count(each.day, today) > FRESH:
        return True
    return state.heard_at is not None and theirs.day(state.heard_at) >= each.day


def _ahead(
    state: ReminderState, policy: Nudges, calendar: Calendar
) -> Iterator[_Occasion]:
    """Yield the days up to the due day on which a reminder is owed."""
    if state.planned_finish is not None:
        day = calendar.last_on_or_before(state.planned_finish)
        yield _Occasion.planned(day, f"{state.planned_finish}{_PLANNED}")
    for days in policy.before:
        day = calendar.shift(state.due, -days)
        yield _Occasion.of_due(day, f"{state.due}-in-{days}")
    if policy.on_due:
        day = calendar.last_on_or_before(state.due)
        yield _Occasion.of_due(day, f"{state.due}{_TODAY}")


def _paused(
    state: ReminderState,
    policy: Nudges,
    calendar: Calendar,
    theirs: Hours,
    *,
    now: datetime,
) -> bool:
    """Return whether reminders pause because a person answered recently.

    The pause ends by itself.
    """
    if state.heard_at is None:
        return False
    return theirs.day(now) <= calendar.shift(theirs.day(state.heard_at), policy.pause)


def look_again(
    state: ReminderState,
    policy: Nudges,
    *,
    hours: Callable[[str], Hours],
    now: datetime,
    overdue_from: datetime,
) -> datetime | None:
    """Return the next instant after ``now`` at which a reminder may be owed, or None.

    Before ``overdue_from`` it is a morning with a reminder ahead, from then on the next morning of
    any receiver. All instants are aware.
    """
    if now >= overdue_from:
        people = {state.awaited, *(step.to for step in _rungs(state))} - {None}
        return min(
            (_next_morning(hours(str(person)), now=now) for person in people),
            default=None,
        )
    if state.awaited is None:
        return None
    theirs = hours(state.awaited)
    ahead = [each.day for each in _ahead(state, policy, theirs.calendar)]
    mornings = [theirs.morning(day) for day in ahead if day >= theirs.day(now)]
    if any(day <= theirs.day(now) for day in ahead):
        mornings.append(theirs.opens(now))
    return min((morning for morning in mornings if morning > now), default=None)


def _next_morning(theirs: Hours, *, now: datetime) -> datetime:
    opens = theirs.opens(now)
    return opens if opens > now else theirs.morning_after(now)
