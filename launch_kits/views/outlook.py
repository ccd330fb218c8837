"""A running launch at one glance, for the first page of its plan."""

from __future__ import annotations

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.documents.dates import day
from launch_kits.documents.facts import OpenGate, Outlook, SlipLine
from launch_kits.inputs.brief import Brief
from launch_kits.views.landing import causes, in_words
from launch_kits.views.launch import LaunchView
from launch_kits.views.levelled import short_as_planned
from launch_kits.views.notices.headline import decisions
from launch_kits.views.reader import Reader
from launch_kits.views.slips import LaunchSlips

__all__ = ["outlook_of"]

#: slips that are named
LARGEST = 3


def outlook_of(view: LaunchView, slips: LaunchSlips, *, brief: Brief) -> Outlook | None:
    """Sum up a launch as things stand; None if it has ended."""
    if view.status != LaunchStatus.RUNNING:
        return None
    reader = Reader(
        view.today,
        brief.zone(),
        view.plan.given.calendar,
        {person.email: person.name for person in brief.team.values()},
    )
    words = in_words(view, day=day)
    return Outlook(
        state=words.state,
        launched=words.said if words.past else None,
        lands_on=view.lands_on,
        because=tuple(
            SlipLine(cause, days) for cause, days in causes(view, title="“{}”".format)
        ),
        short=short_as_planned(view),
        asks=tuple(decisions(view, reader)),
        slips=tuple(_largest(slips)),
        gates=tuple(_open_gates(view, reader)),
    )


def _largest(found: LaunchSlips) -> list[SlipLine]:
    """The due days that slipped most, each with the last reason given."""
    slipped = [
        (each.slip.days(found.calendar), each)
        for each in found.tasks
        if each.task.status != TaskStatus.DROPPED
    ]
    slipped.sort(key=lambda pair: -pair[0])
    return [
        SlipLine(
            each.task.title,
            days,
            next(
                (change.why for change in reversed(each.slip.changes) if change.why),
                None,
            ),
        )
        for days, each in slipped[:LARGEST]
        if days > 0
    ]


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
