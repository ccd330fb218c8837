from datetime import date

from launch_kits.plan import (
    Schedule,
)
from tests.plan.march import WEEKENDS_ONLY, dates, march, plan, task


def test_float_counts_working_days_of_the_tasks_calendar():
    away = WEEKENDS_ONLY.without([(march(9), march(13))])
    assert dates(plan(task("a", 2)), "a")[4] == 19
    assert dates(plan(task("a", 2, calendar=away)), "a")[4] == 14


def test_float_is_negative_if_finish_is_after_due():
    found = plan(task("a", 10), launch=11)
    assert found.spans["a"].finish == march(13)
    assert found.spans["a"].due == march(10)
    assert found.spans["a"].start_by == date(2026, 2, 25)
    assert found.spans["a"].float_days == -3
    assert (found.feasible, found.late_by) == (False, 3)


def test_a_feasible_plan_is_not_late():
    found = plan(task("a", 10), launch=16)
    assert dates(found, "a")[4] == 0
    assert (found.feasible, found.late_by) == (True, 0)


def test_tasks_of_least_float_are_critical_milestones_included():
    found = plan(task("a", 5), task("b", 2), task("m", 0, "a", "b"))
    assert {key for key, span in found.spans.items() if span.critical} == {"a", "m"}


def test_all_tasks_without_float_are_critical():
    found = plan(task("a", 5), task("b", 3), task("c", 2), launch=5)
    assert {key: span.float_days for key, span in found.spans.items()} == {
        "a": -2,
        "b": 0,
        "c": 1,
    }
    assert {key for key, span in found.spans.items() if span.critical} == {"a", "b"}


def test_no_work_is_a_feasible_plan():
    assert plan() == Schedule(
        {},
        march(2),
        march(31),
        march(31),
        march(31),
        march(31),
        feasible=True,
        late_by=0,
    )
