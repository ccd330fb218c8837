"""Doubts about a running launch: due days on days off, and those that cannot be made.

`check` finds these in a brief; here they are found in stored dates. No linter is imported,
since every verb would wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from launch_kits.errors import Fault
from launch_kits.plan.dates import Forecast
from launch_kits.plan.plan_input import PlanInput
from launch_kits.plan.rollout import anchor_doubts
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.in_words import count

__all__ = [
    "CANNOT_BE_MADE",
    "DAY_OFF",
    "NO_FILE",
    "PlanDoubt",
    "doubts_in_words",
    "doubts_of_plan",
    "new_doubts",
    "newly_doubted",
]

#: the code of a due day that is missed by the facts
CANNOT_BE_MADE = "due-cannot-be-made"
#: the code of a due day on a day off
DAY_OFF = "due-on-day-off"
#: doubts of one kind that are written out
MOST_NAMED = 5
#: the path of a doubt about stored dates, which no file holds
NO_FILE = "-"


class PlanDoubt(NamedTuple):
    """A doubt about a date of a running launch."""

    #: the task's key, or the anchor day's
    subject: str
    #: working days by which a due day is missed; 0 for other doubts
    days: int
    fault: Fault
    #: the facts that a notice stores of it, to tell it with titles
    facts: tuple[tuple[str, object], ...] = ()


def doubts_of_plan(
    given: PlanInput,
    *,
    forecast: Mapping[str, Forecast],
    due: Mapping[str, date],
    owners: Mapping[str, str],
    today: date,
) -> Iterator[PlanDoubt]:
    """Find the dates of a running launch that cannot be right.

    ``forecast`` has the open tasks, ``due`` their stored due days, ``owners`` their owners' emails,
    by key; ``today`` is a day in the launch's time zone. Yields anchor days on days off, then for
    each open task a due day on which its owner does not work, and a due day that it cannot make by
    the facts. A due day that is over is not moved any more, so it is not checked for days off.
    """
    launch = given.calendar
    found = anchor_doubts(
        launch, launch_on=given.launch_on, release_on=given.release_on, today=today
    )
    for key, code, message in found:
        yield PlanDoubt(key, 0, Fault(NO_FILE, None, code, message))
    works = {work.key: work for work in given.work}
    anchors = given.anchors
    for key, dates in forecast.items():
        on = due[key]
        work = works[key]
        own = work.own_calendar(launch, anchors.day(work.anchor))
        if on >= today and not own.is_workday(on):
            fault = _day_off(key, owners[key], on, own=own, launch=launch)
            yield PlanDoubt(key, 0, fault)
        if dates.float_days < 0:
            yield _missed(key, on, dates)


def new_doubts(
    before: Iterable[PlanDoubt], after: Iterable[PlanDoubt]
) -> tuple[Fault, ...]:
    """Return the findings of `newly_doubted`."""
    return tuple(doubt.fault for doubt in newly_doubted(before, after))


def newly_doubted(
    before: Iterable[PlanDoubt], after: Iterable[PlanDoubt]
) -> tuple[PlanDoubt, ...]:
    """Return the doubts that were not there before, or are greater now."""
    known: Mapping[tuple[str, str, str], int] = {
        _identity(doubt): doubt.days for doubt in before
    }
    return tuple(
        doubt for doubt in after if known.get(_identity(doubt), -1) < doubt.days
    )


def doubts_in_words(faults: Iterable[Fault]) -> tuple[str, ...]:
    """Return the messages of doubts: the first few of each kind, and how many more there are."""
    of_code: dict[str, list[str]] = {}
    for fault in faults:
        of_code.setdefault(fault.code, []).append(fault.message)
    found: list[str] = []
    for messages in of_code.values():
        found += messages[:MOST_NAMED]
        if len(messages) > MOST_NAMED:
            found.append(f"and {len(messages) - MOST_NAMED} more like these")
    return tuple(found)


def _identity(doubt: PlanDoubt) -> tuple[str, str, str]:
    """Return what makes two doubts the same; the days of a missed due day may differ."""
    message = "" if doubt.days else doubt.fault.message
    return doubt.subject, doubt.fault.code, message


def _day_off(
    key: str, owner: str, due: date, *, own: Calendar, launch: Calendar
) -> Fault:
    last = own.last_on_or_before(due)
    why = "a day off of the launch"
    remedy = "set another due day"
    if launch.is_workday(due):
        why = f"when its owner {owner} is off"
        remedy = "choose another owner, or set another due day"
    message = (
        f'task "{key}" is due {due} ({due:%A}), {why}; the last working day before is '
        f"{last} ({last:%A}): {remedy}"
    )
    return Fault(NO_FILE, None, DAY_OFF, message)


def _missed(key: str, due: date, dates: Forecast) -> PlanDoubt:
    days = -dates.float_days
    late = count(days, "working day")
    message = (
        f'task "{key}" cannot make its due day, {due}: it is expected on {dates.finish}, '
        f"{late} later; shorten the work before it, or give it a later due day"
    )
    return PlanDoubt(key, days, Fault(NO_FILE, None, CANNOT_BE_MADE, message))
