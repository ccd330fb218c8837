from dataclasses import replace
from datetime import date

import pytest

from launch_kits.plan import PlanInput, Predecessor, Work, forecast, schedule
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset

# March 2026 begins on a Sunday: the 2nd, 9th, 16th, 23rd and 30th are Mondays
CALENDAR = Calendar()


def march(day: int) -> date:
    return date(2026, 3, day)


def work(**facts: dict[str, int]) -> list[Work]:
    """Task a (2 days) → m (milestone) → b (3 days), planned for 2-3, 3 and 4-6 March."""
    planned = [
        Work("a", 2),
        Work("m", 0, (Predecessor("a"),)),
        Work("b", 3, (Predecessor("m"),)),
    ]
    return [
        replace(
            task, **{name: march(day) for name, day in facts.get(task.key, {}).items()}
        )
        for task in planned
    ]


def stand(
    today: int, tasks: list[Work], *, launch: int = 9, begin: int = 2, **due: int
) -> dict[str, tuple[int, int]]:
    """Finish as a day of March, and float, for each open task."""
    anchors = {"release_on": march(launch), "launch_on": march(launch)}
    found = forecast(
        PlanInput(tasks, calendar=CALENDAR, begin_on=march(begin), **anchors),
        due={key: march(day) for key, day in due.items()},
        today=march(today),
    )
    return {key: (value.finish.day, value.float_days) for key, value in found.items()}


PLANNED = {"a": 3, "m": 3, "b": 6}


# forecast


def test_the_forecast_of_the_first_day_is_the_plan():
    assert stand(2, work(), **PLANNED) == {"a": (3, 0), "m": (3, 0), "b": (6, 0)}


def test_done_work_finished_when_it_was_done_and_is_left_out():
    assert stand(2, work(a={"done_on": 2}), **PLANNED) == {"m": (2, 1), "b": (5, 1)}


def test_work_done_late_delays_its_successors():
    assert stand(5, work(a={"done_on": 5}), **PLANNED) == {"m": (5, -2), "b": (10, -2)}


def test_work_that_was_not_begun_starts_today_at_the_earliest_and_takes_all_its_days():
    assert stand(5, work(), **PLANNED) == {"a": (6, -3), "m": (6, -3), "b": (11, -3)}


def test_work_that_was_not_begun_starts_on_the_next_working_day_after_a_day_off():
    assert stand(7, work(), **PLANNED)["a"] == (10, -5)


def test_begun_work_starts_when_it_was_begun():
    tasks = work(a={"done_on": 3}, m={"done_on": 3}, b={"begun_on": 5})
    assert stand(5, tasks, **PLANNED) == {"b": (9, -1)}


def test_work_begun_early_is_ahead():
    tasks = work(a={"done_on": 2}, m={"done_on": 2}, b={"begun_on": 3})
    assert stand(3, tasks, **PLANNED) == {"b": (5, 1)}


def test_begun_work_takes_no_longer_than_its_days_but_lasts_until_today():
    tasks = work(a={"done_on": 2}, m={"done_on": 2}, b={"begun_on": 3})
    assert stand(10, tasks, **PLANNED) == {"b": (10, -2)}


def test_work_begun_early_no_longer_waits_for_a_task_that_was_reopened():
    assert stand(4, work(b={"begun_on": 3}), **PLANNED) == {
        "a": (5, -2),
        "m": (5, -2),
        "b": (5, 1),
    }


def test_work_in_review_lasts_until_today_even_if_begun_early():
    tasks = work(a={"begun_on": 2})
    tasks[0] = replace(tasks[0], in_review=True)
    assert stand(2, tasks, **PLANNED)["a"] == (2, 1)
    assert stand(5, tasks, **PLANNED) == {"a": (5, -2), "m": (5, -2), "b": (10, -2)}
    assert stand(5, [replace(tasks[0], begun_on=None), *tasks[1:]], **PLANNED)["a"] == (
        5,
        -2,
    )


def test_granted_time_is_the_expected_finish_and_delays_successors():
    for facts in ({}, {"begun_on": 2}):
        tasks = work(a={"until": 6, **facts})
        assert stand(2, tasks, **PLANNED) == {"a": (6, -3), "m": (6, -3), "b": (11, -3)}
    assert stand(2, work(a={"until": 2}), **PLANNED)["a"] == (3, 0)


def test_a_milestone_given_more_time_lets_others_start_on_the_day_it_is_expected():
    assert stand(2, work(a={"done_on": 2}, m={"until": 5}), **PLANNED) == {
        "m": (5, -2),
        "b": (9, -1),
    }


def test_a_milestone_done_on_its_due_day_is_on_time_free_or_not():
    free = [Work("m", 0), Work("b", 3, (Predecessor("m"),))]
    due = (
        schedule(
            PlanInput(
                free,
                calendar=CALENDAR,
                begin_on=march(2),
                release_on=march(9),
                launch_on=march(9),
            )
        )
        .spans["m"]
        .due
    )
    assert due == march(4)
    assert stand(4, free, m=4, b=6) == {"m": (4, 0), "b": (6, 0)}
    assert stand(4, [replace(free[0], done_on=due), free[1]], b=6) == {"b": (6, 0)}
    # one that waits for something is due on the last day before its successors' latest start
    held = work(a={"done_on": 2})
    assert stand(3, held, **PLANNED) == {"m": (3, 0), "b": (5, 1)}
    assert stand(4, work(a={"done_on": 2}, m={"done_on": 3}), **PLANNED) == {
        "b": (6, 0)
    }


def test_a_milestone_that_is_open_lets_others_start_today_if_all_it_waits_for_is_done():
    assert stand(4, work(a={"done_on": 2}), **PLANNED) == {"m": (4, -1), "b": (6, 0)}


def test_a_milestone_done_on_the_day_of_its_predecessor_lets_others_start_on_the_next():
    tasks = work(a={"done_on": 3}, m={"done_on": 3})
    assert stand(3, tasks, **PLANNED) == {"b": (6, 0)}


def test_a_milestone_done_early_still_holds_others_by_lags_and_not_before():
    a, m, b = work(a={"done_on": 2}, m={"done_on": 3})
    lagged = [a, replace(m, after=(Predecessor("a", 3),)), b]
    assert stand(3, lagged, **PLANNED) == {"b": (10, -2)}
    assert stand(
        3, [a, replace(m, not_before=Offset(-4)), b], launch=11, **PLANNED
    ) == {"b": (10, -2)}


def test_a_fact_travels_through_a_milestone_that_was_done_before_its_predecessor_was_reopened():
    assert stand(4, work(m={"done_on": 3}), **PLANNED) == {"a": (5, -2), "b": (10, -2)}


def test_a_lag_runs_from_the_day_the_work_was_done():
    tasks = [Work("a", 1, done_on=march(4)), Work("b", 1, (Predecessor("a", 3),))]
    assert stand(5, tasks, b=10) == {"b": (10, 0)}


def test_work_done_on_a_day_off_counts_from_the_working_day_before():
    tasks = [
        Work("a", 1, done_on=march(7)),
        Work("b", 1, (Predecessor("a"),)),
        Work("c", 1, (Predecessor("a", 1),)),
    ]
    assert stand(7, tasks, b=10, c=10) == {"b": (9, 1), "c": (10, 0)}


def test_a_free_milestone_that_is_still_open_lets_others_start_today():
    tasks = [Work("kickoff", 0), Work("a", 2, (Predecessor("kickoff"),))]
    assert stand(2, tasks, kickoff=4, a=5) == {"kickoff": (2, 2), "a": (3, 2)}
    assert stand(4, tasks, kickoff=4, a=5) == {"kickoff": (4, 0), "a": (5, 0)}
    assert stand(5, tasks, kickoff=4, a=5) == {"kickoff": (5, -1), "a": (6, -1)}


def test_a_not_before_still_holds():
    assert stand(3, [Work("a", 1, not_before=Offset(-1))], launch=20, a=20) == {
        "a": (19, 1)
    }


def test_float_is_counted_against_the_due_day_given():
    assert stand(2, work(), a=9, m=8, b=4) == {"a": (3, 4), "m": (3, 3), "b": (6, -2)}


def test_an_open_task_without_a_due_day_is_a_slip_of_the_caller():
    with pytest.raises(KeyError):
        stand(2, work(), a=3)


# planning again


def replan(
    today: int, tasks: list[Work], launch: int = 31
) -> dict[str, tuple[int, int, int, int]]:
    """Start, finish and due as days of March, and float."""
    anchors = {"release_on": march(launch), "launch_on": march(launch)}
    spans = schedule(
        PlanInput(tasks, calendar=CALENDAR, begin_on=march(today), **anchors)
    ).spans
    return {
        key: (span.start.day, span.finish.day, span.due.day, span.float_days)
        for key, span in spans.items()
    }


def test_done_work_has_a_fixed_finish_and_no_span():
    assert replan(5, work(a={"done_on": 4})) == {
        "m": (5, 5, 26, 15),
        "b": (5, 9, 30, 15),
    }


def test_a_lag_after_done_work_still_runs():
    tasks = [Work("a", 1, done_on=march(4)), Work("b", 1, (Predecessor("a", 5),))]
    assert replan(5, tasks) == {"b": (12, 12, 30, 12)}


def test_done_work_holds_nothing_back():
    tasks = [Work("a", 1), Work("b", 1, (Predecessor("a"),), done_on=march(4))]
    assert replan(5, tasks) == {"a": (5, 5, 30, 17)}


def test_begun_work_has_only_its_last_days_left():
    tasks = work(a={"done_on": 3}, m={"done_on": 3}, b={"begun_on": 4})
    assert replan(5, tasks) == {"b": (4, 6, 30, 16)}
    assert replan(16, tasks) == {"b": (4, 16, 30, 10)}


def test_the_least_float_is_that_of_open_work():
    tasks = [Work("a", 20, done_on=march(5)), Work("b", 1)]
    found = schedule(
        PlanInput(
            tasks,
            calendar=CALENDAR,
            begin_on=march(5),
            release_on=march(10),
            launch_on=march(10),
        )
    )
    assert (found.feasible, found.late_by, found.spans["b"].critical) == (True, 0, True)


def test_a_plan_without_open_work_holds():
    found = schedule(
        PlanInput(
            work(a={"done_on": 3}, m={"done_on": 3}, b={"done_on": 6}),
            calendar=CALENDAR,
            begin_on=march(5),
            release_on=march(2),
            launch_on=march(2),
        )
    )
    assert (found.spans, found.feasible, found.late_by) == ({}, True, 0)
