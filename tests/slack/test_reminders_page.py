"""The numbers on the page about reminders, each against the code that has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.inputs.nudges import Nudges
from launch_kits.plan import handout, reminders
from launch_kits.verbs import (
    digest_news,
    digest_parts,
    digests,
    task_list,
    turns,
)
from launch_kits.views.asks import CARD_AHEAD
from launch_kits.workdays.calendar import CLOSES, OPENS

PAGE = Path(__file__).parents[2] / "docs/explanation/reminders.md"
WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
]


@pytest.fixture(scope="module")
def page() -> str:
    return " ".join(PAGE.read_text(encoding="utf-8").split())


def test_the_days_of_reminders_are_those_of_a_kit_that_names_none(page: str) -> None:
    usual = Nudges()
    first, last = (WORDS[days] for days in usual.before)
    assert usual.on_due
    assert usual.overdue_every == 1
    assert (
        f"by default, {first} working days before the due day, {last} before, "
        "on the day, and every working day after it"
    ) in page
    assert f"pause for {WORDS[usual.pause]} working days" in page
    assert f"After {WORDS[usual.max]} reminders a task sends no more" in page


def test_the_ladder_is_that_of_a_kit_that_names_none(page: str) -> None:
    days = {rung.to: WORDS[rung.after] for rung in Nudges().ladder}
    assert list(days) == ["backup", "manager", "lead"]
    assert (
        f"its owner's backup after {days['backup']} working days, their manager after "
        f"{days['manager']}, the lead after {days['lead']}"
    ) in page


def test_the_hours_are_those_of_every_reader(page: str) -> None:
    assert f"between {OPENS:%H:%M} and {CLOSES:%H:%M} of such a day" in page


def test_the_other_days_and_numbers_are_those_of_the_code(page: str) -> None:
    said = [
        f"{WORDS[handout.HEAD_START]} of the owner's working days before its latest start",
        f"A person with at least {WORDS[digests.ENOUGH]} tasks to work on",
        f"due within {WORDS[digest_parts.SOON]} working days, due today or overdue",
        f"told again {WORDS[reminders.LATE_AGAIN]} working days after a digest that listed it",
        f"a digest of the last {WORDS[digest_parts.SOON]} working days listed",
        f"lands at least {WORDS[digest_parts.LATER]} working days later than their last digest",
        f"If more than {WORDS[task_list.MANY]} tasks are ready for one person",
        f"at risk, at most once in {WORDS[turns.AGAIN]} working days",
    ]
    assert [each for each in said if each not in page] == []
    assert digest_news.WAIT.total_seconds() == 60 * 60
    assert "they go by themselves an hour later" in page
    assert CARD_AHEAD.days == 7
    assert "is asked a week before its card's review is due" in page
