"""The effect of a change on the plan of its launch: found in one way for every verb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import col, select

from launch_kits.database.records import (
    CLOSED,
    Extension,
    ExtensionStatus,
    Task,
    TaskStatus,
)
from launch_kits.errors import Fault
from launch_kits.plan.doubts import NO_FILE, PlanDoubt, new_doubts
from launch_kits.plan.readiness import GateState
from launch_kits.verbs.advance import settle
from launch_kits.verbs.plan_doubts import plan_doubts, running_plan
from launch_kits.verbs.planned_dates import (
    PlannedDays,
    moved_plans,
    planned_days,
    write_planned,
)
from launch_kits.verbs.task_changes import lapse_doubt
from launch_kits.verbs.transaction import Change
from launch_kits.views.gates import read_gates
from launch_kits.views.running_plan import RunningPlan

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = ["PlanBefore", "PlanEffect", "effect_of", "landing_of", "replanned"]


@dataclass(frozen=True, slots=True)
class PlanEffect:
    """The effect of a change on a plan."""

    #: by the facts, before and after the change; None if no day within the horizon holds
    lands_before: date | None
    lands_on: date | None
    #: new doubts: about dates, announcements and gates, and more time that lapses
    warnings: tuple[Fault, ...]
    #: people who are told, by email
    told: tuple[str, ...]
    #: whether the launch has ended, or all its work due by the launch day is done
    over: bool
    #: the plan of the work not begun
    levelled: LevelledPlan | None = field(default=None, compare=False, repr=False)
    #: how many tasks have other planned days than before, by the name of their owner
    replanned: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanBefore:
    """The plan of a launch before a change, to compare with."""

    plan: RunningPlan
    lands_on: date | None
    doubts: Sequence[PlanDoubt]
    gates: Sequence[GateState]
    #: key → the day until which more time was granted, and asked for
    granted: Mapping[str, date]
    asked: Mapping[str, date]
    planned: PlannedDays

    @classmethod
    def of(cls, change: Change) -> PlanBefore:
        """Look at the plan as the change has left it so far."""
        plan = running_plan(change)
        return cls(
            plan,
            landing_of(plan),
            plan_doubts(change, plan),
            _gates(change),
            *_more_time(change),
            planned_days(change),
        )


def replanned(
    change: Change, before: PlanBefore, levelled: LevelledPlan | None = None
) -> tuple[PlanEffect, Sequence[Task]]:
    """Write the planned dates, settle the launch, and find the effect of the change.

    Every verb that changes a plan ends with it. Returns the tasks that are ready now, too.
    """
    levelled = write_planned(change, levelled)
    opened = settle(change)
    return effect_of(change, before, levelled), opened


def effect_of(
    change: Change,
    before: PlanBefore,
    levelled: LevelledPlan | None,
) -> PlanEffect:
    """Find the effect of a change as it has left the launch so far."""
    change.session.flush()
    plan = running_plan(change)
    return PlanEffect(
        before.lands_on,
        landing_of(plan),
        (
            *_lapsed(change, before),
            *new_doubts(before.doubts, plan_doubts(change, plan)),
            *_lost(before.gates, _gates(change)),
        ),
        change.told,
        plan.over,
        levelled,
        moved_plans(change, before.planned),
    )


def landing_of(plan: RunningPlan) -> date | None:
    """The day on which a plan lands by the facts; None if no day holds."""
    return plan.standing.lands_on if plan.standing else None


def _more_time(change: Change) -> tuple[Mapping[str, date], Mapping[str, date]]:
    """The days granted and asked for, of open tasks."""
    tasks = change.tasks
    query = select(Extension).where(
        col(Extension.task).in_(tasks),
        col(Extension.status) == ExtensionStatus.ASKED,
    )
    asked = {tasks[row.task].key: row.until for row in change.session.exec(query)}
    granted = {
        task.key: task.extended_until
        for task in tasks.values()
        if task.extended_until is not None and task.status not in CLOSED
    }
    return granted, asked


def _lapsed(change: Change, before: PlanBefore) -> Iterator[Fault]:
    """Name the more time, granted or asked for, that the change ends.

    A task that is done needs none any more.
    """
    granted, asked = _more_time(change)
    done = {
        task.key for task in change.tasks.values() if task.status == TaskStatus.DONE
    }
    for key, until in before.asked.items():
        if key not in asked and granted.get(key) != until and key not in done:
            yield lapse_doubt(key, f"the request for more time until {until}")
    for key, until in before.granted.items():
        if key not in granted and key not in done:
            yield lapse_doubt(key, f"the more time granted until {until}")


def _gates(change: Change) -> tuple[GateState, ...]:
    tasks = change.tasks.values()
    return read_gates(change.session, change.launch, change.brief, tasks)


def _lost(before: Sequence[GateState], after: Sequence[GateState]) -> Iterator[Fault]:
    """Name the hard gates that no one has to pass any more, and the checks without a task."""
    kept = {gate.stage: gate for gate in after}
    for gate in before:
        now = kept.get(gate.stage)
        if now is None:
            if gate.hard:
                message = (
                    f'the gate "{gate.title}" is gone with the last task of its stage: no one '
                    "has to pass it any more"
                )
                yield Fault(NO_FILE, None, "gate-gone", message)
            continue
        left = {check.key: check for check in now.checks}
        for check in gate.checks:
            same = left.get(check.key)
            if check.tasks and same and not same.tasks and not same.checked_by:
                message = (
                    f'no task leads to the check "{check.title}" of the gate "{gate.title}" '
                    "any more; a person has to pass it"
                )
                yield Fault(NO_FILE, None, "check-without-task", message)
