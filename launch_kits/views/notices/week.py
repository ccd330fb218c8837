"""The sponsor's week of a launch, in five lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from launch_kits.views.decisions import ToDecide, to_decide
from launch_kits.views.landing import STATES, behind_by, landing
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.decision_text import asked_text
from launch_kits.views.notices.headline import bar
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.text import capitalize, quoted, shorten, stopped
from launch_kits.views.reader import Reader, count, listed

__all__ = ["week"]

#: names in one of the week's lines
FEW = 3


def week(launch: LaunchView, *, reader: Reader, to: str) -> NoticeMessage:
    """Write a launch's week: readiness, done, due, risks and decisions, a line each.

    ``to`` is the email of the reader: decisions of others are only counted.
    """
    mine, others = _decisions(launch, to)
    lines = [
        _readiness(launch, reader),
        _done(launch),
        _coming(launch),
        _risks(launch, reader),
        _asks(mine, others, reader),
    ]
    asked = count(len(mine), "decision") if mine else "no decision"
    late = f", {count(launch.late, 'task')} late" if launch.late else ""
    told = f"{STATES[launch.state]}, {launch.percent}% ready{late}, {asked} for you"
    return NoticeMessage(
        sentence=f"{shorten(launch.product)} this week: {told}.",
        paragraphs=["\n".join(map(stopped, lines))],
    )


def _readiness(launch: LaunchView, reader: Reader) -> str:
    ready = f"{launch.percent}% ready"
    return f"{bar(launch.readiness)} {ready}, launch day {reader.day(launch.launch_on)}"


def _done(launch: LaunchView) -> str:
    since = launch.today - timedelta(days=7)
    done = [
        task for task in launch.tasks if task.done_at and task.done_at.date() >= since
    ]
    return f"Done in the last week: {_named(done)}"


def _coming(launch: LaunchView) -> str:
    until = launch.today + timedelta(days=7)
    coming = [task for task in launch.open_tasks if launch.today <= task.due <= until]
    return (
        f"Due in the week to come: {_named(sorted(coming, key=lambda task: task.due))}"
    )


def _risks(launch: LaunchView, reader: Reader) -> str:
    at_risk = [task for task in launch.open_tasks if task.overdue or _float(task) < 0]
    at_risk.sort(key=lambda task: (_float(task), task.due))
    behind = behind_by(launch)
    late = f", {count(behind, 'working day')} behind" if behind else ""
    lands = landing(launch, day=reader.day)
    told = f"At risk: {_named(at_risk)}{late}"
    return f"{told}. {capitalize(lands)}" if lands else told


def _float(task: TaskView) -> int:
    return task.float_days or 0


def _decisions(launch: LaunchView, to: str) -> tuple[list[ToDecide], list[ToDecide]]:
    """Split the decisions into those of the reader and those of others."""
    found, own = to_decide(launch), to.casefold()
    mine = [each for each in found if each.who.casefold() == own]
    return mine, [each for each in found if each.who.casefold() != own]


def _asks(mine: Sequence[ToDecide], others: Sequence[ToDecide], reader: Reader) -> str:
    found = listed((asked_text(each, reader) for each in mine), most=FEW)
    told = f"For you to decide: {'; '.join(found) if found else 'nothing'}"
    people = Counter(shorten(reader.name(each.who)) for each in others)
    if not people:
        return told
    waits = [f"{name} ({number})" for name, number in people.most_common()]
    waits = waits if len(people) > 1 else [*people]
    decisions = count(len(others), "more decision" if mine else "decision")
    verb = "waits" if len(others) == 1 else "wait"
    return f"{told}. {decisions} {verb} for {', '.join(listed(waits, most=FEW))}"


def _named(tasks: Sequence[TaskView]) -> str:
    if not tasks:
        return "nothing"
    named = (f"{quoted(task.title)} ({shorten(task.owner_name)})" for task in tasks)
    return "; ".join(listed(named, most=FEW))
