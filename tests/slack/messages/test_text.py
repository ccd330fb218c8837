from __future__ import annotations

from datetime import date, datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.slack.messages.text import escape, fit, width
from launch_kits.views.reader import Reader, listed
from launch_kits.workdays.calendar import Calendar

READER = Reader(
    today=date(2027, 2, 1), zone=ZoneInfo("Asia/Singapore"), calendar=Calendar()
)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2027, 2, 4), "Thu 4 Feb, in 3 working days"),
        (date(2027, 2, 1), "Mon 1 Feb, today"),
        (date(2027, 2, 2), "Tue 2 Feb, tomorrow"),
        (date(2027, 1, 31), "Sun 31 Jan, yesterday"),
        (date(2027, 1, 28), "Thu 28 Jan, 2 working days ago"),
        (date(2026, 12, 31), "Thu 31 Dec 2026, 22 working days ago"),
    ],
)
def test_a_due_day_is_told_with_its_distance_in_working_days(due, words):
    assert READER.due(due) == words


def test_days_off_alone_are_counted_as_days():
    away = Calendar().without([(date(2027, 2, 1), date(2027, 2, 28))])
    assert (
        Reader(today=date(2027, 2, 1), zone=READER.zone, calendar=away).due(
            date(2027, 2, 4)
        )
        == "Thu 4 Feb, in 3 days"
    )


def test_an_instant_is_told_as_the_readers_own_day():
    assert READER.day(datetime(2027, 2, 1, 20, tzinfo=ZoneInfo("UTC"))) == "Tue 2 Feb"


@given(st.text())
def test_what_is_escaped_can_be_read_again(text):
    assert unescape(escape(text)) == text
    assert not set(escape(text)) & set("<>")


@given(
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.text("&<>😀 x", max_size=200),
    st.integers(5, 80),
)
def test_a_text_is_cut_to_its_limit_between_characters(text, limit):
    cut = fit(text, limit)
    assert width(cut) <= limit
    assert cut == escape(text) if width(escape(text)) <= limit else cut.endswith("…")
    assert text.startswith(unescape(cut.removesuffix("…"))) or cut == escape(text)


def test_a_long_list_says_how_much_it_leaves_out():
    assert listed("abcd", most=4) == ["a", "b", "c", "d"]
    assert listed("abcde", most=3) == ["a", "b", "c", "and 2 more"]
