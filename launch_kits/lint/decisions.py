"""Go and no-go tasks that wait for the gate of later work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from launch_kits.errors import Fault
from launch_kits.inputs.gates import Check
from launch_kits.lint.subject import LintSubject

__all__ = ["late_gates"]


class _Proof(NamedTuple):
    """A check that a go waits for, with the last due day of the work that proves it."""

    stage: int
    gate: str
    check: Check
    due: date


def late_gates(subject: LintSubject) -> Iterator[Fault]:
    """Yield decisions that are due too early, before a check that they wait for.

    It waits for the hard gates up to its own stage, without those after the launch.
    """
    stages = [stage.key for stage in subject.kit.stages]
    proofs = [*_proofs(subject)]
    for decision, span in subject.rollout.dated():
        if decision.task.decides is None:
            continue
        at = stages.index(decision.stage.key)
        late = [each for each in proofs if each.stage <= at and each.due > span.due]
        worst = max(late, key=lambda each: each.due, default=None)
        if worst is None:
            continue
        message = (
            f'task "{decision.task.key}" is due {span.due}, but its go waits for the gate '
            f'"{worst.gate}", whose check "{worst.check.key}" needs "{worst.check.task}", due '
            f"{worst.due}; move the decision to an earlier stage, or the check to a later one"
        )
        yield subject.about_task(
            decision.task.key, "key", "decision-before-gate", message
        )


def _proofs(subject: LintSubject) -> Iterator[_Proof]:
    due = _last_due_days(subject)
    there = {assignment.stage.key for assignment in subject.rollout.assignments}
    for position, stage in enumerate(subject.kit.stages):
        gate = stage.gate
        if gate is None or stage.key not in there:
            continue
        if not gate.hard or gate.after_launch:
            continue
        for check in gate.checks:
            if check.task in due:
                yield _Proof(position, gate.title, check, due[check.task])


def _last_due_days(subject: LintSubject) -> dict[str, date]:
    """Return the last due day of each task of the kit: it may be fanned out."""
    due: dict[str, date] = {}
    for assignment, span in subject.rollout.dated():
        key = assignment.task.key
        due[key] = max(span.due, due.get(key, span.due))
    return due
