import pytest

from launch_kits.errors import CycleError, PlanError
from launch_kits.plan import (
    Predecessor,
    find_cycle,
)
from tests.plan.march import plan, task


def test_a_cycle_is_named_along_its_path():
    work = [task("c", 1, "b"), task("a", 1, "c"), task("b", 1, "a"), task("d", 1, "c")]
    with pytest.raises(CycleError, match="a → b → c → a") as error:
        plan(*work)
    assert error.value.path == ("a", "b", "c", "a")
    assert find_cycle(work) == find_cycle(work[::-1]) == ("a", "b", "c", "a")


def test_a_task_that_waits_for_itself_is_a_cycle():
    with pytest.raises(CycleError, match="a → a"):
        plan(task("a", 1, "a"))


def test_a_cycle_over_lags_is_found_too():
    with pytest.raises(CycleError, match="a → b → a"):
        plan(task("a", 1, Predecessor("b", 2)), task("b", 1, Predecessor("a", 3)))


def test_work_without_a_cycle_has_none():
    assert find_cycle([task("a", 1), task("b", 1, "a"), task("c", 1, "a", "b")]) is None


@pytest.mark.parametrize(
    ("work", "message"),
    [
        (
            [task("legal", 1), task("b", 1, "legla")],
            'task "b" waits for unknown task "legla"; did you mean "legal"?',
        ),
        (
            [task("a", 1), task("a", 2)],
            'duplicate task key "a"; rename one of the two tasks',
        ),
        (
            [task("a", 1), task("b", 1, Predecessor("a", -2))],
            'task "b" has a lag of -2 days after "a"; use 0 or more',
        ),
        (
            [task("a", -1)],
            'task "a" has less than 0 days of work; use 0 for a milestone',
        ),
        (
            [task("a", 10**9)],
            'the years 1900 to 2199 have no room for task "a" and its successors',
        ),
        (
            [task("a", 1), task("b", 1, Predecessor("a", 10**6))],
            'the years 1900 to 2199 have no room for task "a" and its successors',
        ),
        (
            [task("a", 1, due="T-99999")],
            "T-99999 from 2026-03-31 is not within the years 1900 to 2199",
        ),
    ],
)
def test_work_that_cannot_be_planned_is_refused_by_name(work, message):
    with pytest.raises(PlanError) as error:
        plan(*work)
    assert message in str(error.value)
