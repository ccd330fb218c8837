from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.inputs.kit import After, Kit, When
from launch_kits.inputs.kit_faults import kit_faults
from launch_kits.inputs.yaml_source import Yaml

KEYS = ("a", "b", "c", "d", "e", "f")


def kit_of(tasks: list[dict[str, Any]], **more: Any) -> Kit:
    full = [
        {"key": f"t{at}", "title": "Title", "role": "pmm", "days": 1} | task
        for at, task in enumerate(tasks)
    ]
    stage = {"key": "only", "title": "Only", "tasks": full}
    return Kit.model_validate(
        {"kit": "tiny", "title": "Tiny", "stages": [stage], **more}
    )


def waiting(**waits: str) -> Kit:
    """A kit of tasks by key, each with the keys it waits for, as letters."""
    return kit_of([{"key": key, "after": list(after)} for key, after in waits.items()])


def messages(kit: Kit) -> list[str]:
    return [fault.message for fault in kit_faults(kit, Yaml("kit.yaml", {}))]


@pytest.mark.parametrize(
    ("waits", "paths"),
    [
        ({"a": "", "b": "a", "c": "ab"}, []),
        ({"a": "a"}, ["a → a"]),
        ({"a": "b", "b": "a"}, ["a → b → a"]),
        ({"a": "c", "b": "a", "c": "b"}, ["a → b → c → a"]),
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, ["a → b → a", "c → d → c"]),
        ({"a": "", "b": "ad", "c": "b", "d": "c", "e": "d"}, ["b → c → d → b"]),
    ],
)
def test_a_cycle_is_named_along_its_path_in_the_direction_of_the_work(waits, paths):
    assert messages(waiting(**waits)) == [
        f"these tasks wait for each other: {p}; take one `after` away" for p in paths
    ]


def test_a_long_chain_is_no_trouble():
    kit = kit_of([{"after": [f"t{at - 1}"] if at else []} for at in range(3000)])
    assert messages(kit) == []


@given(
    st.dictionaries(
        st.sampled_from(KEYS),
        st.lists(st.sampled_from(KEYS), unique=True, max_size=3),
        min_size=1,
    )
)
def test_a_cycle_is_found_exactly_where_there_is_one(waits):
    kit = kit_of(
        [
            {"key": key, "after": [on for on in after if on in waits]}
            for key, after in waits.items()
        ]
    )
    left = {task.key: {link.task for link in task.after} for _, task in kit.tasks()}
    while free := [key for key, after in left.items() if not after & left.keys()]:
        for key in free:
            del left[key]
    assert bool(messages(kit)) == bool(left)


def test_several_faults_are_told_at_once():
    tasks: list[dict[str, Any]] = [
        {"key": "a", "after": ["z"]},
        {"key": "a"},
        {"key": "c", "title": "{{ item.name }}"},
    ]
    assert messages(kit_of(tasks)) == [
        'task "a" waits for unknown task "z"; name a task of this kit',
        'task "a" stands here twice; rename one',
        'title of task "c" uses unknown "item.name" (it has no `each`)',
    ]


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
    assert (
        When.model_validate(when).holds(tier=tier, market=market, company=company)
        is holds
    )


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
