from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.plan.rollout import Rollout
from launch_kits.workdays.offsets import Offset
from tests.launches import brief_with
from tests.plan.test_assignments import PARTNERS, brief_of


def rollout(brief: Brief) -> Rollout:
    return Rollout(
        brief,
        begin_on=date(2027, 1, 11),
        release_on=brief.released_on,
        launch_on=brief.launch_on,
    )


def test_each_owner_has_a_calendar_of_their_own():
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["pmm"]["away"] = [{"from": "2027-01-11", "to": "2027-01-15"}]
    spans = rollout(
        brief_of({"key": "a"}, {"key": "b", "role": "lead"}, team=team)
    ).schedule.spans
    assert (spans["a"].start, spans["b"].start) == (
        date(2027, 1, 18),
        date(2027, 1, 11),
    )


def test_a_kit_without_tasks_has_a_plan_all_the_same():
    plan = rollout(brief_of({"key": "a", "when": {"tier": 3}}))
    assert plan.schedule.feasible
    assert list(plan.dated()) == []


@pytest.mark.parametrize(
    ("dates", "named"),
    [
        ({"launch_on": "2027-02-13"}, ["launch_on"]),
        ({"launch_on": "2027-02-09", "release_on": "2027-02-07"}, ["release_on"]),
        ({"launch_on": "2027-02-13", "release_on": "2027-02-13"}, ["launch_on"]),
        (
            {"launch_on": "2027-02-13", "release_on": "2027-02-07"},
            ["launch_on", "release_on"],
        ),
        ({"launch_on": "2027-02-13", "workdays": ["2027-02-13"]}, []),
    ],
    ids=str,
)
def test_a_day_off_as_anchor_is_a_warning(dates, named):
    plan = rollout(brief_of({"key": "a"}, **dates))
    assert [
        fault.message.split()[0]
        for fault in plan.warnings(Yaml("brief.yaml", {}), today=date(2027, 1, 11))
    ] == named


@pytest.mark.parametrize(
    ("dates", "today", "codes"),
    [
        ({}, date(2027, 2, 9), []),
        ({}, date(2027, 2, 10), ["anchor-past"]),
        ({"release_on": "2027-02-05"}, date(2027, 2, 8), ["anchor-past"]),
        ({"release_on": "2027-02-05"}, date(2027, 2, 10), ["anchor-past"] * 2),
        ({"begin_on": "2027-02-09"}, date(2027, 1, 11), []),
        ({"begin_on": "2027-02-10"}, date(2027, 1, 11), ["begin-after-launch"]),
        ({"begin_on": None}, date(2027, 2, 10), ["anchor-past"]),
    ],
    ids=str,
)
def test_days_that_are_past_or_in_the_wrong_order_are_warnings(dates, today, codes):
    plan = rollout(brief_of({"key": "a"}, **dates))
    found = plan.warnings(Yaml("brief.yaml", {}), today=today)
    assert [fault.code for fault in found] == codes


def test_a_task_is_worked_on_on_its_own_workdays_in_every_launch_that_it_is_fanned_out_to():
    brief = brief_of(
        {"key": "cut", "each": "partners", "workdays": ["T-3d"], "not_before": "T-4d"},
        partners=PARTNERS,
        launch_on="2027-03-02",
    )
    found = rollout(brief)
    # the launch is on a Tuesday, the day after its not_before a Saturday
    assert [work.workdays for work in found.work] == [(Offset.parse("T-3d"),)] * 2
    assert found.calendars.workdays_of("cut:north") == (Offset.parse("T-3d"),)
    assert found.calendars.workdays_of("other") == ()
    for work in found.work:
        assert work.own_calendar(found.calendars.launch, brief.launch_on).is_workday(
            date(2027, 2, 27)
        )


@pytest.mark.parametrize(
    ("written", "told"), [("T-2", "such as T-2d"), ("Sunday", "is not an offset")]
)
def test_a_tasks_workdays_are_counted_in_calendar_time(written, told):
    with pytest.raises(ValidationError, match=told):
        brief_of({"key": "cut", "workdays": [written]})
