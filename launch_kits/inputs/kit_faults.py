"""Faults of a kit that its model cannot see, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from launch_kits.errors import Fault, suggest
from launch_kits.inputs.gates import Gate
from launch_kits.inputs.kit import Kit, KitTask, Stage, title_names
from launch_kits.inputs.titles import title_faults
from launch_kits.inputs.yaml_source import Location, Yaml

__all__ = ["kit_faults"]


def kit_faults(kit: Kit, source: Yaml) -> list[Fault]:
    """Find the faults that show only in the whole kit.

    Returns keys used twice, unknown tasks, titles that cannot be filled in, and tasks that
    wait for each other.
    """
    faults: list[Fault] = []
    keys = [task.key for _, task in kit.tasks()]
    seen_stages: set[str] = set()
    seen: set[str] = set()
    for stage_at, stage in enumerate(kit.stages):
        place: Location = ("stages", stage_at)
        if stage.key in seen_stages:
            message = f'duplicate stage key "{stage.key}"; rename one of them'
            faults.append(source.fault((*place, "key"), "duplicate-stage", message))
        seen_stages.add(stage.key)
        faults.extend(_task_faults(stage, keys, seen, source, place))
        if stage.gate is not None:
            faults.extend(_gate_faults(stage.gate, keys, source, (*place, "gate")))
    if not any(fault.code.startswith("duplicate") for fault in faults):
        faults.extend(_cycle_faults(kit, source))
    return faults


def _task_faults(
    stage: Stage, keys: Sequence[str], seen: set[str], source: Yaml, place: Location
) -> Iterator[Fault]:
    """Faults of a stage's tasks; adds their keys to those seen so far."""
    for task_at, task in enumerate(stage.tasks):
        at = (*place, "tasks", task_at)
        if task.key in seen:
            message = f'duplicate task key "{task.key}"; rename one of them'
            yield source.fault((*at, "key"), "duplicate-task", message)
        seen.add(task.key)
        yield from _predecessor_faults(task, keys, source, at)
        yield from _title_faults(task, source, at)


def _gate_faults(
    gate: Gate, keys: Sequence[str], source: Yaml, place: Location
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
            code, message = _unknown(f'check "{check.key}" names', check.task, keys)
            yield source.fault((*at, "task"), code, message)


def _predecessor_faults(
    task: KitTask, keys: Sequence[str], source: Yaml, place: Location
) -> Iterator[Fault]:
    for index, link in enumerate(task.after):
        if link.task not in keys:
            code, message = _unknown(f'task "{task.key}" waits for', link.task, keys)
            yield source.fault((*place, "after", index), code, message)


def _unknown(subject: str, named: str, keys: Sequence[str]) -> tuple[str, str]:
    """Code and message of a fault about a task that is named but not in the kit."""
    base = named.partition(":")[0]
    if base != named and base in keys:
        message = f'{subject} "{named}"; a kit names all of them: write "{base}"'
        return "fanned-out-predecessor", message
    hint = suggest(named, keys) or "; name a task of this kit"
    return "unknown-task", f'{subject} unknown task "{named}"{hint}'


def _title_faults(task: KitTask, source: Yaml, place: Location) -> Iterator[Fault]:
    for problem in title_faults(task.title, title_names(task)):
        yield source.fault(
            (*place, "title"), "bad-title", f'title of task "{task.key}" {problem}'
        )


def _cycle_faults(kit: Kit, source: Yaml) -> list[Fault]:
    """One fault for each cycle met, named along its path in the direction of the work."""
    waits = {task.key: [link.task for link in task.after] for _, task in kit.tasks()}
    places = {
        task.key: ("stages", stage_at, "tasks", task_at, "after")
        for stage_at, stage in enumerate(kit.stages)
        for task_at, task in enumerate(stage.tasks)
    }
    faults = []
    for path in _cycles(waits):
        message = f"these tasks wait for each other: {' → '.join(path)}; take one `after` away"
        faults.append(source.fault(places[path[0]], "cycle", message))
    return faults


def _cycles(waits: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Cycles found by one depth-first walk, without recursion: input may be long."""
    done: set[str] = set()
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
            followed = [before for before in waits[key] if before in waits]
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
