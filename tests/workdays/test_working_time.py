from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours
from launch_kits.workdays.working_time import after_working_hours
from tests.launches import NEW_YORK, at

AMERICAN = Hours(Calendar(country="US"), NEW_YORK)


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        (at("01-11", 10), 2, at("01-11", 12)),
        (at("01-11", 10), 8, at("01-12", 10)),
        # a day that is used up ends in the evening, not on the next morning
        (at("01-11", 9), 8, at("01-11", 17)),
        (at("01-11", 15), 4.5, at("01-12", 11, 30)),
        # before and after hours the clock does not run
        (at("01-11", 3), 1, at("01-11", 10)),
        (at("01-11", 20), 1, at("01-12", 10)),
        # over a weekend, and Martin Luther King Day on Monday the 18th
        (at("01-15", 16), 2, at("01-19", 10)),
        (at("01-16", 12), 8, at("01-19", 17)),
        (at("01-11", 10), 0, at("01-11", 10)),
    ],
)
def test_working_hours_are_counted_within_the_hours_of_the_person(
    start: datetime, amount: float, end: datetime
) -> None:
    assert after_working_hours(AMERICAN, start, amount) == end


def test_the_hours_are_those_of_the_persons_time_zone() -> None:
    singapore = Hours(Calendar(), ZoneInfo("Asia/Singapore"))
    found = after_working_hours(singapore, at("01-11", 10), 8)
    assert found == datetime(2027, 1, 12, 9, tzinfo=UTC)


def test_days_off_do_not_count() -> None:
    away = Calendar(blackouts=[(date(2027, 1, 12), date(2027, 1, 13))])
    found = after_working_hours(Hours(away, NEW_YORK), at("01-11", 16), 2)
    assert found == at("01-14", 10)
