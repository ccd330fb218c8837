"""Days of work for which people have no time, apart from days that are late by the dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from launch_kits.plan import PlanInput, Work, forecast, schedule
from launch_kits.plan.shortage import PlannedWork, short_days
from launch_kits.workdays.calendar import Calendar
from tests.launches import PMM, SALES

MONDAY = date(2027, 1, 11)
LAUNCH = date(2027, 1, 29)
GIVEN = PlanInput(
    [Work("story", 3), Work("card", 2)],
    calendar=Calendar(),
    begin_on=MONDAY,
    release_on=LAUNCH,
    launch_on=LAUNCH,
)
DUE = {key: span.due for key, span in schedule(GIVEN).spans.items()}


def short(
    given: PlanInput = GIVEN, *, lands_on: date | None = LAUNCH, **finishes: date
) -> dict[str, int]:
    planned = {
        key: PlannedWork(PMM if key == "story" else SALES, on, Fraction(1, 2))
        for key, on in finishes.items()
    }
    expected = forecast(given, due=DUE, today=MONDAY)
    return short_days(given, planned, due=DUE, expected=expected, lands_on=lands_on)


def test_work_that_is_planned_by_its_due_day_is_not_short():
    assert short(story=DUE["story"], card=DUE["card"]) == {}


def test_days_after_the_due_day_count_with_their_share_rounded_up():
    assert DUE["story"] == date(2027, 1, 28)
    assert short(story=date(2027, 2, 1)) == {PMM: 1}
    assert short(story=date(2027, 2, 2), card=date(2027, 1, 29)) == {PMM: 2, SALES: 1}


def test_no_more_days_than_the_work_has_count():
    assert short(story=date(2027, 3, 30)) == {PMM: 2}


def test_days_that_are_late_by_the_dates_alone_do_not_count():
    """More time was granted: the work is late for that reason, whatever people have time for."""
    granted = replace(
        GIVEN, work=[replace(GIVEN.work[0], until=date(2027, 2, 3)), GIVEN.work[1]]
    )
    late = date(2027, 2, 3)
    assert short(granted, story=late) == {}
    assert short(granted, lands_on=late, story=date(2027, 2, 4)) == {PMM: 1}


def test_due_days_move_along_with_the_landing():
    assert short(lands_on=date(2027, 2, 3), card=date(2027, 2, 1)) == {}
    assert short(lands_on=None, card=date(2027, 2, 1)) == {}
