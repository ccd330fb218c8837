"""One person's tasks and answers, across all launches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Protocol

from sqlmodel import col, func, or_, select

from launch_kits.database.records import (
    OPEN,
    Extension,
    ExtensionStatus,
    Launch,
    LaunchStatus,
    Notice,
    NoticeKind,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.reader import count

__all__ = ["PersonalQueue", "QueuedTask", "read_queue", "task_notice_of"]

#: ids of the tasks for which more time is asked
_ASKED = select(Extension.task).where(col(Extension.status) == ExtensionStatus.ASKED)


class Contexts(Protocol):
    """The launches of a database, with their people."""

    def of(self, slug: str, /, *, now: datetime) -> MessageContext: ...


@dataclass(frozen=True, slots=True)
class QueuedTask:
    """A task that waits for a person."""

    task_notice: TaskNotice
    #: whether their answer is wanted, rather than their work
    answer: bool = False
    #: the day asked for, if the answer is about more time
    until: date | None = None

    @property
    def later(self) -> bool:
        """Whether it waits for others, for a day, or for its planned start."""
        task = self.task_notice.task
        return task.later or task.status in (TaskStatus.WAITING, TaskStatus.REVIEW)


@dataclass(frozen=True, slots=True)
class PersonalQueue:
    """One person's tasks and answers, each list by due day."""

    #: work handed in, and days asked for, that they have to answer
    answers: Sequence[QueuedTask] = field(default_factory=list)
    #: their own tasks that can be worked on
    now: Sequence[QueuedTask] = field(default_factory=list)
    #: their own tasks that wait for others or for a day, or that are planned for later
    later: Sequence[QueuedTask] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """How much it is."""
        said = [
            (self.answers, "question", " to answer"),
            (self.now, "task", " to do"),
            (self.later, "task", " for later"),
        ]
        found = [f"{count(len(of), noun)}{end}" for of, noun, end in said if of]
        if not found:
            return "Nothing waits for you."
        *most, last = found
        return f"You have {', '.join(most)}{' and ' if most else ''}{last}."


def task_notice_of(
    context: MessageContext, key: str, *, to: str, now: datetime
) -> TaskNotice | None:
    """Return a task as a person sees it, without a notice, or None if it is gone."""
    task = context.view.task(key)
    if task is None:
        return None
    reader = context.reader(to, now=now)
    # a list offers all acts that were not done today, such as the pause of reminders
    today = datetime.combine(reader.today, time(), reader.zone)
    seen = Notice(
        key="",
        kind=NoticeKind.TASK,
        launch=context.view.slug,
        task=key,
        to=to,
        filed_at=today,
        send_after=now,
        facts=_acts_for(task, to),
    )
    return TaskNotice(seen, context.view, task, reader)


def _acts_for(task: TaskView, to: str) -> dict[str, str]:
    """Return the fact that names the absent person a reader has a task in hand for."""
    if (task.acting or "").lower() != to.lower():
        return {}
    reviewed = task.status is TaskStatus.REVIEW
    return {"for": (reviewed and task.approver) or task.owner}


def read_queue(
    store: Store, contexts: Contexts, email: str, *, now: datetime
) -> PersonalQueue:
    """Return the queue of the person with an email, whatever its capitals."""
    mine = email.lower()
    answers: list[QueuedTask] = []
    work: list[QueuedTask] = []
    for slug in _launches(store, mine):
        context = contexts.of(slug, now=now)
        for entry in _entries(context, mine, now=now):
            (answers if entry.answer else work).append(entry)
    return PersonalQueue(
        answers=_by_day(answers),
        now=_by_day([entry for entry in work if not entry.later]),
        later=_by_day([entry for entry in work if entry.later]),
    )


def _launches(store: Store, email: str) -> Sequence[str]:
    """Return the running launches in which a person has work, or which they may lead."""
    people = [
        func.lower(col(person)) == email
        for person in (Task.owner, Task.approver, Task.in_hands_of)
    ]
    asked = or_(*people, col(Task.id).in_(_ASKED))
    query = select(Launch.slug).join(Task, col(Task.launch) == col(Launch.slug))
    with store.read() as session:
        running = query.where(
            Launch.status == LaunchStatus.RUNNING, col(Task.status).in_(OPEN), asked
        )
        return session.exec(running.distinct().order_by(Launch.slug)).all()


def _entries(
    context: MessageContext, email: str, *, now: datetime
) -> Iterator[QueuedTask]:
    view = context.view
    leads = email in _with_deputy(view, view.lead)
    for task in context.view.open_tasks:
        task_notice = task_notice_of(
            context,
            task.key,
            to=task.owner if task.owner.lower() == email else email,
            now=now,
        )
        if task_notice is None:
            continue
        held = (task.acting or "").lower() == email
        reviewed = task.status is TaskStatus.REVIEW
        if reviewed and (held or (task.approver or "").lower() == email):
            yield QueuedTask(task_notice, answer=True)
        if task.asked_until and leads:
            yield QueuedTask(task_notice, answer=True, until=task.asked_until)
        if task.owner.lower() == email or (held and not reviewed):
            yield QueuedTask(task_notice)


def _with_deputy(view: LaunchView, person: str) -> set[str]:
    """Return a person and the one who acts for them, in lower case."""
    found = (person, view.away.of(person) if view.away else None)
    return {each.lower() for each in found if each}


def _by_day(entries: list[QueuedTask]) -> list[QueuedTask]:
    return sorted(
        entries,
        key=lambda entry: (
            entry.task_notice.task.due,
            entry.task_notice.launch.slug,
            entry.task_notice.task.key,
        ),
    )
