from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from launch_kits.inputs.kit import After, Kit, When


def kit_of(tasks: list[dict[str, Any]], **more: Any) -> Kit:
    full = [
        {"key": f"t{at}", "title": "Title", "role": "pmm", "days": 1} | task
        for at, task in enumerate(tasks)
    ]
    stage = {"key": "only", "title": "Only", "tasks": full}
    return Kit.model_validate(
        {"kit": "tiny", "title": "Tiny", "stages": [stage], **more}
    )


@pytest.mark.parametrize(
    ("when", "launch", "holds"),
    [
        ({}, (1, "b2b", "startup"), True),
        ({"tier": [1, 2]}, (2, "b2b", "startup"), True),
        ({"tier": [1, 2]}, (3, "b2b", "startup"), False),
        ({"tier": 1}, (1, "b2b", "startup"), True),
        ({"market": ["b2b"]}, (1, "both", "startup"), True),
        ({"market": ["b2c"]}, (1, "both", "startup"), True),
        ({"market": ["b2c"]}, (1, "b2b", "startup"), False),
        ({"company": ["enterprise"]}, (1, "b2b", "startup"), False),
        (
            {"tier": [1], "market": ["b2b"], "company": ["startup"]},
            (1, "b2b", "startup"),
            True,
        ),
        (
            {"tier": [1], "market": ["b2c"], "company": ["startup"]},
            (1, "b2b", "startup"),
            False,
        ),
    ],
)
def test_all_conditions_must_hold(when, launch, holds):
    tier, market, company = launch
    given = When.model_validate(when)
    assert (
        given.holds(tier=tier, market=market, company=company, goods="software")
        is holds
    )


def test_a_task_of_physical_goods_is_none_of_software():
    given = When.model_validate({"goods": "physical"})
    launch = {"tier": 1, "market": "b2c", "company": "startup"}
    assert given.holds(**launch, goods="physical")
    assert not given.holds(**launch, goods="software")


def test_a_predecessor_is_a_key_or_a_key_with_a_lag():
    kit = kit_of([{}, {"after": ["t0", {"task": "t0", "lag": 5}]}])
    assert kit.stages[0].tasks[1].after == (After(task="t0"), After(task="t0", lag=5))
    assert kit.model_dump(mode="json")["stages"][0]["tasks"][1]["after"] == [
        "t0",
        {"task": "t0", "lag": 5},
    ]


def test_roles_are_those_that_own_tasks_and_gates():
    gate = {"title": "Gate", "role": "sponsor", "checks": [{"title": "All agree"}]}
    stage = {
        "key": "s",
        "title": "S",
        "gate": gate,
        "tasks": [{"key": "a", "title": "A", "role": "pmm", "days": 0}],
    }
    kit = Kit.model_validate({"kit": "k", "title": "K", "stages": [stage]})
    assert kit.roles() == ["pmm", "sponsor"]


OFFSETS = st.sampled_from([None, "T-0", "T-20", "T+3", "T-6w", "T-30d"])
TASKS = st.fixed_dictionaries(
    {
        "days": st.integers(0, 5),
        "role": st.sampled_from(["lead", "pmm"]),
        "title": st.sampled_from(["A", "{{ product }}"]),
    },
    optional={
        "anchor": st.sampled_from(["launch", "release"]),
        "due": OFFSETS,
        "not_before": OFFSETS,
        "each": st.sampled_from([None, "competitors", "partners", "personas"]),
        "when": st.fixed_dictionaries(
            {},
            optional={
                "tier": st.lists(st.sampled_from([1, 2, 3])),
                "market": st.just("b2b"),
            },
        ),
        "document": st.just("plan.md.j2"),
        "review": st.just("lead"),
        "audience": st.sampled_from(["internal", "partner", "customer"]),
        "checklist": st.lists(st.text(max_size=5), max_size=2),
        "share": st.sampled_from([0.2, 0.5, 1]),
        "decides": st.sampled_from([None, "release", "launch"]),
        "optional": st.booleans(),
        "handout": st.sampled_from([None, "ready"]),
        "notice": st.just("30d"),
    },
)


@given(st.lists(TASKS, min_size=1, max_size=5), st.data())
def test_a_kit_dumped_and_loaded_again_is_equal(tasks, data):
    for at, task in enumerate(tasks):
        lag = st.integers(0, 5)
        task["after"] = [
            {"task": f"t{before}", "lag": data.draw(lag)}
            for before in range(at)
            if data.draw(st.booleans())
        ]
    kit = kit_of(tasks, nudges={"before": [2], "ladder": [{"after": 1, "to": "lead"}]})
    assert Kit.model_validate(kit.model_dump(mode="json", by_alias=True)) == kit
    assert Kit.model_validate_json(kit.model_dump_json(by_alias=True)) == kit


def test_the_old_name_of_the_notice_period_is_still_read() -> None:
    old = kit_of([{"notice": "30d"}])
    new = kit_of([{"notice_period": "30d"}])
    assert old == new
    assert new.stages[0].tasks[0].notice_period == "30d"
    assert "notice" not in new.model_dump(mode="json")["stages"][0]["tasks"][0]


def test_both_names_of_the_notice_period_are_refused() -> None:
    with pytest.raises(ValidationError, match="keep notice_period"):
        kit_of([{"notice": "30d", "notice_period": "30d"}])


@pytest.mark.parametrize(
    ("of_kit", "of_task", "days", "share"),
    [
        ({}, {}, 3, 1),
        ({"share": 0.5}, {}, 3, 0.5),
        ({"share": 0.5}, {"share": 0.2}, 3, 0.2),
        ({}, {"share": 0.2}, 3, 0.2),
        ({"share": 0.5}, {"share": 0.2}, 0, 0),
    ],
)
def test_a_task_takes_its_share_or_the_kits_and_a_milestone_none(
    of_kit, of_task, days, share
) -> None:
    kit = kit_of([{"days": days, **of_task}], **of_kit)
    assert kit.share_of(kit.stages[0].tasks[0]) == share


@pytest.mark.parametrize(
    ("of_kit", "of_task", "at_once"),
    [
        ({}, {}, False),
        ({}, {"handout": "ready"}, True),
        ({"handout": "ready"}, {}, True),
    ],
)
def test_a_kit_or_a_task_may_hand_out_when_ready(of_kit, of_task, at_once) -> None:
    kit = kit_of([of_task], **of_kit)
    assert kit.hands_out_when_ready(kit.stages[0].tasks[0]) is at_once


def test_a_kit_of_before_has_the_defaults() -> None:
    kit = kit_of([{}])
    task = kit.stages[0].tasks[0]
    assert (kit.share, kit.handout) == (1, None)
    assert (task.share, task.decides, task.optional, task.handout) == (
        None,
        None,
        False,
        None,
    )
