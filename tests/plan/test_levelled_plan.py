from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from launch_kits.inputs.loading import load_brief
from launch_kits.plan import Resources, moved_release
from launch_kits.plan.levelled_plan import LevelledPlan
from launch_kits.plan.rollout import Rollout
from tests.launches import PMM, brief_with

ROOT = Path(__file__).parents[2]
TODAY = date(2027, 1, 11)


def plan_of(launch_on: str, resources: Resources | None = None) -> LevelledPlan:
    load = Rollout.of(brief_with(launch_on=launch_on), today=TODAY).load
    return load.levelled_on(resources or load.resources)


def test_a_plan_that_holds_needs_no_other_day():
    plan = plan_of("2027-02-09")
    assert plan.levelling.holds
    assert plan.earliest_launch_on is None


def test_the_earliest_day_is_the_first_on_which_the_same_procedure_holds():
    assert plan_of("2027-01-21").earliest_launch_on == date(2027, 1, 22)
    assert plan_of("2027-01-22").levelling.holds


def test_the_load_of_other_launches_moves_the_earliest_day():
    taken = dict.fromkeys(
        (date(2027, 1, day) for day in (12, 13)), Resources().of(PMM) * 3
    )
    busy = Resources(load={PMM: taken})
    plan = plan_of("2027-01-22", busy)
    assert not plan.levelling.holds
    named = plan.earliest_launch_on
    assert named
    assert named > date(2027, 1, 25)
    days = [date(2027, 1, day) for day in range(22, named.day + 1)]
    holding = [day for day in days if plan_of(day.isoformat(), busy).levelling.holds]
    assert holding == [named]


def test_the_earliest_day_takes_back_none_of_the_time_granted():
    plan = plan_of("2027-01-21")
    work = [
        replace(task, until=date(2027, 3, 1)) if task.key == "positioning" else task
        for task in plan.given.work
    ]
    granted = replace(plan, given=replace(plan.given, work=work))
    assert granted.levelling.planned["training"].start > date(2027, 3, 1)
    earliest = granted.earliest_launch_on
    assert earliest
    moved = granted._due_on(earliest, earliest)
    assert moved["positioning"] >= date(2027, 3, 1)
    assert plan.earliest_launch_on
    assert plan.earliest_launch_on < earliest


def test_the_earliest_day_is_not_before_the_landing_by_the_facts():
    plan = plan_of("2027-01-21")
    later = replace(plan, landing=lambda: date(2027, 2, 4))
    assert later.earliest_launch_on == date(2027, 2, 4)
    assert replace(plan, landing=lambda: None).earliest_launch_on is None


def test_days_that_begun_work_fills_have_no_remedy_by_another_launch_day(
    monkeypatch: pytest.MonkeyPatch,
):
    plan = plan_of("2027-02-09")
    work = [
        replace(task, begun_on=TODAY)
        if task.key in ("positioning", "research")
        else task
        for task in plan.given.work
    ]
    begun = replace(plan, given=replace(plan.given, work=work))
    assert not begun.levelling.holds
    assert begun.levelling.lacks_capacity
    assert begun.levelling.total_lateness == 0
    monkeypatch.setattr(
        "launch_kits.plan.levelled_plan.earliest_levelled_launch_on", pytest.fail
    )
    assert begun.earliest_launch_on is None


@pytest.mark.parametrize(
    ("launch_on", "lacks"),
    [("2027-02-09", False), ("2027-01-21", True), ("2027-01-13", True)],
)
def test_capacity_is_the_cause_if_the_earliest_dates_are_less_late(launch_on, lacks):
    levelling = plan_of(launch_on).levelling
    assert levelling.lacks_capacity is lacks
    assert levelling.least_lateness <= levelling.total_lateness


@pytest.mark.parametrize(
    ("example", "begin_on"),
    [("valkey-9", date(2026, 12, 7)), ("jellyfin-12", date(2026, 12, 28))],
)
def test_the_earliest_day_of_an_example_is_that_of_trying_each_day(example, begin_on):
    """As `plan --level --on DAY` would: each day is planned and levelled anew."""
    brief = load_brief(ROOT / "examples" / example / "brief.yaml").brief
    rollout = replace(Rollout.of(brief, today=begin_on), begin_on=begin_on)
    named = rollout.load.earliest_launch_on
    assert named
    assert named == rollout.load.levelled.near_launch_on
    calendar = rollout.calendars.launch
    days = range(1, calendar.count(rollout.launch_on, named) + 1)

    def holds(launch_on: date) -> bool:
        moved = {"launch_on": rollout.launch_on, "release_on": rollout.release_on}
        release_on = moved_release(calendar, **moved, to=launch_on)
        at = replace(rollout, launch_on=launch_on, release_on=release_on)
        return at.load.levelling.holds

    tried = [calendar.shift(rollout.launch_on, step) for step in days]
    assert [day for day in tried if holds(day)] == [named]
