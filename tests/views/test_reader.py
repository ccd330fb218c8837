"""Days, distances and lists in the words of a reader."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from launch_kits.views.reader import count, day, iso_day, listed, span, spelled
from tests.slack.views import READER

#: a Monday
TODAY = READER.today


def test_day_has_its_year_if_it_is_not_this_one():
    assert day(date(2027, 2, 4), today=TODAY) == "Thu 4 Feb"
    assert day(date(2028, 2, 4), today=TODAY) == "Fri 4 Feb 2028"


def test_instant_is_the_reader_s_own_day():
    # four in the morning in UTC is the evening before in New York
    assert READER.day(datetime(2027, 2, 4, 4, tzinfo=UTC)) == "Wed 3 Feb"


@pytest.mark.parametrize(
    ("when", "distance"),
    [
        (date(2027, 1, 31), "yesterday"),
        (date(2027, 2, 1), "today"),
        (date(2027, 2, 2), "tomorrow"),
        (date(2027, 2, 4), "in 3 working days"),
        (date(2027, 1, 28), "2 working days ago"),
    ],
)
def test_distance_counts_the_reader_s_working_days(when, distance):
    assert READER.distance(when) == distance


def test_due_is_a_day_with_its_distance():
    assert READER.due(date(2027, 2, 4)) == "Thu 4 Feb, in 3 working days"


def test_name_is_the_email_of_a_stranger():
    assert READER.name("legal@example.com") == "Counsel"
    assert READER.name("other@example.org") == "other@example.org"


@pytest.mark.parametrize(
    ("value", "found"),
    [("2027-02-04", date(2027, 2, 4)), ("soon", None), (None, None), (4, None)],
)
def test_iso_day_reads_only_days(value, found):
    assert iso_day(value) == found


def test_count_has_its_noun_in_the_right_number():
    assert [count(number, "task") for number in (0, 1, 2)] == [
        "0 tasks",
        "1 task",
        "2 tasks",
    ]


def test_listed_counts_the_rest():
    assert listed("abc", most=3) == ["a", "b", "c"]
    assert listed("abcd", most=2) == ["a", "b", "and 2 more"]


@pytest.mark.parametrize(
    ("email", "people", "expected"),
    [
        ("PIA@example.com", ["pia@example.com"], "pia@example.com"),
        ("pia@example.com", ["Pia@example.com", "pia@example.com"], "pia@example.com"),
        (
            "PIA@example.com",
            [None, "Pia@example.com", "pia@example.com"],
            "Pia@example.com",
        ),
        ("pia@example.com", [None, "sam@example.com"], "pia@example.com"),
        ("pia@example.com", [], "pia@example.com"),
    ],
)
def test_an_email_takes_the_spelling_that_is_known(email, people, expected):
    assert spelled(email, people) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-12-07", "2026-12-11", "7-11 Dec"),
        ("2026-12-07", "2026-12-07", "7 Dec"),
        ("2026-11-30", "2026-12-04", "30 Nov-4 Dec"),
        ("2026-12-28", "2027-01-04", "28 Dec-4 Jan 2027"),
        ("2025-12-29", "2026-01-02", "29 Dec 2025-2 Jan"),
        ("2027-12-27", "2028-01-04", "27 Dec 2027-4 Jan 2028"),
        ("2027-03-01", "2027-03-05", "1-5 Mar 2027"),
    ],
)
def test_a_span_names_each_month_and_year_once(first, last, expected):
    today = date(2026, 11, 30)
    found = span(date.fromisoformat(first), date.fromisoformat(last), today=today)
    assert found == expected
