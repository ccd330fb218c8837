"""Plans in March 2026, with which examples are written."""

from datetime import date

from launch_kits.plan import (
    PlanInput,
    Predecessor,
    Schedule,
    Work,
    schedule,
)
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset

# March 2026 begins on a Sunday: the 2nd, 9th, 16th, 23rd and 30th are Mondays
WEEKENDS_ONLY = Calendar()


def march(day: int) -> date:
    return date(2026, 3, day)


def task(key: str, days: int, *after: str | Predecessor, **more: object) -> Work:
    links = tuple(
        link if isinstance(link, Predecessor) else Predecessor(link) for link in after
    )
    offsets = {
        name: Offset.parse(more.pop(name))
        for name in ("due", "not_before")
        if name in more
    }
    return Work(key, days, links, **offsets, **more)


def plan(
    *work: Work,
    calendar: Calendar = WEEKENDS_ONLY,
    begin: int = 2,
    release: int = 0,
    launch: int = 31,
) -> Schedule:
    return schedule(
        PlanInput(
            work,
            calendar=calendar,
            begin_on=march(begin),
            release_on=march(release or launch),
            launch_on=march(launch),
        )
    )


def dates(found: Schedule, key: str) -> tuple[int, int, int, int, int]:
    """Start, finish, start_by, due as days of March; float."""
    span = found.spans[key]
    assert {day.month for day in span[:4]} == {3}
    return (*(day.day for day in span[:4]), span.float_days)
