from dataclasses import replace

from launch_kits.plan import (
    Anchor,
    Predecessor,
)
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset
from tests.plan.march import WEEKENDS_ONLY, dates, march, plan, task


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
