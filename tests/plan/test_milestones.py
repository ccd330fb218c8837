import pytest

from launch_kits.plan import (
    Predecessor,
)
from tests.plan.march import WEEKENDS_ONLY, dates, march, plan, task


def test_a_milestone_lies_on_the_latest_day_on_which_a_predecessor_finishes():
    found = plan(task("a", 3), task("b", 5), task("m", 0, "a", "b"), task("c", 1, "m"))
    assert dates(found, "m")[:2] == (6, 6)
    assert dates(found, "c")[:2] == (9, 9)


def test_a_lag_before_a_milestone_counts():
    found = plan(
        task("a", 5),
        task("m", 0, Predecessor("a", 2)),
        task("b", 1, Predecessor("m", 1)),
    )
    assert dates(found, "m")[:2] == (10, 10)
    assert dates(found, "b")[:2] == (12, 12)


def test_a_milestone_lies_not_before_its_not_before():
    found = plan(task("a", 3), task("m", 0, "a", not_before="T-10"), task("b", 1, "m"))
    assert dates(found, "m")[:2] == (17, 17)
    assert dates(found, "b")[:2] == (18, 18)


def test_a_milestone_ignores_the_days_off_of_its_owner():
    away = WEEKENDS_ONLY.without([(march(1), march(20))])
    found = plan(task("a", 2), task("m", 0, "a", calendar=away))
    assert dates(found, "m")[:2] == (3, 3)


def test_a_free_milestone_lies_on_the_first_day_and_delays_no_task():
    found = plan(task("kickoff", 0), task("a", 2, "kickoff"))
    assert dates(found, "kickoff")[:2] == (2, 2)
    assert dates(found, "a")[:2] == (2, 3)


def test_a_free_milestone_is_due_on_the_latest_start_of_its_successors():
    found = plan(task("kickoff", 0), task("a", 2, "kickoff"), launch=6)
    # a must start by Wednesday, and may on the day on which the milestone is done
    assert dates(found, "a") == (2, 3, 4, 5, 2)
    assert dates(found, "kickoff") == (2, 2, 4, 4, 2)


def test_a_free_milestone_is_due_on_the_due_day_of_a_milestone_that_waits_for_it():
    found = plan(
        task("m", 0),
        task("n", 0, "m"),
        task("a", 2, "n"),
        task("o", 0, "m", due="T-19"),
        launch=31,
    )
    assert dates(found, "n")[2:4] == (27, 27)
    assert dates(found, "m")[2:4] == (4, 4)


@pytest.mark.parametrize(
    ("due", "day"), [("T-10", 17), ("T-8d", 23), ("T-9d", 20), ("T+1", 30)]
)
def test_a_free_milestone_is_due_no_later_than_its_own_due_day(due, day):
    found = plan(task("m", 0, due=due), task("a", 1, "m"))
    assert dates(found, "m") == (
        2,
        2,
        day,
        day,
        WEEKENDS_ONLY.count(march(2), march(day)),
    )
    assert dates(plan(task("m", 0, due="T-10", not_before="T-21")), "m")[2:4] == (
        17,
        17,
    )


def test_a_free_milestone_without_successors_and_due_day_falls_before_the_anchor_day():
    assert dates(plan(task("m", 0)), "m") == (2, 2, 30, 30, 20)


def test_a_free_milestone_leaves_a_lag_to_its_successors():
    # work must start by the 30th, four working days after the working day before the milestone
    assert dates(plan(task("m", 0), task("a", 1, Predecessor("m", 4))), "m")[2:4] == (
        24,
        24,
    )
    assert dates(plan(task("m", 0), task("n", 0, Predecessor("m", 4), due="T-1")), "m")[
        2:4
    ] == (25, 25)


def test_a_milestone_with_only_free_ones_before_it_is_free():
    found = plan(task("m", 0), task("n", 0, "m"), task("a", 1, "n"))
    assert dates(found, "n")[:2] == (2, 2)
    assert dates(found, "a")[:2] == (2, 2)


def test_a_lag_after_a_free_milestone_counts_from_the_end_of_the_working_day_before_begin_on():
    found = plan(
        task("m", 0),
        task("a", 1, Predecessor("m", 5)),
        task("n", 0, Predecessor("m", 5)),
    )
    assert dates(found, "a")[:2] == (9, 9)
    assert dates(found, "n")[:2] == (6, 6)


@pytest.mark.parametrize("not_before", ["T-21", "T-22", "T-6w"])
def test_a_not_before_on_or_before_begin_on_counts_as_none(not_before):
    found = plan(task("kickoff", 0, not_before=not_before), task("a", 1, "kickoff"))
    assert dates(found, "kickoff")[:2] == (2, 2)
    assert dates(found, "a")[:2] == (2, 2)


def test_a_milestone_with_a_later_not_before_is_not_free():
    found = plan(task("kickoff", 0, not_before="T-20"), task("a", 1, "kickoff"))
    assert dates(found, "kickoff")[:2] == (3, 3)
    assert dates(found, "a")[:2] == (4, 4)


def test_a_free_milestone_before_a_weekend_start_is_shown_on_the_monday():
    found = plan(task("kickoff", 0), task("a", 1, "kickoff"), begin=7)
    assert dates(found, "kickoff")[:2] == (9, 9)
    assert dates(found, "a")[:2] == (9, 9)


def test_a_milestone_on_the_launch_day_has_no_float():
    day = task("launch_day", 0, "a", not_before="T-0", due="T-0")
    found = plan(
        task("a", 1), day, task("report", 2, "launch_day", due="T+3"), launch=24
    )
    assert dates(found, "launch_day") == (24, 24, 24, 24, 0)
    assert dates(found, "report") == (25, 26, 26, 27, 1)
