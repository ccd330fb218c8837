"""The gates of a launch.

The checks of its kit, with those that were passed or waived, and the decisions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from launch_kits.database.records import (
    CLOSED,
    Decision,
    GateCheck,
    Launch,
    Task,
    TaskStatus,
    Waiver,
)
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.gates import Check, Gate
from launch_kits.plan.readiness import CheckState, GateState

__all__ = [
    "decides_at",
    "deciding_task",
    "decisions_by_task",
    "last_decision",
    "read_gates",
]


@dataclass(frozen=True, slots=True)
class _GateRecords:
    """The checks and waivers of a launch, by stage and key of the check."""

    checked: Mapping[tuple[str, str], GateCheck]
    #: the last waiver of a check counts
    waived: Mapping[tuple[str, str], Waiver]
    #: task of the kit → its tasks in the launch, several if it is fanned out
    tasks: Mapping[str, Sequence[Task]]
    zone: ZoneInfo

    @classmethod
    def read(
        cls, session: Session, launch: Launch, tasks: Iterable[Task], zone: ZoneInfo
    ) -> _GateRecords:
        """Read them from the database."""
        checks = session.exec(
            select(GateCheck).where(GateCheck.launch == launch.slug)
        ).all()
        waivers = session.exec(
            select(Waiver).where(Waiver.launch == launch.slug).order_by(col(Waiver.id))
        ).all()
        of_kit: dict[str, list[Task]] = {}
        for task in tasks:
            of_kit.setdefault(task.key.partition(":")[0], []).append(task)
        return cls(
            {(each.stage, each.check_key): each for each in checks},
            {(each.stage, each.check_key): each for each in waivers},
            of_kit,
            zone,
        )


def read_gates(
    session: Session, launch: Launch, brief: Brief, tasks: Iterable[Task]
) -> tuple[GateState, ...]:
    """Read the gates of a launch, in the kit's order.

    A stage without tasks, or with dropped ones only, has no gate.
    """
    stages: dict[str, list[Task]] = {}
    for task in tasks:
        if task.status != TaskStatus.DROPPED:
            stages.setdefault(task.stage, []).append(task)
    found = [
        (position, stage)
        for position, stage in enumerate(brief.kit_in_place.stages)
        if stage.gate and stage.key in stages
    ]
    if not found:
        return ()
    kept = [task for there in stages.values() for task in there]
    records = _GateRecords.read(session, launch, kept, brief.zone())
    return tuple(
        GateState(
            stage=stage.key,
            title=gate.title,
            owner=brief.holder(gate.role).email,
            hard=gate.hard,
            before_launch=not gate.after_launch
            and _comes_before(launch, stages[stage.key]),
            checks=_checks(stage.key, gate, records),
            after_launch=gate.after_launch,
            position=position,
            open_work=tuple(
                task.title
                for task in stages[stage.key]
                if task.days and task.status not in CLOSED and task.decides is None
            ),
        )
        for position, stage in found
        if (gate := stage.gate)
    )


def _comes_before(launch: Launch, tasks: Collection[Task]) -> bool:
    return any(task.start < launch.launch_on for task in tasks)


def _checks(stage: str, gate: Gate, records: _GateRecords) -> tuple[CheckState, ...]:
    return tuple(
        _check(number, check, stage, records)
        for number, check in enumerate(gate.checks, 1)
    )


def _check(number: int, check: Check, stage: str, records: _GateRecords) -> CheckState:
    done = records.checked.get((stage, check.key))
    waiver = records.waived.get((stage, check.key))
    tasks = records.tasks.get(check.task or "", ())
    return CheckState(
        number,
        check.title,
        check.evidence == "required",
        key=check.key,
        checked_by=done.by if done else None,
        checked_at=done.at if done else None,
        checked_on=done.at.astimezone(records.zone).date() if done else None,
        link=done.link if done else None,
        waived_by=waiver.by if waiver else None,
        waived_until=waiver.until if waiver else None,
        waived_why=waiver.note if waiver else None,
        tasks=tuple(task.key for task in tasks),
        waits_for=tuple(task.key for task in tasks if task.status != TaskStatus.DONE),
        task_link=_last_link(tasks),
    )


def _last_link(tasks: Iterable[Task]) -> str | None:
    """The link of the task that was done last, of those with a link."""
    linked = [task for task in tasks if task.link and task.done_at]
    last = max(linked, key=lambda task: (task.done_at, task.position), default=None)
    return last.link if last else None


def decides_at(brief: Brief, task: Task | None) -> int | None:
    """The position of the stage of a task that decides, from 0.

    Returns None without a task, or if the kit does not have its stage.
    """
    keys = [each.key for each in brief.kit_in_place.stages]
    return keys.index(task.stage) if task and task.stage in keys else None


def deciding_task(tasks: Iterable[Task]) -> Task | None:
    """The task that the next decision is about.

    Returns the first open go or no-go task, else the last one that is done, None without any.
    """
    deciding = [
        task
        for task in tasks
        if task.decides is not None and task.status != TaskStatus.DROPPED
    ]
    open_ones = (task for task in deciding if task.status not in CLOSED)
    return next(open_ones, deciding[-1] if deciding else None)


def last_decision(session: Session, slug: str) -> Decision | None:
    """The last decision, or None."""
    return session.exec(
        select(Decision)
        .where(Decision.launch == slug)
        .order_by(col(Decision.id).desc())
    ).first()


def decisions_by_task(session: Session, slug: str) -> Mapping[str | None, Decision]:
    """Task key → the last decision on it; None is the launch as a whole."""
    query = select(Decision).where(Decision.launch == slug).order_by(col(Decision.id))
    return {each.task: each for each in session.exec(query).all()}
