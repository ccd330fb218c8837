"""The sponsor's week of a launch: the decisions that wait for its reader, and five lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from launch_kits.database.records import TaskStatus
from launch_kits.views.announced_words import announced
from launch_kits.views.answer_kinds import ToDecide
from launch_kits.views.decisions import to_decide
from launch_kits.views.landing import LaunchWords, behind_by, in_words
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.levelled import short_as_planned
from launch_kits.views.notices.asked_message import asked_subject
from launch_kits.views.notices.decision_text import asked_text, in_place_of
from launch_kits.views.notices.headline import bar
from launch_kits.views.notices.message import Item, ItemGroup, NoticeMessage
from launch_kits.views.notices.text import (
    capitalize,
    clean,
    cut,
    quoted,
    shorten,
    stopped,
)
from launch_kits.views.owed import late_questions, owed_by
from launch_kits.views.reader import Reader, count, listed

__all__ = ["week"]

#: names in one of the week's lines, and decisions of the reader
FEW = 3
NAMED = 10
#: characters of a reason
REASON = 100


def week(launch: LaunchView, *, reader: Reader, to: str) -> NoticeMessage:
    """Write a launch's week: the decisions of its reader first, then five lines.

    These are readiness, finished tasks, next tasks, risks, and the decisions of others. ``to`` is
    the email of the reader.
    """
    mine, others = _decisions(launch, to)
    words = in_words(launch, day=reader.day)
    lines = [
        _readiness(launch, words, reader),
        _done(launch),
        _coming(launch),
        _risks(launch, words),
        _of_others(others, reader),
    ]
    told = words.state if words.over else f"{words.state}, {words.progress}"
    if launch.late:
        told += f", {count(launch.late, 'task')} late"
    items = [_asked(each, launch, reader) for each in mine]
    group = ItemGroup("For you to decide", items[:NAMED], max(0, len(items) - NAMED))
    return NoticeMessage(
        sentence=_sentence(shorten(launch.product), told, items),
        groups=[group] if mine else [],
        below=["\n".join(map(stopped, lines))],
    )


def _sentence(product: str, told: str, items: Sequence[Item]) -> str:
    """Name the first decision of the reader, and how the launch is."""
    if not items:
        return f"{product} this week: {told}, no decision for you."
    asked = f"{count(len(items), 'decision')} for you ({product})"
    joined = ". First" if len(items) > 1 else ""
    return f"{asked}{joined}: {stopped(items[0].text)} This week: {told}."


def _asked(each: ToDecide, launch: LaunchView, reader: Reader) -> Item:
    """Write a decision of the reader; its line leads to the message that asks for it."""
    until = launch.away.away_until(each.instead_of or "") if launch.away else None
    behind = in_place_of(each.instead_of, until, reader)
    return Item(
        text=f"{asked_text(each, reader)}{behind}",
        subject=asked_subject(each, launch.slug),
        ask=each,
    )


def _readiness(launch: LaunchView, words: LaunchWords, reader: Reader) -> str:
    if words.over:
        return f"{bar(launch.readiness)} {words.said}"
    when = words.said if words.past else f"launch day {reader.day(launch.launch_on)}"
    return f"{bar(launch.readiness)} {words.progress}, {when}"


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


def _risks(launch: LaunchView, words: LaunchWords) -> str:
    at_risk = [
        task
        for task in launch.open_tasks
        if task.overdue or _float(task) < 0 or task.status is TaskStatus.BLOCKED
    ]
    at_risk.sort(key=lambda task: (_float(task), task.due))
    told = f"At risk: {_named(at_risk)}"
    behind = behind_by(launch)
    if behind:
        told += f". {count(behind, 'working day')} behind"
    if words.landing:
        told += f". {capitalize(words.landing)}"
    short = None if words.past else short_as_planned(launch)
    if short:
        told += f". {capitalize(short)}"
    return ". ".join([told, *announced(launch, title=quoted)])


def _float(task: TaskView) -> int:
    return task.float_days or 0


def _decisions(launch: LaunchView, to: str) -> tuple[list[ToDecide], list[ToDecide]]:
    """Split all that is owed into that of the reader, and the decisions of others."""
    reader = to.casefold()
    decisions = [*to_decide(launch), *late_questions(launch)]
    mine = list(owed_by(launch, to).answers)
    mine += [
        each for each in decisions if each.who.casefold() == reader and each not in mine
    ]
    return mine, [each for each in decisions if each not in mine]


def _of_others(decisions: Sequence[ToDecide], reader: Reader) -> str:
    """Name the decisions of other people, each after the person who takes it."""
    named = [
        f"{shorten(reader.name(each.who))}: {asked_text(each, reader)}"
        for each in decisions
    ]
    first = listed(named, most=FEW, noun="decision")
    return f"Others decide: {'; '.join(first) or 'nothing'}"


def _named(tasks: Sequence[TaskView]) -> str:
    if not tasks:
        return "nothing"
    return "; ".join(listed(map(_titled, tasks), most=FEW, noun="task"))


def _titled(task: TaskView) -> str:
    told = f"{quoted(task.title)} ({shorten(task.owner_name)})"
    if task.status is TaskStatus.REVIEW:
        return f"{told} waits for approval"
    if task.status is not TaskStatus.BLOCKED:
        return told
    why = f": {cut(clean(task.blocked_by), REASON)}" if task.blocked_by else ""
    return f"{told} is blocked{why}"
