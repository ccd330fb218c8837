from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours

TOKYO = Hours(Calendar(), ZoneInfo("Asia/Tokyo"))


def test_a_person_has_a_day_of_their_own() -> None:
    assert TOKYO.day(datetime(2027, 3, 1, 20, tzinfo=UTC)) == date(2027, 3, 2)


def test_a_moment_within_working_hours_stays() -> None:
    noon = datetime(2027, 3, 2, 3, tzinfo=UTC)
    assert TOKYO.opens(noon) == noon


def test_a_morning_is_the_same_for_all_moments_of_the_night_before() -> None:
    morning = TOKYO.morning(date(2027, 3, 2))
    assert TOKYO.day(morning) == date(2027, 3, 2)
    assert TOKYO.opens(datetime(2027, 3, 1, 16, tzinfo=UTC)) == morning


def test_the_morning_of_a_day_off_is_that_of_the_next_working_day() -> None:
    saturday = date(2027, 3, 6)
    monday = date(2027, 3, 8)
    assert TOKYO.morning(saturday) == TOKYO.morning(monday)
    friday = datetime(2027, 3, 5, 3, tzinfo=UTC)
    assert TOKYO.morning_after(friday) == TOKYO.morning(monday)


def test_hours_turn_at_their_beginning_and_at_their_end() -> None:
    morning = TOKYO.morning(date(2027, 3, 2))
    evening = datetime(2027, 3, 2, 8, tzinfo=UTC)
    assert TOKYO.turns(datetime(2027, 3, 1, 16, tzinfo=UTC)) == morning
    assert TOKYO.turns(morning) == evening
    assert TOKYO.turns(evening) == TOKYO.morning(date(2027, 3, 3))
