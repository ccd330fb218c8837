"""Days, distances and lists in the words of a reader."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from launch_kits.views.reader import iso_day, spelled
from tests.slack.views import READER


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


@pytest.mark.parametrize(
    ("due", "before"),
    [
        (date(2027, 2, 4), date(2027, 2, 3)),
        # over a weekend
        (date(2027, 2, 8), date(2027, 2, 5)),
        # today, if the task is due tomorrow, today or was before
        (date(2027, 2, 2), date(2027, 2, 1)),
        (date(2027, 1, 28), date(2027, 2, 1)),
    ],
)
def test_an_answer_is_of_use_on_the_working_day_before_a_due_day(due, before):
    assert READER.before(due) == before


def test_name_is_the_email_of_a_stranger():
    assert READER.name("legal@example.com") == "Counsel"
    assert READER.name("other@example.org") == "other@example.org"


@pytest.mark.parametrize(
    ("value", "found"),
    [("2027-02-04", date(2027, 2, 4)), ("soon", None), (None, None), (4, None)],
)
def test_iso_day_reads_only_days(value, found):
    assert iso_day(value) == found


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
