from __future__ import annotations

from datetime import date

import pytest

from launch_kits.plan.handout import asked_on, hand_out_on
from launch_kits.plan.rollout import Rollout
from launch_kits.workdays.calendar import Calendar
from tests.launches import KIT, brief_with, kit_with

#: Wednesday 2 June 2027
START = date(2027, 6, 2)


@pytest.mark.parametrize(
    ("start_by", "expected"),
    [
        ("2027-06-30", "2027-06-02"),
        ("2027-06-04", "2027-06-02"),
        ("2027-06-03", "2027-06-01"),
        ("2027-06-02", "2027-05-31"),
        ("2027-06-01", "2027-05-28"),
    ],
    ids=["much float", "two days", "one day", "none", "late"],
)
def test_a_task_is_handed_out_on_its_planned_start_or_two_days_before_the_latest(
    start_by: str, expected: str
) -> None:
    found = hand_out_on(START, date.fromisoformat(start_by), Calendar())
    assert found == date.fromisoformat(expected)


def test_the_two_days_are_working_days_of_the_calendar() -> None:
    closed = Calendar().without([(date(2027, 6, 1), date(2027, 6, 1))])
    assert hand_out_on(START, START, closed) == date(2027, 5, 28)


def days_of(kit: dict) -> dict[str, tuple[str, str]]:
    """Key → the day on which its owner is asked, and the planned start, without the year."""
    rollout = Rollout.of(brief_with(kit=kit), today=date(2027, 1, 11))
    planned = rollout.load.planned(levelled=False)
    found = asked_on(rollout, planned)
    assert list(found) == [assignment.key for assignment in rollout.assignments]
    return {
        key: (f"{day:%m-%d}", f"{planned[key].start:%m-%d}")
        for key, day in found.items()
    }


def test_owners_are_asked_on_the_planned_start_if_there_is_float() -> None:
    found = days_of(KIT | {"handout": None})
    assert all(asked == start for asked, start in found.values())
    assert found["training"] == ("01-20", "01-20")


def test_owners_are_asked_before_the_planned_start_if_there_is_none() -> None:
    # ready on Wednesday 13 January; its latest start is the day after
    late = kit_with(only=["positioning", "legal_review"], legal_review={"due": "T-17"})
    found = days_of(late | {"handout": None})
    assert found["legal_review"] == ("01-13", "01-14")


def test_a_kit_that_hands_out_at_once_asks_when_a_task_is_ready() -> None:
    found = days_of(KIT)
    assert found["legal_review"] == ("01-13", "01-14")
    assert found["training"] == ("01-20", "01-20")
    assert found["go_live"][0] == "02-09"
    assert found["retro"] == ("02-11", "02-11")


def test_one_task_of_a_kit_can_be_handed_out_at_once() -> None:
    kit = kit_with(legal_review={"handout": "ready"}) | {"handout": None}
    found = days_of(kit)
    assert found["legal_review"] == ("01-13", "01-14")
    assert found["battlecard:kite"] == ("01-14", "01-14")
