"""All that one person owes, across all launches, as the lists that they open show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Generic, Protocol, TypeVar

from launch_kits.database.records import Notice, NoticeKind, TaskStatus
from launch_kits.database.store import Store
from launch_kits.views.answer_kinds import ToDecide, place_of
from launch_kits.views.concerned import launches_concerning
from launch_kits.views.decisions import turn_of
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.asked_message import about_ask
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.tasks import about_task
from launch_kits.views.owed import owed_by
from launch_kits.views.reader import Reader, count

__all__ = [
    "PersonalQueue",
    "QueuedAnswer",
    "QueuedTask",
    "read_queue",
    "task_notice_of",
]


class Contexts(Protocol):
    """The launches of a database, with their people."""

    def of(self, slug: str, /, *, now: datetime) -> MessageContext: ...


@dataclass(frozen=True, slots=True)
class QueuedTask:
    """A task that waits for a person."""

    task_notice: TaskNotice

    @property
    def launch(self) -> LaunchView:
        """The launch of the task."""
        return self.task_notice.launch

    @property
    def to(self) -> str:
        """The email of the person."""
        return self.task_notice.notice.to

    @property
    def message(self) -> NoticeMessage:
        """The message that asks for it."""
        return about_task(self.task_notice)

    @property
    def place(self) -> tuple[date, str, str]:
        """Its place in a list: the longest overdue first."""
        task = self.task_notice.task
        return task.due, task.launch, task.key

    @property
    def overdue(self) -> bool:
        """Whether its due day is over for the person."""
        return self.task_notice.overdue


@dataclass(frozen=True, slots=True)
class QueuedAnswer:
    """An answer, or help, that a person owes."""

    ask: ToDecide
    launch: LaunchView
    reader: Reader
    #: the email of the person
    to: str
    #: the task that it is about, if it is about one
    task_notice: TaskNotice | None = None

    @property
    def message(self) -> NoticeMessage:
        """The message that asks for it."""
        ask = self.ask
        seen = self.task_notice
        return about_ask(ask, self.launch, self.reader, seen, to=self.to)

    @property
    def place(self) -> tuple[date, str, str]:
        """Its place in a list: the longest overdue first."""
        day = place_of(self.ask.wanted, self.ask.due, today=self.reader.today)
        return day, self.launch.slug, self.ask.key

    @property
    def overdue(self) -> bool:
        """Whether the day or the hours for it are over."""
        if self.ask.due_at:
            return self.ask.late
        return self.ask.due is not None and self.ask.due < self.reader.today


class _Queued(Protocol):
    """An entry of a list."""

    @property
    def place(self) -> tuple[date, str, str]: ...

    @property
    def overdue(self) -> bool: ...


_Entry = TypeVar("_Entry", bound=_Queued)


@dataclass(frozen=True, slots=True)
class QueueRest:
    """How many entries follow those that a queue lists."""

    answers: int = 0
    now: int = 0
    later: int = 0
    #: of the answers and of those for now
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class PersonalQueue:
    """All that one person owes, each list with the longest overdue first."""

    #: answers and help
    answers: Sequence[QueuedAnswer] = field(default_factory=list)
    #: their own tasks that can be worked on
    now: Sequence[QueuedTask] = field(default_factory=list)
    #: their own tasks that wait for others or for a day, or that are planned for later
    later: Sequence[QueuedTask] = field(default_factory=list)
    rest: QueueRest = QueueRest()

    @property
    def overdue(self) -> int:
        """How many of the answers and tasks are overdue."""
        late = sum(each.overdue for each in self.answers)
        return late + sum(each.overdue for each in self.now) + self.rest.overdue

    @property
    def sentence(self) -> str:
        """How much it is."""
        said = [
            (len(self.answers) + self.rest.answers, "answer", " to give"),
            (len(self.now) + self.rest.now, "task", " to do"),
            (len(self.later) + self.rest.later, "task", " for later"),
        ]
        found = [f"{count(of, noun)}{end}" for of, noun, end in said if of]
        if not found:
            return "Nothing waits for you."
        *most, last = found
        told = f"You have {', '.join(most)}{' and ' if most else ''}{last}"
        return f"{told}; {self.overdue} overdue." if self.overdue else f"{told}."


@dataclass(slots=True)
class _Soonest(Generic[_Entry]):
    """The first entries of a list that grows launch by launch.

    A launch takes half a megabyte for as long as one of its entries is kept, so the others are
    only counted.
    """

    most: int | None
    first: list[_Entry] = field(default_factory=list)
    left: int = 0
    #: of those that are left
    overdue: int = 0

    def add(self, entries: Iterable[_Entry]) -> None:
        """Add the entries of a launch, each in its place."""
        found = sorted([*self.first, *entries], key=lambda each: each.place)
        self.first = found[: self.most]
        rest = found[len(self.first) :]
        self.left += len(rest)
        self.overdue += sum(each.overdue for each in rest)


def task_notice_of(
    context: MessageContext,
    key: str,
    *,
    to: str,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
) -> TaskNotice | None:
    """Return a task as a person sees it, without a notice, or None if it is gone.

    ``facts`` are those of a message about it, which the records do not hold.
    """
    task = context.view.task(key)
    if task is None:
        return None
    reader = context.reader(to, now=now)
    # a list offers the pause of reminders once the last one is over
    pause = context.brief.kit_in_place.nudges.pause
    days = reader.calendar
    since = days.shift(days.last_on_or_before(reader.today), -pause)
    seen = Notice(
        key="",
        kind=NoticeKind.TASK,
        launch=context.view.slug,
        task=key,
        to=to,
        filed_at=datetime.combine(since, time(), reader.zone),
        send_after=now,
        facts={**(facts or {}), **_acts_for(task, context.view, to)},
    )
    return TaskNotice(seen, context.view, task, reader)


def _acts_for(task: TaskView, launch: LaunchView, to: str) -> dict[str, str]:
    """Return the fact about the absent person, for whom a reader acts."""
    holder, person = turn_of(task, launch)
    if person is None or holder.casefold() != to.casefold():
        return {}
    return {"for": person}


def read_queue(
    store: Store,
    contexts: Contexts,
    email: str,
    *,
    now: datetime,
    most: int | None = None,
) -> PersonalQueue:
    """Return the queue of the person with an email, whatever its capitals.

    Of each list only the first entries are kept if ``most`` says how many; all are counted.
    """
    answers: _Soonest[QueuedAnswer] = _Soonest(most)
    work: _Soonest[QueuedTask] = _Soonest(most)
    later: _Soonest[QueuedTask] = _Soonest(most)
    with store.read() as session:
        slugs = launches_concerning(session, email)
    for slug in slugs:
        context = contexts.of(slug, now=now)
        owed = owed_by(context.view, email)
        answers.add(_answers(context, owed.answers, email, now=now))
        blocked = [each for each in owed.waiting if _can_unblock(each)]
        waiting = [each for each in owed.waiting if not _can_unblock(each)]
        work.add(_tasks(context, [*owed.now, *blocked], email, now=now))
        later.add(_tasks(context, [*owed.later, *waiting], email, now=now))
    overdue = answers.overdue + work.overdue
    rest = QueueRest(answers.left, work.left, later.left, overdue)
    return PersonalQueue(answers.first, work.first, later.first, rest)


def _can_unblock(task: TaskView) -> bool:
    return task.status is TaskStatus.BLOCKED


def _tasks(
    context: MessageContext, tasks: Iterable[TaskView], email: str, *, now: datetime
) -> Iterator[QueuedTask]:
    for task in tasks:
        to = task.owner if task.owner.casefold() == email.casefold() else email
        seen = task_notice_of(context, task.key, to=to, now=now)
        if seen is not None:
            yield QueuedTask(seen)


def _answers(
    context: MessageContext, asks: Iterable[ToDecide], email: str, *, now: datetime
) -> Iterator[QueuedAnswer]:
    to = context.spelled(email)
    reader = context.reader(to, now=now)
    for ask in asks:
        facts = ask.notice.facts if ask.notice else None
        seen = (
            task_notice_of(context, ask.key, to=to, now=now, facts=facts)
            if ask.about_task
            else None
        )
        yield QueuedAnswer(ask, context.view, reader, to, seen)
