"""Days, numbers and lists in words, and a scan for numbers beside a plural."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from launch_kits.workdays.in_words import count, day, day_of, days_in, listed, span

PACKAGE = Path(__file__).parents[2] / "launch_kits"
#: nouns of which there may be one; characters and lines are counted in limits only
PLURAL = re.compile(
    r"\A (?:\w+ )?(?:days|weeks|months|tasks|checks|documents|notices|launches|owners|files|gates"
    r"|faults|warnings|claims|cards|questions|people|decisions|dates|grants)\b(?!/)"
)


def test_day_has_its_year_if_it_is_not_this_one():
    assert day(date(2027, 2, 4), today=date(2027, 2, 1)) == "Thu 4 Feb"
    assert day(date(2028, 2, 4), today=date(2027, 2, 1)) == "Fri 4 Feb 2028"
    assert day(date(2027, 2, 4)) == "Thu 4 Feb 2027"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("due 2027-02-04; then (2028-02-04).", "due Thu 4 Feb; then (Fri 4 Feb 2028)."),
        ("2027-02-06 (Saturday) is a day off", "Sat 6 Feb is a day off"),
        ("it is due 2027-02-04: late", "it is due Thu 4 Feb: late"),
        ("start with --on 2027-02-04, or", "start with --on 2027-02-04, or"),
        (
            "`move x --on 2027-02-04` on 2027-02-04",
            "`move x --on 2027-02-04` on Thu 4 Feb",
        ),
        ('"2027-02-30" is not a date', '"2027-02-30" is not a date'),
        ("2027-02-30 is no day", "2027-02-30 is no day"),
        (
            "use a value like 2027-03-02, or +12w",
            "use a value like 2027-03-02, or +12w",
        ),
        ("at 2027-01-12T15:00+00:00", "at 2027-01-12T15:00+00:00"),
        ("plan-2027-02-04 and a/2027-02-04.md", "plan-2027-02-04 and a/2027-02-04.md"),
    ],
)
def test_iso_days_of_a_sentence_become_days(text: str, expected: str) -> None:
    assert days_in(text, today=date(2027, 2, 1)) == expected


@pytest.mark.parametrize("written", ["Thu 4 Feb 2027", "4 Feb 2027", "04 Feb 2027"])
def test_a_day_is_read_as_it_is_written(written: str) -> None:
    assert day_of(written) == date(2027, 2, 4)


@pytest.mark.parametrize(
    "written", ["Wed 4 Feb 2027", "30 Feb 2027", "4 Feb", "4 Foo 2027", "soon", ""]
)
def test_any_other_text_is_not_a_day(written: str) -> None:
    assert day_of(written) is None


def test_count_has_its_noun_in_the_right_number():
    assert [count(number, "task") for number in (0, 1, 2)] == [
        "0 tasks",
        "1 task",
        "2 tasks",
    ]


def test_listed_counts_the_rest():
    assert listed("abc", most=3) == ["a", "b", "c"]
    assert listed("abcd", most=2) == ["a", "b", "and 2 more"]


def beside_a_plural(tree: ast.Module) -> Iterator[int]:
    """The lines of numbers that are written before a plural; capitals are limits."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.JoinedStr):
            continue
        for value, text in zip(node.values, node.values[1:], strict=False):
            if (
                isinstance(value, ast.FormattedValue)
                and not (isinstance(value.value, ast.Name) and value.value.id.isupper())
                and isinstance(text, ast.Constant)
                and PLURAL.match(str(text.value))
            ):
                yield node.lineno


def test_numbers_before_a_noun_are_counted_by_one_function() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
        for line in beside_a_plural(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


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
