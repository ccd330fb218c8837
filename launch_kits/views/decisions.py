"""The decisions that a launch waits for, and the person who takes each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from launch_kits.database.records import AWAITED, LaunchStatus, TaskStatus
from launch_kits.plan.readiness import CheckState, GateState, waited_for
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.launch import LaunchView, TaskView

__all__ = ["gate_day", "to_decide", "turn_of"]

#: days before its last one on which a waiver is to be looked at
AHEAD = timedelta(3)


def to_decide(launch: LaunchView) -> list[ToDecide]:
    """Return the decisions that a running launch waits for, those about more time first."""
    if launch.status != LaunchStatus.RUNNING:
        return []
    found = [*_about_tasks(launch), *_about_gates(launch)]
    order = list(AnswerKind)
    return sorted(found, key=lambda each: order.index(each.wanted))


def turn_of(task: TaskView, launch: LaunchView) -> tuple[str, str | None]:
    """Return who works on an open task, in review who approves it, and who they act for.

    A person who is back has their work again, even if no sweep has given it back yet.
    """
    reviewed = task.status is TaskStatus.REVIEW
    person = (reviewed and task.approver) or task.owner
    if reviewed and not task.approver:
        person = launch.lead
    acting = task.acting
    if acting is None or acting.casefold() == person.casefold():
        return person, None
    besides = [task.owner] if reviewed else []
    if launch.away and launch.away.of(person, besides=besides) is None:
        return person, None
    return acting, person


def _about_tasks(launch: LaunchView) -> Iterator[ToDecide]:
    for task in launch.open_tasks:
        if task.asked_until:
            lead = _acting(launch, launch.lead, besides=[task.owner])
            yield _about(task, AnswerKind.MORE_TIME, lead, task.asked_until)
        if task.status is TaskStatus.BLOCKED:
            yield _about(task, AnswerKind.BLOCKED, _acting(launch, launch.lead))
        if task.status is TaskStatus.REVIEW:
            yield _about(task, AnswerKind.REVIEW, turn_of(task, launch))
        if task.decides:
            now = task.status in AWAITED and task.status is not TaskStatus.REVIEW
            wanted = AnswerKind.DECISION if now else AnswerKind.DECISION_AHEAD
            yield _about(task, wanted, turn_of(task, launch))


def _about(
    task: TaskView,
    wanted: AnswerKind,
    who: tuple[str, str | None],
    until: date | None = None,
) -> ToDecide:
    return ToDecide(
        wanted=wanted,
        who=who[0],
        instead_of=who[1],
        title=task.title,
        key=task.key,
        owner=task.owner_name,
        due=task.due,
        until=until,
        why=task.blocked_by if wanted is AnswerKind.BLOCKED else None,
    )


def _about_gates(launch: LaunchView) -> Iterator[ToDecide]:
    lead, for_lead = _acting(launch, launch.lead)
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
        owner, instead_of = _acting(launch, gate.owner)
        if checks:
            yield ToDecide(
                wanted=AnswerKind.GATE,
                who=owner,
                instead_of=instead_of,
                title=gate.title,
                key=gate.stage,
                due=day,
                checks=tuple(checks),
            )
        for check in gate.checks:
            if _waiver_ends(check, today=launch.today):
                yield ToDecide(
                    wanted=AnswerKind.WAIVER,
                    who=lead,
                    instead_of=for_lead,
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


def _acting(
    launch: LaunchView, person: str, *, besides: Collection[str] = ()
) -> tuple[str, str | None]:
    """Return a person and None, or the one who acts for them, and the person."""
    deputy = launch.away.of(person, besides=besides) if launch.away else None
    return (deputy, person) if deputy else (person, None)
