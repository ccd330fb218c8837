from __future__ import annotations

from typing import Any

import pytest

from launch_kits.errors import PlanError
from launch_kits.inputs.brief import Brief
from launch_kits.plan.assignments import assign
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
