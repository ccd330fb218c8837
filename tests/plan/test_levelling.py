from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.errors import PlanError
from launch_kits.plan import (
    PLACEMENTS,
    PlanInput,
    Predecessor,
    Resources,
    Work,
    earliest_levelled_launch_on,
    level,
    moved_release,
    schedule,
    schedules_for,
)
from launch_kits.plan.levelling import short_in_any_schedule
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset
from tests.plan.levelling_verifier import LevellingCase, least_lateness, verify
from tests.plan.strategies import days, launches

# March 2026 begins on a Sunday: the 2nd, 9th, 16th, 23rd and 30th are Mondays
CALENDAR = Calendar()
ALL = Fraction(1)
HALF = Fraction(1, 2)
quick = settings(deadline=None, max_examples=100)

amounts = st.sampled_from([Fraction(1, 4), Fraction(1, 3), HALF, Fraction(3, 5), ALL])
people = st.sampled_from(["ann", "bob"])
loads = st.dictionaries(people, st.dictionaries(days, amounts, max_size=5), max_size=2)
capacities = st.dictionaries(
    people, st.sampled_from([HALF, Fraction(3, 5), ALL, Fraction(2)]), max_size=2
)


@st.composite
def facts(draw: st.DrawFn, today: date, *, granted: bool) -> dict[str, object]:
    day = today - timedelta(draw(st.integers(0, 9)))
    until = {"until": today + timedelta(draw(st.integers(0, 12)))} if granted else {}
    return draw(
        st.sampled_from(
            [
                {},
                {},
                {},
                until,
                {"begun_on": day},
                {"begun_on": day, **until},
                {"done_on": day},
                {"in_review": True},
            ]
        )
    )


@st.composite
def cases(draw: st.DrawFn, *, most: int = 7, granted: bool = True) -> LevellingCase:
    launch = draw(launches())
    work = [
        replace(task, **draw(facts(launch.begin_on, granted=granted)))
        for task in launch.work
    ]
    kept = {task.key for task in work[:most]}
    work = [
        replace(task, after=tuple(link for link in task.after if link.key in kept))
        for task in work[:most]
    ]
    launch = launch.at(work=tuple(work))
    demand = {
        task.key: draw(st.dictionaries(people, amounts, min_size=0, max_size=2))
        for task in work
    }
    due = {key: span.due for key, span in launch.plan().spans.items()}
    return LevellingCase(launch, demand, Resources(draw(capacities), draw(loads)), due)


def levelled(case: LevellingCase, placements: int = 300):
    return level(
        PlanInput(case.work, **case.launch.constraints),
        due=case.due,
        demand=case.demand,
        resources=case.resources,
        placements=placements,
    )


@quick
@given(cases())
def test_planned_dates_keep_every_rule(case):
    verify(case, levelled(case))


@quick
@given(cases())
def test_the_first_schedule_keeps_every_rule(case):
    verify(case, levelled(case, placements=1))


@quick
@given(cases())
def test_the_same_input_gives_the_same_result_on_used_calendars(
    case,
):
    first = levelled(case)
    case.launch.calendar.table(1990, 2090)
    assert levelled(case) == first


@quick
@given(cases())
def test_more_schedules_are_never_later(case):
    assert levelled(case).total_lateness <= levelled(case, placements=1).total_lateness


@quick
@given(cases(most=4))
def test_no_schedule_is_less_late_than_the_best_of_all_orders(case):
    least = least_lateness(case)
    found = levelled(case)
    assert found.total_lateness >= least
    assert not found.holds or not least


@quick
@given(cases(granted=False))
def test_without_demand_the_planned_dates_are_the_earliest(case):
    spans = case.launch.plan().spans
    found = levelled(replace(case, demand={}))
    assert {key: tuple(dates) for key, dates in found.planned.items()} == {
        key: (span.start, span.finish) for key, span in spans.items()
    }
    assert found.holds == case.launch.plan().feasible


@quick
@given(cases())
def test_who_is_surely_short_is_short_in_the_best_schedule(case):
    short = short_in_any_schedule(
        PlanInput(case.work, **case.launch.constraints),
        due=case.due,
        demand=case.demand,
        resources=case.resources,
    )
    found = levelled(case)
    assert short <= {*found.short_days}
    assert not short or not found.holds


@settings(deadline=None, max_examples=40)
@given(cases(most=5))
def test_the_earliest_launch_day_is_the_first_on_which_levelling_holds(case):
    launch = case.launch

    def at(release_on: date, launch_on: date) -> Mapping[str, date]:
        plan = launch.at(release_on=release_on, launch_on=launch_on).plan()
        return {key: span.due for key, span in plan.spans.items()}

    found = earliest_levelled_launch_on(
        PlanInput(case.work, **launch.constraints),
        due_on=at,
        demand=case.demand,
        resources=case.resources,
        placements=300,
    )
    day = launch.launch_on
    tried = 0
    while tried < 40 and day != found:
        day = launch.calendar.shift(day, 1)
        tried += 1
        release = moved_release(
            launch.calendar,
            release_on=launch.release_on,
            launch_on=launch.launch_on,
            to=day,
        )
        moved = replace(
            case,
            launch=launch.at(release_on=release, launch_on=day),
            due=at(release, day),
        )
        kept = all(
            work.until is None or work.done_on or moved.due[work.key] >= work.until
            for work in moved.work
        )
        assert (levelled(moved).holds and kept) == (day == found)


# by example


def march(day: int) -> date:
    return date(2026, 3, day)


TERMS = {
    "calendar": CALENDAR,
    "begin_on": march(2),
    "release_on": march(31),
    "launch_on": march(31),
}


def spread(
    *work: Work,
    due: Mapping[str, int],
    demand: Mapping[str, Fraction] | None = None,
    resources: Resources | None = None,
    **more: int,
):
    """Planned days of March, by key; one person, ann, has all the work."""
    return level(
        PlanInput(work, **TERMS),
        due={key: march(day) for key, day in due.items()},
        demand={task.key: {"ann": (demand or {}).get(task.key, ALL)} for task in work},
        resources=resources or Resources(),
        **more,
    )


def shown(levelling) -> dict[str, tuple[int, int]]:
    return {
        key: (dates.start.day, dates.finish.day)
        for key, dates in levelling.planned.items()
    }


def test_the_work_of_one_person_is_done_by_latest_finish():
    found = spread(Work("a", 3), Work("b", 2), due={"a": 10, "b": 5})
    assert shown(found) == {"a": (4, 6), "b": (2, 3)}
    assert (found.holds, found.total_lateness, found.short_days, found.schedules) == (
        True,
        0,
        {},
        1,
    )


def test_of_two_tasks_due_on_one_day_the_one_with_less_float_comes_first():
    assert shown(spread(Work("a", 1), Work("b", 2), due={"a": 10, "b": 10})) == {
        "a": (4, 4),
        "b": (2, 3),
    }


def test_of_equal_tasks_the_first_comes_first():
    assert shown(spread(Work("a", 1), Work("b", 1), due={"a": 10, "b": 10})) == {
        "a": (2, 2),
        "b": (3, 3),
    }


def test_shares_that_fit_into_a_day_lie_side_by_side():
    third = Fraction(1, 3)
    work = [Work(key, 1) for key in "abcd"]
    found = spread(
        *work, due=dict.fromkeys("abcd", 10), demand=dict.fromkeys("abcd", third)
    )
    assert shown(found) == {"a": (2, 2), "b": (2, 2), "c": (2, 2), "d": (3, 3)}


def test_a_share_above_the_capacity_takes_more_days():
    found = spread(
        Work("a", 3), due={"a": 6}, resources=Resources({"ann": Fraction(2, 5)})
    )
    # ceil(3 / 0.4) days of which one is after the 6th weekday, at 0.4 a day
    assert shown(found) == {"a": (2, 11)}
    assert (found.holds, found.total_lateness, found.short_days) == (
        False,
        3,
        {"ann": 2},
    )


def test_other_launches_come_first():
    busy = Resources(load={"ann": {march(2): ALL, march(4): HALF}})
    assert shown(spread(Work("a", 2), due={"a": 10}, resources=busy)) == {"a": (5, 6)}
    halves = spread(Work("a", 2), due={"a": 10}, demand={"a": HALF}, resources=busy)
    assert shown(halves) == {"a": (3, 4)}


def test_begun_work_keeps_its_place_and_others_give_way():
    found = spread(Work("a", 2), Work("b", 2, begun_on=march(2)), due={"a": 3, "b": 9})
    assert shown(found) == {"a": (4, 5), "b": (2, 3)}


def test_begun_work_that_asks_for_too_much_does_not_hold_even_if_nothing_is_late():
    begun = [Work(key, 2, begun_on=march(2)) for key in "ab"]
    found = spread(*begun, due={"a": 9, "b": 9})
    assert (found.holds, found.total_lateness) == (False, 0)


def test_a_load_of_others_alone_does_not_count_against_the_launch():
    busy = Resources(load={"ann": {march(2): ALL + HALF}})
    assert spread(Work("a", 1), due={"a": 9}, resources=busy).holds


def test_a_milestone_after_its_due_day_does_not_hold():
    work = [
        Work("a", 2),
        Work("b", 1),
        Work("m", 0, (Predecessor("a"), Predecessor("b"))),
    ]
    found = spread(*work, due={"a": 9, "b": 9, "m": 3})
    assert shown(found)["m"] == (4, 4)
    assert (found.holds, found.total_lateness, found.short_days) == (False, 1, {})


def test_a_milestone_that_nothing_holds_shares_its_day_with_the_work_after_it():
    work = [Work("go", 0), Work("a", 1, (Predecessor("go"),)), Work("b", 1)]
    found = spread(*work, due={"go": 9, "a": 3, "b": 9})
    assert shown(found) == {"go": (2, 2), "a": (2, 2), "b": (3, 3)}


def test_work_after_a_done_milestone_still_waits_for_the_work_before_it():
    work = [
        Work("a", 1),
        Work("m", 0, (Predecessor("a"),), done_on=march(2)),
        Work("b", 1, (Predecessor("m"),)),
    ]
    busy = Resources(load={"ann": {march(2): ALL, march(3): ALL}})
    found = spread(*work, due={"a": 9, "b": 9}, resources=busy)
    assert shown(found) == {"a": (4, 4), "b": (5, 5)}


def test_work_after_a_task_that_was_granted_more_time_waits_for_that_day():
    work = [Work("a", 1, until=march(5)), Work("b", 1, (Predecessor("a"),))]
    found = spread(*work, Work("c", 2), due={"a": 5, "b": 9, "c": 9})
    assert shown(found) == {"a": (2, 2), "b": (6, 6), "c": (3, 4)}
    assert found.holds


def test_work_in_review_takes_nothing():
    found = spread(Work("a", 3, in_review=True), Work("b", 1), due={"a": 5, "b": 2})
    assert shown(found) == {"a": (2, 2), "b": (2, 2)}
    assert found.holds


def test_a_better_schedule_than_by_latest_finish_is_found():
    # by latest finish a starts first and c, which waits for b, is late
    work = [
        Work("a", 4),
        Work("b", 1),
        Work(
            "c",
            1,
            (Predecessor("b"),),
            calendar=CALENDAR.without([(march(4), march(13))]),
        ),
    ]
    due = {"a": 9, "b": 10, "c": 10}
    assert spread(*work, due=due, placements=1).total_lateness == 1
    found = spread(*work, due=due)
    assert (found.holds, shown(found)) == (
        True,
        {"a": (4, 9), "b": (2, 2), "c": (3, 3)},
    )


def test_schedules_are_limited_by_tasks_to_place():
    assert (
        schedules_for(100, 60_000),
        schedules_for(60_001, 60_000),
        schedules_for(0, 5),
    ) == (600, 1, 5)


def test_a_capacity_of_nothing_is_refused():
    with pytest.raises(
        PlanError, match='capacity of "ann" is 0; use a value greater than 0'
    ):
        Resources({"ann": Fraction(0)})


def earliest(
    *work: Work, launch_on: int, **resources: Mapping[str, Fraction]
) -> date | None:
    day = march(launch_on)
    given = PlanInput(work, **{**TERMS, "release_on": day, "launch_on": day})

    def due_on(release: date, launch: date) -> dict[str, date]:
        plan = schedule(replace(given, release_on=release, launch_on=launch))
        return {key: span.due for key, span in plan.spans.items()}

    return earliest_levelled_launch_on(
        given,
        due_on=due_on,
        demand={task.key: {"ann": ALL} for task in work},
        resources=Resources(**resources),
    )


def test_the_earliest_launch_day_leaves_room_for_all_work_of_a_person():
    assert earliest(Work("a", 3), Work("b", 2), launch_on=5) == march(9)


def test_the_earliest_launch_day_lies_after_the_given_one():
    assert earliest(Work("a", 3), Work("b", 2), launch_on=20) == march(23)


def test_no_launch_day_holds_if_work_does_not_fit_between_two_offsets():
    window = {"not_before": Offset(1), "due": Offset(2)}
    assert earliest(Work("a", 2, **window), launch_on=5) == march(6)
    assert earliest(Work("a", 2, **window), Work("b", 1, **window), launch_on=5) is None


def test_no_launch_day_holds_if_begun_work_asks_for_too_much():
    begun = [Work(key, 2, begun_on=march(2)) for key in "ab"]
    assert earliest(*begun, launch_on=9) is None


def test_the_page_about_planning_states_how_many_schedules_are_tried() -> None:
    page = (Path(__file__).parents[2] / "docs/explanation/planning.md").read_text()
    assert f"place {PLACEMENTS:,} tasks" in page
    assert f"a plan of 60 tasks is tried in {schedules_for(60):,} ways" in page
