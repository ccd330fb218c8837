from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from launch_kits.errors import PlanError
from launch_kits.inputs.starter.answers import (
    LONGEST_NAME,
    Answers,
    read_attribute,
    read_capacity,
    read_country,
    read_day,
    read_email,
    read_line,
    read_name,
    read_names,
    read_person,
    read_timezone,
)

TODAY = date(2026, 11, 25)
ATLAS = Answers(
    "Atlas 2.0", "major_release", date(2027, 3, 9), "Lee", "lee@example.com"
)


def test_semicolons_part_several_names():
    assert read_names("Borealis; Cirrus  Two;") == ("Borealis", "Cirrus Two")
    with pytest.raises(ValueError, match="empty; fill it in"):
        read_names(" ")


def test_the_names_of_launch_and_competitor_become_keys():
    assert (ATLAS.launch, ATLAS.rivals) == ("atlas-2-0", {})
    names = ("Grupo Bor\xe9alis", "\u65e5\u672c", "Grupo Borealis", "\u65e5\u672c")
    rivals = replace(ATLAS, product="\u65e5\u672c", competitors=names)
    assert rivals.launch == "launch"
    assert rivals.rivals == {
        "grupo-borealis": "Grupo Bor\xe9alis",
        "competitor": "\u65e5\u672c",
        "grupo-borealis-2": "Grupo Borealis",
    }


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Pia <pia@example.com> 0.5", ("Pia", "pia@example.com", 0.5)),
        ("Pia Berg, pia@example.com", ("Pia Berg", "pia@example.com", None)),
        ("pia@example.com", ("pia", "pia@example.com", None)),
        ("pia@example.com 1", ("pia", "pia@example.com", 1)),
    ],
)
def test_a_person_has_an_email_and_perhaps_a_name_and_a_capacity(written, person):
    assert tuple(read_person(written)) == person


def test_an_attribute_has_a_value():
    assert read_attribute(" Open: It stays: yours ") == ("Open", "It stays: yours")


@pytest.mark.parametrize(
    ("read", "written", "taken"),
    [
        (read_line, "  Atlas\t 2.0 \n", "Atlas 2.0"),
        (read_name, "x" * LONGEST_NAME, "x" * LONGEST_NAME),
        (read_email, " lee@example.com ", "lee@example.com"),
        (read_timezone, " Europe/Berlin", "Europe/Berlin"),
        (read_country, "US-CA", "US-CA"),
    ],
)
def test_an_answer_is_taken_with_its_spaces_single(read, written, taken):
    assert read(written) == taken


def test_a_line_is_as_long_as_its_question_allows():
    assert read_line("x" * 10, longest=10) == "x" * 10
    with pytest.raises(ValueError, match="longer than 9 characters; shorten it"):
        read_line("x" * 10, longest=9)


@pytest.mark.parametrize(
    ("read", "written", "words"),
    [
        (read_person, "Pia", "names no person"),
        (read_person, "Pia <pia@x>", "not an email address"),
        (read_person, "pia@example.com 0", "not a part of a working day"),
        (read_capacity, "half", "not a part of a working day"),
        (read_attribute, "Fast", "has no value"),
        (read_line, "  ", "empty; fill it in"),
        (read_line, "\u3164", "empty; fill it in"),
        (read_line, "a\x1bb", "control characters are not read; take them out"),
        (read_line, "a\udcffb", "control characters are not read; take them out"),
        (read_name, "x" * 201, "longer than 200 characters; shorten it"),
        (
            read_email,
            "lee at example.com",
            "is not an email address; use a value like lead@example.com",
        ),
        (
            read_timezone,
            "Europe/Berlim",
            'unknown time zone "Europe/Berlim"; did you mean "Europe/Berlin"?',
        ),
        (read_country, "usa-ca-x", "unknown country"),
    ],
)
def test_an_answer_that_cannot_be_is_said_with_its_remedy(read, written, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        read(written)


def test_a_launch_day_is_to_come_and_worked_on():
    assert read_day(date(2027, 3, 2), holidays="US", today=TODAY) == date(2027, 3, 2)
    with pytest.raises(ValueError, match="2026-11-24 is past; name a day to come"):
        read_day(date(2026, 11, 24), holidays=None, today=TODAY)
    with pytest.raises(
        ValueError,
        match=r"2026-11-26 \(Thursday\) is not a working day; 2026-11-27 \(Friday\)",
    ):
        read_day(date(2026, 11, 26), holidays="US", today=TODAY)


def test_a_launch_day_beyond_the_calendars_is_refused():
    with pytest.raises(PlanError):
        read_day(date.max, holidays="US", today=TODAY)
