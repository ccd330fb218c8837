"""Closed messages: when there is nothing left to do about one, and the line that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from launch_kits.database.records import (
    Closing,
    EventVerb,
    ExtensionStatus,
    LaunchStatus,
    Notice,
    NoticeKind,
    TaskStatus,
)
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.text import shorten
from launch_kits.views.reader import Reader, iso_day, iso_instant

__all__ = ["closed_message", "closing"]

#: the kinds that end with their task
_ABOUT_TASKS = frozenset(
    [NoticeKind.TASK, NoticeKind.REVIEW, NoticeKind.NUDGE, NoticeKind.ESCALATION]
)

_Facts = dict[str, Any]


def closing(notice: Notice, launch: LaunchView) -> _Facts | None:
    """Return why nothing is left to do about a message, or None if something is.

    The facts are ``why``, a member of `Closing`, and those that the member lists.
    """
    if notice.kind not in _ABOUT_TASKS or notice.task is None:
        return None
    task = launch.task(notice.task)
    if task is None:
        return _why(Closing.GONE)
    question = notice.kind == NoticeKind.REVIEW
    answered = _answered(notice, launch, task) if question else None
    return answered or _ended(launch, task) or _past(notice, task)


def closed_message(
    facts: Mapping[str, Any], notice: Notice, launch: LaunchView, *, reader: Reader
) -> NoticeMessage:
    """Write the one line of a closed message, the same on every later day."""
    on = iso_day(facts.get("on"))
    then = replace(reader, today=on) if on else reader
    line = _LINES[Closing(facts["why"])](_Closed(facts, notice, launch, then))
    return NoticeMessage(sentence=line, paragraphs=[line])


def _ended(launch: LaunchView, task: TaskView) -> _Facts | None:
    """Return how the task or its launch ended, or None if there is still work to do."""
    if task.done_at is not None:
        return _why(Closing.DONE, at=task.done_at.isoformat())
    if not task.open:
        return _why(Closing.DROPPED)
    if launch.status != LaunchStatus.RUNNING:
        return _why(Closing.ENDED, status=str(launch.status))
    return None


def _past(notice: Notice, task: TaskView) -> _Facts | None:
    """Return why a message about an open task is over for its reader."""
    to = notice.to.lower()
    if notice.kind == NoticeKind.TASK:
        holders = [each.lower() for each in (task.owner, task.in_hands_of) if each]
        return None if to in holders else _why(Closing.HANDED_ON, to=task.owner)
    if notice.kind == NoticeKind.NUDGE:
        if task.awaited is None:
            return _why(Closing.WAITS)
        same = to == task.awaited.lower()
        return None if same else _why(Closing.HANDED_ON, to=task.awaited)
    if notice.kind == NoticeKind.ESCALATION and not task.overdue:
        return _why(Closing.IN_TIME, due=task.due.isoformat())
    return None


def _answered(notice: Notice, launch: LaunchView, task: TaskView) -> _Facts | None:
    """Return why a question is over, or None if its reader is still asked."""
    until = iso_day(notice.facts.get("until"))
    if until is None:
        answer = _APPROVALS.get(task.status)
        if answer is not None:
            return _why(Closing.ANSWERED, answer=answer)
    elif task.asked_until != until:
        answer = dict(task.requests).get(until)
        return _why(Closing.ANSWERED, answer=answer, due=task.due.isoformat())
    if not task.open or launch.status != LaunchStatus.RUNNING:
        return None
    person = launch.lead if until else task.approver or task.owner
    away = launch.away
    asked = (away.of(person, besides=[task.owner]) if away else None) or person
    to, own = notice.to.lower(), notice.facts.get("for") is None
    if to == asked.lower() or (own and to == person.lower()):
        return None
    return _why(Closing.HANDED_ON, to=asked)


#: the status after a question whether work is approved → its answer
_APPROVALS: Mapping[TaskStatus, str] = {
    TaskStatus.DONE: "approved",
    TaskStatus.DOING: "sent back",
    TaskStatus.READY: "answered",
    TaskStatus.WAITING: "answered",
}


def _why(why: Closing, **facts: object) -> _Facts:
    return {"why": str(why), **facts}


@dataclass(frozen=True, slots=True)
class _Closed:
    """A closed message, with its reader on the day on which it was closed."""

    facts: Mapping[str, Any]
    notice: Notice
    launch: LaunchView
    reader: Reader

    @property
    def title(self) -> str:
        """The title of the task in quotes, or its key if the launch no longer has it."""
        key = self.notice.task
        task = self.launch.task(key) if key else None
        return f'"{shorten(task.title if task else key or self.launch.product)}"'

    @property
    def by(self) -> str:
        """`` by you``, or by another person; empty if no one is named."""
        person = self.facts.get("by")
        if not isinstance(person, str):
            return ""
        mine = person.lower() == self.notice.to.lower()
        return f" by {'you' if mine else shorten(self.reader.name(person))}"

    @property
    def due(self) -> str:
        """``, due Fri 4 Dec``; empty without a day."""
        due = iso_day(self.facts.get("due"))
        return f", due {self.reader.day(due)}" if due else ""

    @property
    def to(self) -> str:
        """The name of the person who has it now."""
        return shorten(self.reader.name(str(self.facts.get("to"))))


def _done(closed: _Closed) -> str:
    at = iso_instant(closed.facts.get("at"))
    on = f" on {closed.reader.day(at)}" if at else ""
    done = "approved" if closed.facts.get("act") == EventVerb.APPROVE else "done"
    return f"{closed.title} was {done}{closed.by}{on}."


def _nothing_left(closed: _Closed) -> str:
    ended = f"{shorten(closed.launch.product)} is {closed.facts.get('status')}"
    return f"{closed.title}: nothing is left to do, {ended}."


def _answer(closed: _Closed) -> str:
    answer, more_time = closed.facts.get("answer"), f"More time for {closed.title}"
    told = {
        "approved": f"{closed.title} was approved{closed.by}",
        "sent back": f"{closed.title} was sent back{closed.by}",
        "answered": f"The question about {closed.title} was answered",
        ExtensionStatus.GRANTED: f"{more_time} was granted{closed.by}{closed.due}",
        ExtensionStatus.REFUSED: f"{more_time} was refused{closed.by}{closed.due}",
    }
    lapsed = f"{more_time} is no longer asked for{closed.due}"
    return f"{told.get(str(answer), lapsed)}."


_LINES: Mapping[Closing, Callable[[_Closed], str]] = {
    Closing.DONE: _done,
    Closing.DROPPED: lambda it: f"{it.title} was dropped{it.by}.",
    Closing.ENDED: _nothing_left,
    Closing.HANDED_ON: lambda it: f"{it.title} is now with {it.to}.",
    Closing.ANSWERED: _answer,
    Closing.REPLACED: lambda it: f"A newer message tells of {it.title}.",
    Closing.IN_TIME: lambda it: f"{it.title} is no longer late{it.due}.",
    Closing.WAITS: lambda it: f"{it.title} waits for other work again.",
    Closing.GONE: lambda it: f"{it.title} is no longer part of the launch.",
    Closing.DELETED: lambda it: f"The message about {it.title} was deleted.",
}
