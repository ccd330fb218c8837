from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from launch_kits.documents import dates
from launch_kits.inputs.brand import DateStyle
from tests.documents.test_sentences import documents_of, documents_with, facts_of

MONTH_FIRST = DateStyle.MONTH_FIRST
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY_FIRST = re.compile(rf"\b\d{{1,2}} (?:{_MONTH}) \d{{4}}\b")


def test_days_are_written_with_their_weekday_or_for_running_text():
    day = date(2027, 3, 2)
    assert dates.day(day) == "Tue 2 March 2027"
    assert dates.long_day(day) == "2 March 2027"
    assert dates.day(day, MONTH_FIRST) == "Tue, March 2, 2027"
    assert dates.long_day(day, MONTH_FIRST) == "March 2, 2027"


def test_the_date_of_a_source_is_written_in_words():
    written = ("2027-03-02", "2027-03", "2027", "unknown")
    assert [dates.written_date(each) for each in written] == [
        "2 March 2027",
        "March 2027",
        "2027",
        "",
    ]
    assert dates.written_date("2027-03-02", MONTH_FIRST) == "March 2, 2027"
    assert dates.written_date("2027-03", MONTH_FIRST) == "March 2027"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("America/New_York", "New York time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Etc/GMT+5", "UTC-5"),
        ("Etc/GMT0", "UTC"),
    ],
)
def test_a_time_zone_is_written_in_words(zone, text):
    assert dates.time_zone(zone) == text


@pytest.mark.parametrize("name", ["valkey-9", "home-assistant-green"])
def test_every_document_writes_days_in_the_style_of_the_house(name):
    made = facts_of(name)
    brand = made.brief.brand.model_copy(update={"dates": MONTH_FIRST})
    other = replace(made, brief=made.brief.model_copy(update={"brand": brand}))
    written = documents_with(other)
    given = made.brief.model_dump_json()
    left = {
        found
        for text in written.values()
        for found in _DAY_FIRST.findall(text)
        if found not in given
    }
    assert left == set()
    changed = {key: _as_day_first(text) for key, text in written.items()}
    assert changed == {
        key: _as_day_first(text) for key, text in documents_of(name).items()
    }
    assert changed != written


def _as_day_first(text: str) -> str:
    day = rf"(?:\b(\w{{3}}), )?({_MONTH}) (\d{{1,2}}), (\d{{4}})"
    return re.sub(day, _turned, text, flags=re.IGNORECASE)


def _turned(found: re.Match[str]) -> str:
    weekday = f"{found[1]} " if found[1] else ""
    return f"{weekday}{found[3]} {found[2]} {found[4]}"
