from __future__ import annotations

from datetime import date

import pytest

from launch_kits.inputs.yaml_source import Yaml, parse
from launch_kits.lint.dates import future_dates, weekdays, years

TODAY = date(2027, 1, 11)


def found(text: str) -> list[tuple[int | None, str]]:
    return [
        (fault.line, fault.code)
        for fault in weekdays(Yaml("brief.yaml", {}, text=text))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday 2 March 2027",
        "Tuesday, 2nd of March 2027",
        "Tue, 2027-03-02",
        "Tues. the 2nd of March, 2027",
        "tue March 2, 2027",
        "launch_on: 2027-03-02  # Tuesday",
        "2027-03-02 (Tue)",
        "on Tuesday,\n  2 March 2027",
        "Mondays in March 2027",
        "2027-03-02, Monday mornings aside",
        "2027-03-02  # Monday mornings aside",
        "Monday 2",
        "the sun 2 march 2027ers",
        "Saturation 2027-03-02",
    ],
)
def test_a_weekday_that_matches_or_belongs_to_no_date_is_passed_over(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Monday 2 March 2027",
        "Wednesday, 2nd of March 2027",
        "Mon, 2027-03-02",
        "Weds 2027-03-02 and Thurs. the 2nd of March, 2027",
        "mon March 2, 2027",
        "launch_on: 2027-03-02  # Monday",
        "2027-03-02 (Mon)",
        "on Monday,\n  2 March 2027",
    ],
)
def test_a_weekday_of_another_day_is_wrong(text):
    assert {code for _, code in found(text)} == {"wrong-weekday"}


def test_a_wrong_weekday_is_on_its_line_within_a_long_text():
    assert found("summary: |\n  First.\n  Second on Monday 2 March 2027.\n") == [
        (3, "wrong-weekday")
    ]


@pytest.mark.parametrize(
    "text", ["Tue 31 February 2027", "Mon 2027-02-29", "Mon, 0 May 2027"]
)
def test_a_day_that_no_calendar_has_is_told(text):
    assert [code for _, code in found(text)] == ["no-such-day"]


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("launch_on: 2036-12-31", False),
        ("launch_on: 2038-01-01", True),
        ("begin_on: 2007-01-11", True),
        ("blackouts: [{from: 2027-12-24, to: 2072-01-01}]", True),
        ("workdays: [2027-12-24, 2072-12-24]", True),
        ("as_of: 2062", True),
        ("as_of: 1026-05", True),
        ("as_of: 1999-05", False),
        ("as_of: unknown", False),
        ("effective_on: 1999-01-01", False),
        ("by: them", False),
        ("note: 1026", False),
    ],
)
def test_a_year_that_cannot_be_right(written, wrong):
    codes = [
        fault.code for fault in years(parse(written, shown="brief.yaml"), today=TODAY)
    ]
    assert codes == (["impossible-year"] if wrong else [])


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("as_of: 2028-01-12", False),
        ("as_of: 2028-01-13", True),
        ("as_of: 2028-01", False),
        ("as_of: 2028-02", True),
        ("as_of: 2028", False),
        ("as_of: 2029", True),
        ("verified_on: 2028-03-01", True),
        ("valid_until: 2029-03-01", False),
        ("as_of: 2072", False),
    ],
)
def test_a_source_dated_over_a_year_ahead_is_wrong(written, wrong):
    codes = [
        fault.code
        for fault in future_dates(parse(written, shown="ledger.yaml"), today=TODAY)
    ]
    assert codes == (["future-date"] if wrong else [])
