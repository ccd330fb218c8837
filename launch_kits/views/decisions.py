"""The decisions that a launch waits for, and the person who takes each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from launch_kits.database.records import AWAITED, LaunchStatus, TaskStatus
from launch_kits.plan.readiness import CheckState, GateState, waited_for
from launch_kits.views.launch import LaunchView, TaskView

__all__ = ["ToDecide", "Wanted", "gate_day", "to_decide"]

#: days before its last one on which a waiver is to be looked at
AHEAD = timedelta(3)


class Wanted(StrEnum):
    """The answer that is wanted, in the order in which answers are listed."""

    #: ``until``: the day asked for
    MORE_TIME = "more time"
    #: a person has to remove the reason
    BLOCKED = "blocked"
    #: the work that was handed in
    REVIEW = "review"
    #: ``until``: the last day of the waiver; ``checks``: the title of the check
    WAIVER = "waiver"
    #: ``checks``: titles of checks whose work is done, or that are open after the gate's day
    GATE = "gate"
    #: a go or no-go that can be decided now
    DECISION = "decision"
    #: a go or no-go whose turn has not come
    DECISION_AHEAD = "decision ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDecide:
    """A decision: its subject, and who takes it."""

    wanted: Wanted
    #: email of the person whose answer is awaited, their deputy while they are away
    who: str
    #: of the task or the gate
    title: str
    #: key of the task, or of the gate's stage
    key: str
    #: the name of the task's owner
    owner: str | None = None
    due: date | None = None
    until: date | None = None
    #: the reason that a person gave
    why: str | None = None
    checks: tuple[str, ...] = ()

    @property
    def about_task(self) -> bool:
        """Whether the key is that of a task."""
        return self.wanted not in (Wanted.GATE, Wanted.WAIVER)


def to_decide(launch: LaunchView) -> list[ToDecide]:
    """Return the decisions that a running launch waits for, those about more time first."""
    if launch.status != LaunchStatus.RUNNING:
        return []
    found = [*_about_tasks(launch), *_about_gates(launch)]
    order = list(Wanted)
    return sorted(found, key=lambda each: order.index(each.wanted))


def _about_tasks(launch: LaunchView) -> Iterator[ToDecide]:
    for task in launch.open_tasks:
        if task.asked_until:
            yield _about(
                task, Wanted.MORE_TIME, _acting(launch, launch.lead), task.asked_until
            )
        if task.status is TaskStatus.BLOCKED:
            yield _about(task, Wanted.BLOCKED, _acting(launch, launch.lead))
        if task.status is TaskStatus.REVIEW:
            approver = task.awaited or task.approver or launch.lead
            yield _about(task, Wanted.REVIEW, approver)
        if task.decides:
            now = task.status in AWAITED and task.status is not TaskStatus.REVIEW
            wanted = Wanted.DECISION if now else Wanted.DECISION_AHEAD
            yield _about(task, wanted, task.awaited or task.owner)


def _about(
    task: TaskView, wanted: Wanted, who: str, until: date | None = None
) -> ToDecide:
    return ToDecide(
        wanted=wanted,
        who=who,
        title=task.title,
        key=task.key,
        owner=task.owner_name,
        due=task.due,
        until=until,
        why=task.blocked_by if wanted is Wanted.BLOCKED else None,
    )


def _about_gates(launch: LaunchView) -> Iterator[ToDecide]:
    for gate in launch.gates:
        if launch.has_gone and waited_for(gate, up_to=launch.decides_at):
            # no decision waits for it any more
            continue
        day = gate_day(launch, gate)
        passed = day is not None and day < launch.today
        checks = [
            check.title
            for check in gate.open_checks(launch.today)
            if (check.offered or passed) and check.waived_until is None
        ]
        if checks:
            yield ToDecide(
                wanted=Wanted.GATE,
                who=_acting(launch, gate.owner),
                title=gate.title,
                key=gate.stage,
                due=day,
                checks=tuple(checks),
            )
        for check in gate.checks:
            if _waiver_ends(check, today=launch.today):
                yield ToDecide(
                    wanted=Wanted.WAIVER,
                    who=_acting(launch, launch.lead),
                    title=gate.title,
                    key=gate.stage,
                    until=check.waived_until,
                    checks=(check.title,),
                )


def gate_day(launch: LaunchView, gate: GateState) -> date | None:
    """Return the last due day of the work of a gate's stage, None without work."""
    days = [
        task.due
        for task in launch.tasks
        if task.stage == gate.stage and task.status is not TaskStatus.DROPPED
    ]
    return max(days, default=None)


def _waiver_ends(check: CheckState, *, today: date) -> bool:
    """Whether a waiver ends soon, or has ended, and the check is still open."""
    until = check.waived_until
    return check.checked_by is None and until is not None and until - AHEAD <= today


def _acting(launch: LaunchView, person: str) -> str:
    """Return a person, or the one who acts for them."""
    return (launch.away.of(person) if launch.away else None) or person
