"""The gates of a launch.

The checks of its kit, with those that were passed or waived, and the decisions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from launch_kits.database.records import (
    Decision,
    GateCheck,
    Launch,
    Task,
    TaskStatus,
    Waiver,
)
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.gates import Gate
from launch_kits.inputs.kit import Stage
from launch_kits.plan.readiness import CheckState, GateState

__all__ = ["last_decision", "read_gates"]


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
        stage
        for stage in brief.kit_in_place.stages
        if stage.gate and stage.key in stages
    ]
    if not found:
        return ()
    checked = {
        (each.stage, each.number): each
        for each in session.exec(
            select(GateCheck).where(GateCheck.launch == launch.slug)
        ).all()
    }
    query = select(Waiver).where(Waiver.launch == launch.slug).order_by(col(Waiver.id))
    waived = {(each.stage, each.number): each for each in session.exec(query).all()}
    return tuple(
        GateState(
            stage=stage.key,
            title=gate.title,
            owner=brief.holder(gate.role).email,
            hard=gate.hard,
            before_launch=not gate.after_launch
            and _comes_before(launch, stages[stage.key]),
            checks=_checks(stage, gate, checked, waived, brief.zone()),
        )
        for stage in found
        if (gate := stage.gate)
    )


def _comes_before(launch: Launch, tasks: Collection[Task]) -> bool:
    return any(task.start < launch.launch_on for task in tasks)


def _checks(
    stage: Stage,
    gate: Gate,
    checked: Mapping[tuple[str, int], GateCheck],
    waived: Mapping[tuple[str, int], Waiver],
    zone: ZoneInfo,
) -> tuple[CheckState, ...]:
    found = []
    for number, check in enumerate(gate.checks, 1):
        done = checked.get((stage.key, number))
        waiver = waived.get((stage.key, number))
        found.append(
            CheckState(
                number,
                check.title,
                check.evidence == "required",
                checked_by=done.by if done else None,
                checked_on=done.at.astimezone(zone).date() if done else None,
                link=done.link if done else None,
                waived_by=waiver.by if waiver else None,
                waived_until=waiver.until if waiver else None,
                waived_why=waiver.note if waiver else None,
            )
        )
    return tuple(found)


def last_decision(session: Session, slug: str) -> Decision | None:
    """The last decision, or None."""
    return session.exec(
        select(Decision)
        .where(Decision.launch == slug)
        .order_by(col(Decision.id).desc())
    ).first()
