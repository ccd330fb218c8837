"""A running launch at one glance, for the first page of its plan."""

from __future__ import annotations

from launch_kits.database.records import LaunchStatus
from launch_kits.documents.facts import OpenGate, Outlook, SlipLine
from launch_kits.inputs.brief import Brief
from launch_kits.views.landing import STATES
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.headline import decisions
from launch_kits.views.reader import Reader

__all__ = ["outlook_of"]


def outlook_of(view: LaunchView, *, brief: Brief) -> Outlook | None:
    """Sum up a launch as things stand; None if it has ended."""
    if view.status != LaunchStatus.RUNNING:
        return None
    titles = {task.key: task.title for task in view.tasks}
    reader = Reader(
        view.today,
        brief.zone(),
        view.plan.given.calendar,
        {person.email: person.name for person in brief.team.values()},
    )
    return Outlook(
        state=STATES[view.state],
        lands_on=view.lands_on,
        because=tuple(
            SlipLine(
                titles[share.task] if share.task else "The plan itself", share.days
            )
            for share in view.because
        ),
        asks=tuple(decisions(view, reader)),
        slips=(),
        gates=tuple(_open_gates(view, reader)),
    )


def _open_gates(view: LaunchView, reader: Reader) -> list[OpenGate]:
    stages = {task.stage: task.stage_title for task in view.tasks}
    return [
        OpenGate(
            gate.title,
            stages.get(gate.stage, gate.stage),
            reader.name(gate.owner),
            tuple(check.title for check in gate.open_checks(view.today)),
        )
        for gate in view.gates
        if gate.hard and gate.open_checks(view.today)
    ]
