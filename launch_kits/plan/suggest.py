"""A launch day to suggest for a brief that has none yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.starter import brief_text
from launch_kits.inputs.starter.answers import Answers
from launch_kits.inputs.validation import validate
from launch_kits.inputs.yaml_source import parse
from launch_kits.plan.rollout import Rollout
from launch_kits.workdays.calendar import Calendar

__all__ = ["first_rollout", "launch_day"]

#: time kept free before a suggested launch day, for surprises
SPARE = timedelta(weeks=2)

#: from today, if no launch day is known to hold
FAR = timedelta(weeks=12)

TUESDAY = 1


def first_rollout(answers: Answers, kit: Kit, *, today: date) -> Rollout:
    """Plan the brief that `init` writes of its answers, if work begins today."""
    text = brief_text(answers, kit, today=today)
    brief = validate(Brief, parse(text, shown="brief.yaml")).model_copy(
        update={"kit": kit}
    )
    on = brief.calendar().next_on_or_after(answers.launch_on)
    return Rollout(brief, begin_on=today, release_on=on, launch_on=on)


def launch_day(answers: Answers, kit: Kit, *, today: date) -> tuple[date | None, date]:
    """Find the first launch day that holds by the dates if work begins today, and one to suggest.

    Returns the first day, or None if there is none, and the day to suggest: a Tuesday that is a
    working day, two weeks or more after the first, because Mondays slip and so do plans. If people
    have no time for the work by then, it is the first such Tuesday on which they have, provided
    that it is found soon.
    """
    nearby = first_rollout(replace(answers, launch_on=today + FAR), kit, today=today)
    calendar = nearby.brief.calendar()
    earliest = nearby.earliest_launch_on
    first = earliest + SPARE if earliest else nearby.launch_on
    suggested = _tuesday(first, calendar)
    if earliest:
        then = replace(nearby, release_on=suggested, launch_on=suggested)
        on = then.load.levelled.near_launch_on
        suggested = _tuesday(on, calendar) if on else suggested
    return earliest, suggested


def _tuesday(first: date, calendar: Calendar) -> date:
    """The first Tuesday from a day on that is a working day; without one, the next working day."""
    days = (first + timedelta(days) for days in range(35))
    found = (each for each in days if each.weekday() == TUESDAY)
    return next(filter(calendar.is_workday, found), calendar.next_on_or_after(first))
