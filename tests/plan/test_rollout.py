from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from launch_kits.errors import PlanError
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.plan.rollout import Rollout, assign
from launch_kits.workdays.offsets import Offset
from tests.launches import brief_with

PARTNERS = [
    {"key": "north", "name": "North"},
    {"key": "south", "name": "South", "kind": "reseller"},
]


def brief_of(*tasks: dict[str, Any], **more: Any) -> Brief:
    full = [{"title": "Title", "role": "pmm", "days": 1} | task for task in tasks]
    stage = {"key": "only", "title": "Only", "tasks": full}
    return brief_with(kit={"kit": "tiny", "title": "Tiny", "stages": [stage]}, **more)


def waits(brief: Brief) -> dict[str, dict[str, int]]:
    """Return the predecessors of each final key, with lags."""
    return {
        task.key: {link.key: link.lag for link in task.after} for task in assign(brief)
    }


def rollout(brief: Brief) -> Rollout:
    return Rollout(
        brief,
        begin_on=date(2027, 1, 11),
        release_on=brief.released_on,
        launch_on=brief.launch_on,
    )


def test_a_task_is_fanned_out_in_the_briefs_order_within_the_kits():
    brief = brief_of({"key": "b", "each": "partners"}, {"key": "a"}, partners=PARTNERS)
    assert list(waits(brief)) == ["b:north", "b:south", "a"]


def test_competitors_are_only_those_with_claims():
    assert list(waits(brief_of({"key": "card", "each": "competitors"}))) == [
        "card:osprey",
        "card:kite",
    ]


def test_a_successor_waits_for_all_tasks_of_a_fan_out():
    brief = brief_of(
        {"key": "card", "each": "partners"},
        {"key": "train", "after": [{"task": "card", "lag": 2}]},
        {"key": "call", "after": ["card"], "each": "partners"},
        partners=PARTNERS,
    )
    assert waits(brief)["train"] == {"card:north": 2, "card:south": 2}
    assert waits(brief)["call:north"] == {"card:north": 0, "card:south": 0}


@pytest.mark.parametrize(
    "gone",
    [{"when": {"tier": [2]}}, {"each": "partners"}, {"each": "personas", "days": 40}],
)
def test_an_omitted_task_passes_on_its_predecessors_with_all_lags(gone):
    brief = brief_of(
        {"key": "a"},
        {"key": "b", "after": [{"task": "a", "lag": 2}], **gone},
        {"key": "c", "after": [{"task": "b", "lag": 3}], **gone},
        {"key": "d", "after": [{"task": "c", "lag": 1}]},
    )
    assert waits(brief) == {"a": {}, "d": {"a": 6}}


def test_of_several_ways_the_longest_lag_counts():
    brief = brief_of(
        {"key": "a"},
        {"key": "gone", "after": [{"task": "a", "lag": 5}], "when": {"tier": 3}},
        {"key": "z", "after": [{"task": "a", "lag": 1}, {"task": "gone", "lag": 2}]},
        {"key": "y", "after": [{"task": "a", "lag": 9}, {"task": "gone", "lag": 2}]},
    )
    assert (waits(brief)["z"], waits(brief)["y"]) == ({"a": 7}, {"a": 9})


def test_an_omitted_first_task_holds_no_successor():
    brief = brief_of(
        {"key": "a", "when": {"market": "b2c"}},
        {"key": "b", "after": [{"task": "a", "lag": 4}]},
    )
    assert waits(brief) == {"b": {}}


def test_predecessors_may_be_later_in_the_kit():
    brief = brief_of(
        {"key": "a", "after": ["b"]},
        {"key": "b", "after": ["c"], "when": {"tier": 2}},
        {"key": "c"},
    )
    assert waits(brief) == {"a": {"c": 0}, "c": {}}


def test_a_long_chain_of_omitted_tasks_is_passed_on():
    size = 1500
    tasks = [
        {
            "key": f"t{n}",
            "after": [{"task": f"t{n + 1}", "lag": 1}],
            "when": {"tier": 3},
        }
        for n in range(1, size)
    ]
    brief = brief_of({"key": "t0", "after": ["t1"]}, *tasks, {"key": f"t{size}"})
    assert waits(brief)["t0"] == {f"t{size}": size - 1}


@pytest.mark.parametrize(
    ("launch", "kept"),
    [
        ({"tier": 1}, {"a", "c"}),
        ({"tier": 2}, {"b", "c"}),
        ({"tier": 1, "market": "b2c"}, {"a"}),
        ({"market": "both"}, {"a", "c"}),
    ],
)
def test_when_decides_by_tier_and_market(launch, kept):
    tasks = [
        {"key": "a", "when": {"tier": 1}},
        {"key": "b", "when": {"tier": [2, 3]}},
        {"key": "c", "when": {"market": "b2b"}},
    ]
    assert set(waits(brief_of(*tasks, **launch))) == kept


def test_titles_are_filled_in_with_the_item():
    tasks = [
        {
            "key": "a",
            "each": "partners",
            "title": "{{ product }} with {{ item.name }} {{ item.kind }}",
        }
    ]
    titles = [task.title for task in assign(brief_of(*tasks, partners=PARTNERS))]
    assert titles == ["Falcon 2 with North ", "Falcon 2 with South reseller"]


def test_a_title_that_cannot_be_filled_in_names_its_kit():
    with pytest.raises(
        PlanError,
        match=r"^kit tiny: task a: title .* which is not a name; a title takes {{ product }}, and",
    ):
        assign(brief_of({"key": "a", "title": "{{ product.x|upper }}"}))


def test_owner_backup_and_approver_are_people_of_the_team():
    tasks = [
        {"key": "a", "review": "legal"},
        {"key": "b", "role": "designer", "review": "nobody"},
    ]
    first, second = assign(brief_of(*tasks))
    assert (first.owner, first.backup, first.approver) == (
        "pmm@example.com",
        "ops@example.com",
        "legal@example.com",
    )
    assert (second.owner, second.backup, second.approver) == (
        "lead@example.com",
        None,
        "lead@example.com",
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
