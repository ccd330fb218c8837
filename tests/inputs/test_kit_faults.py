from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits import errors
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.kit_faults import MAX_TASKS, MOST_CYCLES, kit_faults
from launch_kits.inputs.yaml_source import Yaml
from tests.inputs.test_kit import kit_of

KEYS = ("a", "b", "c", "d", "e", "f")


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


def test_a_long_chain_is_not_trouble():
    kit = kit_of([{"after": [f"t{at - 1}"] if at else []} for at in range(MAX_TASKS)])
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
        'duplicate task key "a"; rename one of them',
        'title of task "c" uses unknown "item.name" (it has no `each`)',
    ]


def gated(*checks: dict[str, Any]) -> Kit:
    """A kit of two tasks, one fanned out, whose gate has these checks."""
    tasks = [
        {"key": "a", "title": "A", "role": "pmm", "days": 1},
        {"key": "b", "title": "B", "role": "pmm", "days": 1, "each": "partners"},
    ]
    gate = {"title": "Gate", "checks": list(checks)}
    stage = {"key": "only", "title": "Only", "tasks": tasks, "gate": gate}
    return Kit.model_validate({"kit": "tiny", "title": "Tiny", "stages": [stage]})


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([{"title": "One", "task": "a"}, {"title": "Two", "task": "b"}], []),
        (
            [{"title": "One"}, {"title": "Two", "key": "one"}],
            ['duplicate check key "one"; give one of them another `key`'],
        ),
        (
            [{"title": "One", "task": "z"}],
            ['check "one" names unknown task "z"; name a task of this kit'],
        ),
        (
            [{"title": "One", "task": "b:iris"}],
            ['check "one" names "b:iris"; a kit names all of them: write "b"'],
        ),
    ],
)
def test_a_check_has_a_key_of_its_own_and_names_a_task_of_the_kit(checks, expected):
    assert messages(gated(*checks)) == expected


def test_a_kit_of_too_many_tasks_is_one_fault_at_the_first_too_many():
    kit = kit_of([{"after": ["nowhere"]} for _ in range(MAX_TASKS)])
    one = kit_of([{"key": "a"}, {"key": "b"}]).stages[0]
    lines = {("stages", 1, "tasks", 0): 7, ("stages", 1, "tasks", 1): 8}
    whole = kit.model_copy(update={"stages": (*kit.stages, one)})
    (fault,) = kit_faults(whole, Yaml("kit.yaml", {}, lines))
    assert (fault.line, fault.code) == (7, "too-large")
    assert fault.message == f"more than {MAX_TASKS} tasks in one kit; take some out"


def test_many_unknown_tasks_are_compared_with_the_known_ones_only_a_few_times(
    monkeypatch,
):
    compared = []

    def compare(word, *_, **__):
        compared.append(word)
        return []

    monkeypatch.setattr(errors, "get_close_matches", compare)
    kit = kit_of([{"after": [f"gone-{at}"]} for at in range(MAX_TASKS)])
    assert len(kit_faults(kit, Yaml("kit.yaml", {}))) == MAX_TASKS
    assert len(compared) == errors.MOST_SUGGESTIONS


def test_of_very_many_cycles_the_first_are_told():
    kit = kit_of([{"key": f"t{at}", "after": [f"t{at}"]} for at in range(300)])
    assert len(messages(kit)) == MOST_CYCLES


def test_of_a_long_cycle_both_ends_are_named():
    kit = kit_of(
        [{"key": f"t{at}", "after": [f"t{(at + 1) % 100}"]} for at in range(100)]
    )
    (message,) = messages(kit)
    assert message.count("→") == 40
    assert message.startswith("these tasks wait for each other: t0 → t99 → ")
    assert " → t81 → (61 more) → t19 → " in message
    assert message.endswith(" → t1 → t0; take one `after` away")
