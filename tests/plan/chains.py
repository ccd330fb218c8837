"""Chains of reasons in March 2026, with which examples are written."""

from dataclasses import replace
from datetime import date

from launch_kits.plan import (
    PlanInput,
    Reason,
    Why,
    Work,
    forecast,
    schedule,
    why,
    work_to_watch,
)
from launch_kits.workdays.calendar import Calendar

# March 2026 begins on a Sunday: the 2nd, 9th, 16th, 23rd and 30th are Mondays
CALENDAR = Calendar()


def march(day: int) -> date:
    return date(2026, 3, day)


def planned(
    *work: Work, calendar: Calendar = CALENDAR, begin: int = 2, release: int = 31
) -> Why | None:
    given = plan_of(*work, calendar=calendar, begin=begin, release=release)
    return why(given, dated=schedule(given).spans)


def watched(*work: Work) -> Why | None:
    given = plan_of(*work)
    return work_to_watch(given, dated=schedule(given).spans)


def plan_of(
    *work: Work, calendar: Calendar = CALENDAR, begin: int = 2, release: int = 31
) -> PlanInput:
    return PlanInput(
        work,
        calendar=calendar,
        begin_on=march(begin),
        release_on=march(release),
        launch_on=march(31),
    )


def standing(*work: Work, today: int, begin: int = 2, **due: int) -> Why | None:
    constraints = {
        "calendar": CALENDAR,
        "begin_on": march(begin),
        "release_on": march(31),
        "launch_on": march(31),
    }
    days = {key: march(day) for key, day in due.items()}
    found = forecast(PlanInput(work, **constraints), due=days, today=march(today))
    marked = [replace(task, as_of=march(today)) for task in work]
    return why(PlanInput(marked, **constraints), dated=found, as_facts=True)


def reasons(found: Why | None) -> list[tuple[str, Reason, str | None, int]]:
    assert found
    return [(step.task, step.reason, step.waits_for, step.lag) for step in found.steps]
