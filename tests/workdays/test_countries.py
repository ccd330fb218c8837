import subprocess
import sys
from datetime import date

import pytest

from launch_kits.errors import PlanError
from launch_kits.workdays.countries import (
    first_weekday,
    known_country,
    resting,
    suggest_country,
)


@pytest.mark.parametrize(
    "code", ["US", "US-CA", "SG", "DE-BY", "GB-ENG", "USA", "UK", "MY-KDH"]
)
def test_countries_and_their_parts_are_known(code):
    assert known_country(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "us",
        "XX",
        "US-",
        "US-ZZ",
        "-CA",
        "NYSE",
        "HolidayBase",
        "Germany",
        "US-CA-LA",
    ],
)
def test_misspelt_codes_stock_exchanges_and_names_are_not(code):
    assert not known_country(code)


@pytest.mark.parametrize(
    ("code", "suggestion"),
    [
        ("us", '; did you mean "US"?'),
        ("Germany", '; did you mean "DE"?'),
        ("singapoer", '; did you mean "SG"?'),
        ("US-ca", '; did you mean "US-CA"?'),
        ("GB-EGN", '; did you mean "GB-ENG"?'),
        ("QQQQ", ""),
        ("", ""),
    ],
)
def test_the_nearest_code_is_suggested(code, suggestion):
    assert suggest_country(code) == suggestion


def test_an_unknown_country_is_refused_with_a_suggestion():
    with pytest.raises(PlanError) as error:
        resting("us-CA", 2026, 2026)
    assert (
        str(error.value) == 'holidays: unknown country "us-CA"; did you mean "US-CA"?'
    )


def test_holidays_are_listed_with_their_observed_days():
    # Independence Day 2026 is a Saturday, New Year's Day 2028 too
    listed = {date.fromordinal(day) for day in resting("US", 2026, 2027).holidays}
    assert {date(2026, 7, 3), date(2026, 7, 4), date(2027, 12, 31)} <= listed
    assert date(2026, 12, 24) not in listed


def weekend(country: str | None, year: int) -> set[int]:
    """Weekdays that rest in the first week of June, Monday is 0."""
    weekdays = resting(country, year, year).weekdays
    start = date(year, 6, 1).toordinal() - date(year, 1, 1).toordinal()
    return {date(year, 6, 1 + n).weekday() for n in range(7) if not weekdays[start + n]}


@pytest.mark.parametrize(
    ("country", "year", "rests"),
    [
        (None, 2026, {5, 6}),
        ("US", 2026, {5, 6}),
        ("SA", 2026, {4, 5}),
        ("SA", 2010, {3, 4}),
        ("IR", 2026, {4}),
        ("MY-KDH", 2026, {4, 5}),
        ("MY-JHR", 2024, {4, 5}),
        ("MY-JHR", 2026, {5, 6}),
    ],
)
def test_the_weekend_is_that_of_the_country_its_part_and_the_year(country, year, rests):
    assert weekend(country, year) == rests


def test_a_weekend_that_moves_within_a_year_moves_on_the_day():
    weekdays = resting("SA", 2013, 2013).weekdays
    off = {
        date(2013, 1, 1).toordinal() + at
        for at, works in enumerate(weekdays)
        if not works
    }
    # Thursday and Friday until June, Friday and Saturday since
    assert date(2013, 6, 20).toordinal() in off
    assert date(2013, 7, 6).toordinal() in off
    assert date(2013, 7, 4).toordinal() not in off


def test_a_person_who_asks_for_no_country_does_not_pay_for_the_library():
    code = (
        "import sys, datetime, launch_kits.plan; "
        "from launch_kits.workdays.calendar import Calendar; "
        "Calendar().is_workday(datetime.date(2026, 3, 2)); sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("country", "year", "day"),
    [
        (None, 2027, 0),
        ("US", 2027, 0),
        ("SA", 2027, 6),
        ("SA", 2012, 5),
        ("IL", 2027, 6),
        ("BN", 2027, 0),
    ],
)
def test_a_week_begins_after_the_weekend(country, year, day):
    assert first_weekday(country, year) == day
