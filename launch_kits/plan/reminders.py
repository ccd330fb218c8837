"""Reminders of a task: those owed by now, their receivers, and the next time to look."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from launch_kits.inputs.nudges import Nudges
from launch_kits.workdays.calendar import Calendar, end_of_day
from launch_kits.workdays.hours import Hours

__all__ = ["EscalationStep", "Reminder", "ReminderState", "look_again", "owed"]


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


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder to be sent now."""

    to: str
    #: its identity, which does not depend on the time: ``2027-02-04-in-3``,
    #: ``2027-02-04-late-2-backup``
    occasion: str
    #: whether it asks another person for help
    escalation: bool


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
        occasion = _occasion(state, policy, theirs, overdue=overdue, now=now)
        if occasion and theirs.opens(now) == now:
            found.append(Reminder(state.awaited, occasion, escalation=False))
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


def _slips_from(state: ReminderState, hours: Callable[[str], Hours]) -> date:
    """Return the day from which the ladder counts.

    If a task was already late when it was handed to a person, it counts from that day.
    """
    if state.awaited is None or state.told_at is None:
        return state.due
    return max(state.due, hours(state.awaited).day(state.told_at))


def _rungs(state: ReminderState) -> Iterator[EscalationStep]:
    """Yield the steps of the ladder for people who do not hear of the task anyway."""
    seen = {state.awaited, state.owner}
    for step in state.ladder:
        if step.to not in seen:
            seen.add(step.to)
            yield step


def _occasion(
    state: ReminderState, policy: Nudges, theirs: Hours, *, overdue: bool, now: datetime
) -> str | None:
    """Return the latest occasion reached, or None if its reminder was sent.

    No one is reminded on the day they were told.
    """
    today, calendar = theirs.day(now), theirs.calendar
    if overdue:
        if _paused(state, policy, calendar, theirs, now=now):
            return None
        late = calendar.count(state.due, today)
        rounds = late // policy.overdue_every if policy.overdue_every else 0
        reached = [
            (
                calendar.shift(state.due, rounds * policy.overdue_every),
                f"late-{rounds * policy.overdue_every}",
            )
        ]
        reached = reached if rounds > 0 else []
    else:
        reached = [
            (day, word) for day, word in _ahead(state, policy, calendar) if day <= today
        ]
    if not reached:
        return None
    day, word = max(reached)
    occasion = f"{state.due}-{word}"
    covered = state.told_at is not None and day <= theirs.day(state.told_at)
    return None if covered or (state.awaited, occasion) in state.told else occasion


def _ahead(
    state: ReminderState, policy: Nudges, calendar: Calendar
) -> Iterator[tuple[date, str]]:
    """Yield the due day and the days before it on which a reminder is owed."""
    for days in policy.before:
        yield calendar.shift(state.due, -days), f"in-{days}"
    if policy.on_due:
        yield calendar.last_on_or_before(state.due), "today"


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
    ahead = [day for day, _ in _ahead(state, policy, theirs.calendar)]
    mornings = [theirs.morning(day) for day in ahead if day >= theirs.day(now)]
    if any(day <= theirs.day(now) for day in ahead):
        mornings.append(theirs.opens(now))
    return min((morning for morning in mornings if morning > now), default=None)


def _next_morning(theirs: Hours, *, now: datetime) -> datetime:
    opens = theirs.opens(now)
    return opens if opens > now else theirs.morning_after(now)
