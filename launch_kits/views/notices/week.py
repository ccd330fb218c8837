"""The sponsor's week of a launch, in five lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from launch_kits.views.announced_words import announced
from launch_kits.views.decisions import ToDecide, to_decide
from launch_kits.views.landing import STATES, behind_by, landing
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.levelled import short_as_planned
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
    told = f"{STATES[launch.state]}, {launch.percent}% ready"
    if launch.late:
        told += f", {count(launch.late, 'task')} late"
    asked = count(len(mine), "decision") if mine else "no decision"
    return NoticeMessage(
        sentence=f"{shorten(launch.product)} this week: {told}, {asked} for you.",
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
    coming.sort(key=lambda task: task.due)
    return f"Due in the week to come: {_named(coming)}"


def _risks(launch: LaunchView, reader: Reader) -> str:
    at_risk = [task for task in launch.open_tasks if task.overdue or _float(task) < 0]
    at_risk.sort(key=lambda task: (_float(task), task.due))
    told = f"At risk: {_named(at_risk)}"
    behind = behind_by(launch)
    if behind:
        told += f", {count(behind, 'working day')} behind"
    lands = landing(launch, day=reader.day)
    if lands:
        told += f". {capitalize(lands)}"
    short = short_as_planned(launch)
    if short:
        told += f". {capitalize(short)}"
    return ". ".join([told, *announced(launch, title=quoted)])


def _float(task: TaskView) -> int:
    return task.float_days or 0


def _decisions(launch: LaunchView, to: str) -> tuple[list[ToDecide], list[ToDecide]]:
    """Split the decisions into those of the reader and those of others."""
    mine = []
    others = []
    for each in to_decide(launch):
        if each.who.casefold() == to.casefold():
            mine.append(each)
        else:
            others.append(each)
    return mine, others


def _asks(mine: Sequence[ToDecide], others: Sequence[ToDecide], reader: Reader) -> str:
    asked = [asked_text(each, reader) for each in mine]
    told = "; ".join(listed(asked, most=FEW)) or "nothing"
    if others:
        noun = "more decision" if mine else "decision"
        told += f". {count(len(others), noun)} {_waits(others, reader)}"
    return f"For you to decide: {told}"


def _waits(decisions: Sequence[ToDecide], reader: Reader) -> str:
    """Name the people that decisions wait for; of several people, with the number of each."""
    people = Counter(shorten(reader.name(each.who)) for each in decisions)
    names = list(people)
    if len(people) > 1:
        names = [f"{name} ({number})" for name, number in people.most_common()]
    verb = "waits" if len(decisions) == 1 else "wait"
    return f"{verb} for {', '.join(listed(names, most=FEW))}"


def _named(tasks: Sequence[TaskView]) -> str:
    if not tasks:
        return "nothing"
    named = (f"{quoted(task.title)} ({shorten(task.owner_name)})" for task in tasks)
    return "; ".join(listed(named, most=FEW))
