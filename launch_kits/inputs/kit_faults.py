"""Faults of a kit that its model cannot see, each with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from launch_kits.errors import Fault, Suggestions
from launch_kits.inputs.gates import Gate
from launch_kits.inputs.kit import Kit, KitTask, Stage, title_names
from launch_kits.inputs.titles import title_faults
from launch_kits.inputs.yaml_source import Location, Yaml

__all__ = ["MAX_TASKS", "kit_faults"]

#: tasks of a kit; the largest that comes along has 85
MAX_TASKS = 2_000
#: cycles that are told: there can be as many as links, each as long as the kit
MOST_CYCLES = 50
#: tasks that are named at each end of a long one
MOST_AT_AN_END = 20


def kit_faults(kit: Kit, source: Yaml) -> list[Fault]:
    """Find the faults that show only in the whole kit.

    Returns keys used twice, unknown tasks, titles that cannot be filled in, and tasks that
    wait for each other. Of a kit of too many tasks that alone is told.
    """
    faults: list[Fault] = list(_too_many(kit, source))
    if faults:
        return faults
    # in the kit's order, each once: a key is looked up often
    keys = dict.fromkeys(task.key for _, task in kit.tasks())
    hints = Suggestions()
    seen_stages: set[str] = set()
    seen: set[str] = set()
    for stage_at, stage in enumerate(kit.stages):
        place: Location = ("stages", stage_at)
        if stage.key in seen_stages:
            message = f'duplicate stage key "{stage.key}"; rename one of them'
            faults.append(source.fault((*place, "key"), "duplicate-stage", message))
        seen_stages.add(stage.key)
        faults.extend(_task_faults(stage, keys, seen, source, place, hints=hints))
        if stage.gate is not None:
            at = (*place, "gate")
            faults.extend(_gate_faults(stage.gate, keys, source, at, hints))
    if not any(fault.code.startswith("duplicate") for fault in faults):
        faults.extend(_cycle_faults(kit, source))
    return faults


def _too_many(kit: Kit, source: Yaml) -> Iterator[Fault]:
    count = 0
    for stage_at, stage in enumerate(kit.stages):
        left = MAX_TASKS - count
        count += len(stage.tasks)
        if count > MAX_TASKS:
            message = f"more than {MAX_TASKS} tasks in one kit; take some out"
            where = ("stages", stage_at, "tasks", left)
            yield source.fault(where, "too-large", message)
            return


def _task_faults(
    stage: Stage,
    keys: Collection[str],
    seen: set[str],
    source: Yaml,
    place: Location,
    *,
    hints: Suggestions,
) -> Iterator[Fault]:
    """Faults of a stage's tasks; adds their keys to those seen so far."""
    for task_at, task in enumerate(stage.tasks):
        at = (*place, "tasks", task_at)
        if task.key in seen:
            message = f'duplicate task key "{task.key}"; rename one of them'
            yield source.fault((*at, "key"), "duplicate-task", message)
        seen.add(task.key)
        yield from _predecessor_faults(task, keys, source, at, hints)
        yield from _title_faults(task, source, at)


def _gate_faults(
    gate: Gate,
    keys: Collection[str],
    source: Yaml,
    place: Location,
    hints: Suggestions,
) -> Iterator[Fault]:
    seen: set[str] = set()
    for check_at, check in enumerate(gate.checks):
        at = (*place, "checks", check_at)
        if check.key in seen:
            message = (
                f'duplicate check key "{check.key}"; give one of them another `key`'
            )
            yield source.fault((*at, "key"), "duplicate-check", message)
        seen.add(check.key)
        if check.task is not None and check.task not in keys:
            subject = f'check "{check.key}" names'
            code, message = _unknown(subject, check.task, keys, hints)
            yield source.fault((*at, "task"), code, message)


def _predecessor_faults(
    task: KitTask,
    keys: Collection[str],
    source: Yaml,
    place: Location,
    hints: Suggestions,
) -> Iterator[Fault]:
    for index, link in enumerate(task.after):
        if link.task not in keys:
            subject = f'task "{task.key}" waits for'
            code, message = _unknown(subject, link.task, keys, hints)
            yield source.fault((*place, "after", index), code, message)


def _unknown(
    subject: str, named: str, keys: Collection[str], hints: Suggestions
) -> tuple[str, str]:
    """Code and message of a fault: a task is not in the kit."""
    base = named.partition(":")[0]
    if base != named and base in keys:
        message = f'{subject} "{named}"; a kit names all of them: write "{base}"'
        return "fanned-out-predecessor", message
    hint = hints.nearest(named, keys) or "; name a task of this kit"
    return "unknown-task", f'{subject} unknown task "{named}"{hint}'


def _title_faults(task: KitTask, source: Yaml, place: Location) -> Iterator[Fault]:
    for problem in title_faults(task.title, title_names(task)):
        yield source.fault(
            (*place, "title"), "bad-title", f'title of task "{task.key}" {problem}'
        )


def _cycle_faults(kit: Kit, source: Yaml) -> list[Fault]:
    """One fault for each of the first cycles met, named along its path as the work goes."""
    waits = {task.key: [link.task for link in task.after] for _, task in kit.tasks()}
    places = {
        task.key: ("stages", stage_at, "tasks", task_at, "after")
        for stage_at, stage in enumerate(kit.stages)
        for task_at, task in enumerate(stage.tasks)
    }
    faults = []
    for path in islice(_cycles(waits), MOST_CYCLES):
        message = (
            f"these tasks wait for each other: {_shown(path)}; take one `after` away"
        )
        faults.append(source.fault(places[path[0]], "cycle", message))
    return faults


def _shown(path: Sequence[str]) -> str:
    left_out = len(path) - 2 * MOST_AT_AN_END
    if left_out > 1:
        middle = f"({left_out} more)"
        path = [*path[:MOST_AT_AN_END], middle, *path[-MOST_AT_AN_END:]]
    return " → ".join(path)


def _cycles(waits: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Cycles found by one depth-first walk, without recursion: input may be long."""
    done: set[str] = set()
    known = {
        key: [before for before in followed if before in waits]
        for key, followed in waits.items()
    }
    for root in waits:
        trail: list[str] = []
        on_trail: set[str] = set()
        stack: list[tuple[str, int]] = [(root, 0)]
        while stack:
            key, step = stack.pop()
            if step == 0:
                if key in done:
                    continue
                trail.append(key)
                on_trail.add(key)
            followed = known[key]
            if step < len(followed):
                stack.append((key, step + 1))
                before = followed[step]
                if before in on_trail:
                    cycle = trail[trail.index(before) :]
                    yield [before, *reversed(cycle)]
                elif before not in done:
                    stack.append((before, 0))
            else:
                trail.pop()
                on_trail.discard(key)
                done.add(key)
