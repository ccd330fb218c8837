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

__all__ = ["launch_day"]

#: time kept free before a suggested launch day, for surprises
SPARE = timedelta(weeks=2)

#: from today, if no launch day is known to hold
FAR = timedelta(weeks=12)

TUESDAY = 1


def launch_day(answers: Answers, kit: Kit, *, today: date) -> tuple[date | None, date]:
    """Find the first launch day that holds if work begins today, and a day to suggest.

    Returns the first day, or None if there is none, and the day to suggest: a Tuesday that is a
    working day, two weeks or more after the first, because Mondays slip and so do plans.
    """
    nearby = replace(answers, launch_on=today + FAR)
    text = brief_text(nearby, kit, today=today)
    brief = validate(Brief, parse(text, shown="brief.yaml")).model_copy(
        update={"kit": kit}
    )
    calendar = brief.calendar()
    start = calendar.next_on_or_after(nearby.launch_on)
    earliest = Rollout(
        brief, begin_on=today, release_on=start, launch_on=start
    ).earliest_launch_on
    first = earliest + SPARE if earliest else start
    days = (first + timedelta(days) for days in range(35))
    suggested = next(
        (day for day in days if day.weekday() == TUESDAY and calendar.is_workday(day)),
        None,
    )
    return earliest, suggested or calendar.next_on_or_after(first)
