"""Closed messages: when there is nothing left to do about one, and the line that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from launch_kits.database.records import (
    Closing,
    ExtensionStatus,
    LaunchStatus,
    Notice,
    NoticeKind,
    TaskStatus,
)
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.news_events import bracketed
from launch_kits.views.notices.text import capitalize, quoted, shorten, stopped
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
    if "content" in notice.facts:
        return _content_asked(launch, task)
    question = notice.kind == NoticeKind.REVIEW
    answered = _answered(notice, launch, task) if question else None
    return answered or _ended(launch, task) or _past(notice, task)


def closed_message(
    facts: Mapping[str, Any], notice: Notice, launch: LaunchView, *, reader: Reader
) -> NoticeMessage:
    """Write the one line of a closed message, the same on every later day."""
    on = iso_day(facts.get("on"))
    then = replace(reader, today=on) if on else reader
    closed = _Closed(facts, notice, launch, then)
    line = _LINES[Closing(facts["why"])](closed)
    return NoticeMessage(sentence=stopped(capitalize(line)))


def _ended(launch: LaunchView, task: TaskView) -> _Facts | None:
    """Return how the task or its launch ended, or None if there is still work to do."""
    if task.done_at is not None:
        return _why(Closing.DONE, **_done_by(task))
    if not task.open:
        return _why(Closing.DROPPED, by=task.closed_by, note=task.dropped_why)
    if launch.status != LaunchStatus.RUNNING:
        return _why(Closing.ENDED, status=str(launch.status))
    return None


def _content_asked(launch: LaunchView, task: TaskView) -> _Facts | None:
    """Return why no one has to approve the new content of a finished task any more."""
    if task.status is not TaskStatus.DONE:
        return _why(Closing.ANSWERED, answer="answered")
    if launch.status == LaunchStatus.CANCELLED:
        return _why(Closing.ENDED, status=str(launch.status))
    return None


def _past(notice: Notice, task: TaskView) -> _Facts | None:
    """Return why a message about an open task is over for its reader."""
    match notice.kind:
        case NoticeKind.TASK:
            return _with_another(notice, task)
        case NoticeKind.NUDGE:
            return _another_reminded(notice, task)
        case NoticeKind.ESCALATION:
            return _helped(notice, task)
        case _:
            return None


def _with_another(notice: Notice, task: TaskView) -> _Facts | None:
    """Return that the reader does not hold a task, or None if they do."""
    holders = [person.lower() for person in (task.owner, task.in_hands_of) if person]
    if notice.to.lower() in holders:
        return None
    return _why(Closing.HANDED_ON, to=task.owner)


def _another_reminded(notice: Notice, task: TaskView) -> _Facts | None:
    """Return why a reminder is over, or None if it is still the reader's turn."""
    if task.awaited is None:
        return _why(Closing.WAITS)
    to = notice.to.lower()
    if to == task.awaited.lower():
        return None
    away = to == _turn_of(task).lower()
    return _handed_to(task.awaited, away=away)


def _handed_to(person: str, *, away: bool) -> _Facts:
    """Return that a person has the work; ``away`` if its reader is away only."""
    if away:
        return _why(Closing.HANDED_ON, to=person, away=True)
    return _why(Closing.HANDED_ON, to=person)


def _turn_of(task: TaskView) -> str:
    """Return the person who works on a task, or approves it, unless they are away."""
    if task.status is TaskStatus.REVIEW and task.approver:
        return task.approver
    return task.owner


def _helped(notice: Notice, task: TaskView) -> _Facts | None:
    """Return why no help is needed any more, or None if it is."""
    if not task.overdue:
        return _why(Closing.IN_TIME, due=task.due.isoformat())
    since = task.went_on_at
    if since is None or since <= notice.filed_at or task.status is TaskStatus.BLOCKED:
        return None
    if task.status is TaskStatus.REVIEW:
        return _why(Closing.GOES_ON, to=_turn_of(task))
    return _why(Closing.GOES_ON)


def _answered(notice: Notice, launch: LaunchView, task: TaskView) -> _Facts | None:
    """Return why a question is over, or None if its reader is still asked."""
    until = iso_day(notice.facts.get("until"))
    if until is not None:
        return _more_time_answered(notice, launch, task, until)
    answer = _APPROVALS.get(task.status)
    if answer is not None:
        return _why(Closing.ANSWERED, answer=answer, **_done_by(task))
    return _ended(launch, task) or _asked_another(notice, launch, task)


def _more_time_answered(
    notice: Notice, launch: LaunchView, task: TaskView, until: date
) -> _Facts | None:
    """Return why a question about more time is over, or None if its reader is still asked."""
    answer = dict(task.requests).get(until)
    given = _why(Closing.ANSWERED, answer=answer, due=task.due.isoformat())
    if answer in _GIVEN:
        return given
    ended = _ended(launch, task)
    if ended is not None:
        return ended
    if task.asked_until != until:
        return given
    return _asked_another(notice, launch, task)


def _asked_another(notice: Notice, launch: LaunchView, task: TaskView) -> _Facts | None:
    """Return the person who is asked instead of the reader, or None if they are asked."""
    to = notice.to.lower()
    more_time = "until" in notice.facts
    person = launch.lead if more_time else task.approver
    if person is None:
        return None
    for_another = notice.facts.get("for") is not None
    if to == person.lower() and not for_another:
        return None
    deputy = None
    if launch.away:
        deputy = launch.away.of(person, besides=[task.owner])
    if deputy is None and not more_time:
        deputy = task.in_hands_of
    asked = deputy or person
    if to == asked.lower():
        return None
    return _handed_to(asked, away=to == person.lower())


#: the answers of the lead to a request for more time
_GIVEN = (ExtensionStatus.GRANTED, ExtensionStatus.REFUSED)
#: the status after a question whether work is approved → its answer
_APPROVALS: Mapping[TaskStatus, str] = {
    TaskStatus.DONE: "approved",
    TaskStatus.DOING: "sent back",
    TaskStatus.READY: "answered",
    TaskStatus.WAITING: "answered",
}


def _done_by(task: TaskView) -> _Facts:
    """Return when a task was done, and the person who finished or approved it."""
    if task.done_at is None:
        return {}
    return {"at": task.done_at.isoformat(), "by": task.closed_by}


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
    def question(self) -> bool:
        """Whether it asked for an answer."""
        return self.notice.kind == NoticeKind.REVIEW

    @property
    def title(self) -> str:
        """The title of the task in quotes, or its key if the launch no longer has it."""
        key = self.notice.task
        task = self.launch.task(key) if key else None
        return quoted(task.title if task else key or self.product)

    @property
    def product(self) -> str:
        """What is launched."""
        return shorten(self.launch.product)

    @property
    def named(self) -> str:
        """The task with its launch."""
        return f"{self.title} ({self.product})"

    @property
    def on(self) -> str:
        """The day on which the work was done, after a space; empty without one."""
        at = iso_instant(self.facts.get("at"))
        return f" {self.reader.day(at)}" if at else ""

    @property
    def by(self) -> str:
        """The person who finished or approved it, after `` by ``; empty without one."""
        person = self.facts.get("by")
        if not isinstance(person, str):
            return ""
        mine = person.lower() == self.notice.to.lower()
        return f" by {'you' if mine else shorten(self.reader.name(person))}"

    @property
    def approved(self) -> bool:
        """Whether another person than the owner approved it."""
        task = self.launch.task(self.notice.task) if self.notice.task else None
        by = self.facts.get("by")
        if task is None or not isinstance(by, str) or task.approver is None:
            return False
        return by.lower() == task.approver.lower() != task.owner.lower()

    @property
    def due(self) -> str:
        """The due day; `as before` if it is not known."""
        due = iso_day(self.facts.get("due"))
        return self.reader.day(due) if due else "as before"


def _done(closed: _Closed) -> str:
    by = f", approved{closed.by}" if closed.approved else closed.by
    return f"done{closed.on}{by}: {closed.named}"


def _dropped(closed: _Closed) -> str:
    why = bracketed(str(closed.facts.get("note") or ""))
    dropped = f"{closed.named} was dropped{closed.by}{why}"
    if closed.question:
        return f"no answer is needed any more: {dropped}"
    return f"{dropped}, so nothing is left to do"


def _nothing_left(closed: _Closed) -> str:
    left = "no answer is needed" if closed.question else "nothing is left to do"
    status = closed.facts.get("status")
    return f"{closed.product} is {status}, so {left} for {closed.title}"


def _handed_on(closed: _Closed) -> str:
    name = shorten(closed.reader.name(str(closed.facts.get("to"))))
    has = "answers for" if closed.question else "has"
    if closed.facts.get("away"):
        return f"{name} {has} {closed.named} while you are away"
    return f"{name} {has} {closed.named} now, so nothing is left for you to do"


def _answer(closed: _Closed) -> str:
    named, due = closed.named, closed.due
    told = {
        "approved": f"approved{closed.on}{closed.by}: {named}",
        "sent back": f"sent back: {named}",
        "answered": f"no answer is needed any more for {named}",
        ExtensionStatus.GRANTED: f"more time granted: {named} is now due {due}",
        ExtensionStatus.REFUSED: f"more time refused: {named} stays due {due}",
        ExtensionStatus.LAPSED: f"more time is no longer asked for: {named} is due {due}",
    }
    other = f"no answer is needed any more: {named} is due {due}"
    return told.get(str(closed.facts.get("answer")), other)


def _goes_on(closed: _Closed) -> str:
    to = closed.facts.get("to")
    if not isinstance(to, str):
        return f"no help is needed any more: the work on {closed.named} goes on"
    mine = to.lower() == closed.notice.to.lower()
    name = "you" if mine else shorten(closed.reader.name(to))
    answers = f"{name} {'are' if mine else 'is'} asked to approve it"
    return f"no help is needed any more: {closed.named} is handed in, and {answers}"


_LINES: Mapping[Closing, Callable[[_Closed], str]] = {
    Closing.DONE: _done,
    Closing.DROPPED: _dropped,
    Closing.ENDED: _nothing_left,
    Closing.HANDED_ON: _handed_on,
    Closing.ANSWERED: _answer,
    Closing.REPLACED: lambda it: f"a newer message tells of {it.named}",
    Closing.IN_TIME: lambda it: (
        f"no help is needed any more: {it.named} is due {it.due}"
    ),
    Closing.GOES_ON: _goes_on,
    Closing.WAITS: lambda it: f"{it.named} waits for other work again",
    Closing.GONE: lambda it: f"a task was taken out of {it.product}",
    Closing.DELETED: lambda it: f"the message about {it.named} was deleted",
}
