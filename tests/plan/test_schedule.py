from dataclasses import replace
from datetime import date

import pytest

from launch_kits.errors import CycleError, PlanError
from launch_kits.plan import (
    Anchor,
    PlanInput,
    Predecessor,
    Schedule,
    Work,
    find_cycle,
    moved_release,
    schedule,
)
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset

# March 2026 begins on a Sunday: the 2nd, 9th, 16th, 23rd and 30th are Mondays
WEEKENDS_ONLY = Calendar()


def march(day: int) -> date:
    return date(2026, 3, day)


def task(key: str, days: int, *after: str | Predecessor, **more: object) -> Work:
    links = tuple(
        link if isinstance(link, Predecessor) else Predecessor(link) for link in after
    )
    offsets = {
        name: Offset.parse(more.pop(name))
        for name in ("due", "not_before")
        if name in more
    }
    return Work(key, days, links, **offsets, **more)


def plan(
    *work: Work,
    calendar: Calendar = WEEKENDS_ONLY,
    begin: int = 2,
    release: int = 0,
    launch: int = 31,
) -> Schedule:
    return schedule(
        PlanInput(
            work,
            calendar=calendar,
            begin_on=march(begin),
            release_on=march(release or launch),
            launch_on=march(launch),
        )
    )


def dates(found: Schedule, key: str) -> tuple[int, int, int, int, int]:
    """Start, finish, start_by, due as days of March; float."""
    span = found.spans[key]
    assert {day.month for day in span[:4]} == {3}
    return (*(day.day for day in span[:4]), span.float_days)


# forward


def test_a_task_of_n_days_covers_n_working_days_start_and_finish_included():
    assert dates(plan(task("a", 1)), "a")[:2] == (2, 2)
    assert dates(plan(task("a", 5)), "a")[:2] == (2, 6)
    assert dates(plan(task("a", 6)), "a")[:2] == (2, 9)


def test_work_begins_on_the_first_working_day_from_begin_on():
    assert dates(plan(task("a", 1), begin=7), "a")[:2] == (9, 9)


def test_a_task_starts_on_the_next_working_day_after_every_predecessor():
    found = plan(task("a", 3), task("b", 5), task("c", 2, "a", "b"))
    assert dates(found, "c")[:2] == (9, 10)


def test_a_lag_is_counted_in_working_days_of_the_launchs_calendar():
    found = plan(task("a", 3), task("b", 1, Predecessor("a", 4)))
    # a finishes on Wednesday; Thursday, Friday, Monday, Tuesday pass
    assert dates(found, "b")[:2] == (11, 11)


def test_a_lag_is_not_stretched_by_the_days_off_of_the_next_owner():
    away = WEEKENDS_ONLY.without([(march(5), march(10))])
    found = plan(task("a", 3), task("b", 1, Predecessor("a", 4), calendar=away))
    assert dates(found, "b")[:2] == (11, 11)


def test_a_task_starts_no_earlier_than_its_not_before():
    assert dates(plan(task("a", 1, not_before="T-10")), "a")[:2] == (17, 17)
    assert dates(plan(task("a", 1, not_before="T-100")), "a")[:2] == (2, 2)


def test_an_owner_works_on_days_of_their_own_calendar_only():
    away = WEEKENDS_ONLY.without([(march(4), march(10))])
    found = plan(task("a", 3, calendar=away), task("b", 1, "a"))
    assert dates(found, "a")[:2] == (2, 11)
    assert dates(found, "b")[:2] == (12, 12)


def test_holidays_blackouts_and_extra_workdays_of_the_launch_count_for_everyone():
    calendar = Calendar(blackouts=[(march(3), march(6))], workdays=[march(7), march(5)])
    assert dates(plan(task("a", 3), calendar=calendar), "a")[:2] == (2, 7)


def test_a_person_may_work_on_a_day_on_which_the_launch_rests():
    ops = WEEKENDS_ONLY.without(workdays=[march(7)])
    found = plan(
        task("a", 5),
        task("b", 2, "a", calendar=ops),
        task("c", 1, "b"),
        task("m", 0, "c"),
    )
    assert dates(found, "b")[:2] == (7, 9)
    assert dates(found, "c")[:2] == (10, 10)
    # backward too: with the launch on Monday b may be done on Saturday
    assert dates(plan(task("b", 1, calendar=ops), launch=9), "b") == (2, 2, 7, 7, 5)


def test_a_milestone_after_work_on_a_day_off_lies_on_the_launchs_next_working_day():
    ops = WEEKENDS_ONLY.without(workdays=[march(8)])
    found = plan(
        task("a", 5),
        task("b", 1, "a", calendar=ops),
        task("m", 0, "b"),
        task("c", 1, Predecessor("b", 1)),
    )
    assert dates(found, "b")[:2] == (8, 8)
    assert dates(found, "m")[:2] == (9, 9)
    assert dates(found, "c")[:2] == (10, 10)
    tight = plan(
        task("b", 1, calendar=ops), task("c", 1, Predecessor("b", 1)), launch=11
    )
    # c must start by Tuesday; Monday is the working day between
    assert dates(tight, "b")[2:4] == (8, 8)


def test_a_task_may_be_worked_on_on_days_counted_from_the_anchor_day():
    deploy = task("deploy", 1, "prepare", workdays=(Offset.parse("T-2d"),))
    # 8 March is the Sunday before the launch on Tuesday
    assert dates(plan(task("prepare", 1), deploy, begin=6, launch=10), "deploy") == (
        8,
        8,
        9,
        9,
        1,
    )
    assert dates(plan(task("prepare", 1), deploy, begin=6, launch=11), "deploy") == (
        9,
        9,
        10,
        10,
        1,
    )
    away = WEEKENDS_ONLY.without([(march(8), march(8))])
    found = plan(task("prepare", 1), replace(deploy, calendar=away), begin=6, launch=10)
    assert dates(found, "deploy")[:2] == (9, 9)


# milestones


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


def test_a_milestone_uses_the_launchs_calendar_whatever_its_owners_days_off():
    away = WEEKENDS_ONLY.without([(march(1), march(20))])
    found = plan(task("a", 2), task("m", 0, "a", calendar=away))
    assert dates(found, "m")[:2] == (3, 3)


def test_a_free_milestone_is_shown_on_the_first_day_and_delays_nobody():
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


def test_a_lag_after_a_free_milestone_is_left_to_what_waits_for_it():
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


# backward


def test_a_task_with_neither_due_date_nor_successors_falls_before_the_anchor_day():
    assert dates(plan(task("a", 2)), "a") == (2, 3, 27, 30, 19)
    assert dates(plan(task("m", 0, "a"), task("a", 2)), "m") == (3, 3, 30, 30, 19)


def test_each_task_is_counted_from_its_own_anchor():
    found = plan(
        task("a", 2, anchor=Anchor.RELEASE),
        task("b", 2, anchor=Anchor.LAUNCH),
        release=17,
    )
    assert dates(found, "a") == (2, 3, 13, 16, 9)
    assert dates(found, "b") == (2, 3, 27, 30, 19)


def test_a_task_keeps_its_own_due_date():
    assert dates(plan(task("a", 2, due="T-10")), "a") == (2, 3, 16, 17, 10)
    assert dates(plan(task("a", 2, due="T-0")), "a") == (2, 3, 30, 31, 20)


def test_a_due_date_may_lie_behind_the_anchor_day():
    assert dates(plan(task("report", 1, due="T+3"), launch=20), "report") == (
        2,
        2,
        25,
        25,
        17,
    )


def test_a_task_leaves_every_successor_its_latest_start():
    found = plan(task("a", 1), task("b", 5, "a"), task("c", 2, "a", due="T-10"))
    # b must start by the 24th, c by the 16th
    assert dates(found, "a") == (2, 2, 13, 13, 9)


def test_a_successor_that_is_a_milestone_leaves_its_due_day():
    found = plan(task("a", 1), task("m", 0, "a", due="T-10"))
    assert dates(found, "a") == (2, 2, 17, 17, 11)


def test_lags_are_left_to_successors():
    found = plan(
        task("a", 1),
        task("b", 1, Predecessor("a", 4)),
        task("m", 0, Predecessor("a", 4), due="T-5"),
    )
    # the milestone's day is the 24th; b must start by the 30th
    assert dates(found, "a") == (2, 2, 18, 18, 12)


def test_due_is_a_day_of_the_tasks_own_calendar():
    away = WEEKENDS_ONLY.without([(march(27), march(30))])
    assert dates(plan(task("a", 2, calendar=away)), "a") == (2, 3, 25, 26, 17)


# float


def test_float_counts_working_days_of_the_tasks_calendar():
    away = WEEKENDS_ONLY.without([(march(9), march(13))])
    assert dates(plan(task("a", 2)), "a")[4] == 19
    assert dates(plan(task("a", 2, calendar=away)), "a")[4] == 14


def test_float_is_negative_where_finish_is_after_due():
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


def test_critical_is_what_has_the_least_float_milestones_included():
    found = plan(task("a", 5), task("b", 2), task("m", 0, "a", "b"))
    assert {key for key, span in found.spans.items() if span.critical} == {"a", "m"}


def test_critical_is_all_that_has_no_float_or_less():
    found = plan(task("a", 5), task("b", 3), task("c", 2), launch=5)
    assert {key: span.float_days for key, span in found.spans.items()} == {
        "a": -2,
        "b": 0,
        "c": 1,
    }
    assert {key for key, span in found.spans.items() if span.critical} == {"a", "b"}


# anchors


def test_an_anchor_on_a_day_off_is_the_last_working_day_before_it_and_stays_as_given():
    found = plan(task("a", 1), release=14, launch=29)
    assert (found.release_on, found.launch_on) == (march(14), march(29))
    assert (found.release_day, found.launch_day) == (march(13), march(27))
    assert dates(found, "a") == (2, 2, 26, 26, 18)


def test_a_release_day_keeps_its_distance_in_working_days():
    move = {"release_on": march(13), "launch_on": march(20)}
    assert moved_release(WEEKENDS_ONLY, **move, to=march(31)) == march(24)
    assert moved_release(
        Calendar(blackouts=[(march(25), march(26))]), **move, to=march(31)
    ) == march(20)
    assert moved_release(
        WEEKENDS_ONLY, release_on=march(20), launch_on=march(20), to=march(29)
    ) == march(29)


# what cannot be planned


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


def test_a_plan_may_reach_far_beyond_the_years_it_was_asked_for():
    found = plan(
        *(task(f"t{n}", 250, *([f"t{n - 1}"] if n else [])) for n in range(30))
    )
    assert found.spans["t29"].finish == WEEKENDS_ONLY.shift(march(2), 30 * 250 - 1)
    assert found.spans["t0"].start_by == WEEKENDS_ONLY.shift(march(31), -30 * 250)
