from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from launch_kits.inputs.brief import Brief
from launch_kits.plan import PlannedDates, WorkloadWeek, earliest_launch_on, level
from launch_kits.plan.brief_load import BriefLoad, DaysAsked
from launch_kits.plan.rollout import Rollout
from launch_kits.workdays.calendar import Calendar
from tests.launches import KIT, LEAD, PMM, brief_with, kit_with

TODAY = date(2027, 1, 11)
#: the last launch day on which the work of the product marketer does not fit, and the first on
#: which it does: nine days of work from Monday, 11 January on
TIGHT = date(2027, 1, 21)
FITS = date(2027, 1, 22)


def rollout_of(**changes: object) -> Rollout:
    return Rollout.of(brief_with(**changes), today=TODAY)


def load_of(**changes: object) -> BriefLoad:
    return rollout_of(**changes).load


def team_with(**people: dict[str, object]) -> dict[str, object]:
    team = brief_with().model_dump(mode="json", by_alias=True, exclude_defaults=True)[
        "team"
    ]
    return {role: person | people.get(role, {}) for role, person in team.items()}


def weeks_of(
    load: BriefLoad, owner: str, *, levelled: bool
) -> list[tuple[int, int, int]]:
    """The days asked and available and the overloaded days of each week."""
    (found,) = (
        one
        for one in load.workloads(today=TODAY, levelled=levelled)
        if one.owner == owner
    )
    return [(int(w.asked), int(w.available), w.over_days) for w in found.weeks]


def test_without_levelling_the_dates_are_the_earliest_ones():
    rollout = rollout_of()
    assert rollout.load.planned(levelled=False) == {
        key: PlannedDates(span.start, span.finish)
        for key, span in rollout.schedule.spans.items()
    }


def test_levelling_takes_the_overloaded_days_away():
    load = load_of()
    assert weeks_of(load, PMM, levelled=False)[:2] == [(9, 5, 4), (0, 5, 0)]
    assert weeks_of(load, PMM, levelled=True)[:2] == [(5, 5, 0), (4, 5, 0)]
    assert load.levelling.holds
    assert load.earliest_launch_on is None


def test_work_that_does_not_fit_is_short_and_fits_a_day_later():
    load = load_of(launch_on=TIGHT.isoformat())
    assert load.rollout.schedule.feasible
    assert not load.levelling.holds
    assert load.levelling.short_days == {PMM: 1}
    assert load.earliest_launch_on == FITS
    assert load_of(launch_on=FITS.isoformat()).levelling.holds


def test_no_earlier_day_holds_than_the_earliest_that_is_named():
    load = load_of(launch_on="2027-01-20", team=team_with(pmm={"capacity": 0.5}))
    named = load.earliest_launch_on
    assert named is not None
    calendar = load.rollout.calendars.launch
    for step in range(calendar.count(date(2027, 1, 20), named) + 1):
        day = calendar.shift(date(2027, 1, 20), step)
        moved = load_of(
            launch_on=day.isoformat(), team=team_with(pmm={"capacity": 0.5})
        )
        assert moved.levelling.holds == (day == named)


def test_the_due_days_of_the_plan_do_not_change():
    rollout = rollout_of()
    before = dict(rollout.schedule.spans)
    assert rollout.load.levelling.holds
    assert rollout.schedule.spans == before


def test_one_person_in_two_cases_has_one_load_one_calendar_and_the_smallest_capacity():
    away = [{"from": "2027-01-13", "to": "2027-01-13"}]
    team = team_with(
        pmm={"email": "Pia@Example.com", "away": away},
        legal={"email": "pia@example.com", "capacity": 0.5},
        ops={"email": "PIA@example.com", "capacity": 0.8},
    )
    load = load_of(team=team)
    assert load.capacity == {"pia@example.com": Fraction(1, 2)}
    assert {owner for demand in load.demand.values() for owner in demand} == {
        "pia@example.com",
        "sales@example.com",
        LEAD,
    }
    first = load.workloads(today=TODAY, levelled=True)[1].weeks[0]
    assert (first.available, first.over_days) == (2, 0)
    calendars = load.rollout.calendars
    assert calendars.of("Pia@Example.com") is calendars.of("pia@example.com")


def test_a_share_counts_as_it_is_written():
    kit = kit_with(research={"share": 0.1})
    assert load_of(kit=kit).demand["research"] == {PMM: Fraction(1, 10)}
    assert "go_live" not in load_of().demand


def test_a_workday_of_a_task_is_a_day_on_which_it_asks():
    kit = kit_with(
        only=["positioning", "go_live", "retro"],
        positioning={"workdays": ["T-2d"], "days": 1, "not_before": "T-2d"},
    )
    # Tuesday the 9th less two days is a Sunday
    load = load_of(kit=kit | {"stages": _without_links(kit)})
    (pmm,) = (o for o in load.workloads(today=TODAY, levelled=False) if o.owner == PMM)
    assert sum(week.asked for week in pmm.weeks) == 1


def _without_links(kit: dict[str, object]) -> list[object]:
    stages = kit["stages"]
    assert isinstance(stages, list)
    return [
        stage
        | {
            "tasks": [
                task | {"after": ["go_live"] if task["key"] == "retro" else []}
                for task in stage["tasks"]
            ]
        }
        for stage in stages
        if stage["tasks"]
    ]


@pytest.mark.parametrize(
    ("country", "monday", "first"),
    [(None, TODAY, TODAY), ("US", TODAY, TODAY), ("SA", TODAY, date(2027, 1, 10))],
)
def test_weeks_begin_after_the_country_s_weekend(country, monday, first):
    brief: Brief = brief_with(holidays=country)
    load = Rollout.of(brief, today=TODAY).load
    week = load.workloads(today=monday, levelled=False)[0].weeks[0]
    assert isinstance(week, WorkloadWeek)
    assert (week.first, week.week) == (first, "2027-W02")


def test_days_asked_are_those_of_tasks_that_are_due_by_launch_day():
    rollout = rollout_of()
    found = {one.owner: one for one in rollout.load.days_asked()}
    days = Calendar().count(date(2027, 1, 10), date(2027, 2, 9))
    assert found[PMM] == DaysAsked(PMM, Fraction(9), days, Fraction(1))
    # the retrospective comes after the launch
    assert LEAD not in found
    assert not found[PMM].much


@pytest.mark.parametrize(("asked", "much"), [(16, False), (17, True)])
def test_more_than_80_percent_is_much(asked, much):
    assert DaysAsked("a", Fraction(asked), 20, Fraction(1)).much == much
    assert DaysAsked("a", Fraction(asked), 40, Fraction(1, 2)).much == much


def test_a_launch_before_its_first_day_of_work_leaves_no_days():
    (pmm, *_) = load_of(begin_on="2027-03-01").days_asked()
    assert (pmm.working_days, pmm.much) == (0, True)


def test_the_levelled_day_is_no_earlier_than_that_of_the_plan():
    load = load_of(launch_on="2027-01-14")
    plain = earliest_launch_on(load.rollout.plan_input)
    assert plain is not None
    assert load.earliest_launch_on == FITS >= plain


def test_levelling_is_that_of_the_planner():
    load = load_of()
    due = {key: span.due for key, span in load.rollout.schedule.spans.items()}
    again = level(
        load.rollout.plan_input, due=due, demand=load.demand, resources=load.resources
    )
    assert again == load.levelling
    assert list(again.planned) == [one.key for one in load.rollout.assignments]
    assert KIT["kit"] == "small"
