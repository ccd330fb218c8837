"""What waits for one person, across all launches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

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
from launch_kits.slack.messages.context import Scene, Scenes
from launch_kits.slack.messages.tasks import Case
from launch_kits.views.reader import count

__all__ = ["Entry", "Mine", "case_of", "read_mine"]

#: ids of the tasks for which more time is asked
_ASKED = select(Extension.task).where(col(Extension.status) == ExtensionStatus.ASKED)


@dataclass(frozen=True, slots=True)
class Entry:
    """A task that waits for somebody."""

    case: Case
    #: whether their answer is wanted, rather than their work
    answer: bool = False
    #: the day asked for, where the answer is about more time
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Mine:
    """What waits for one person, each list by due day."""

    #: work handed in, and days asked for, that they have to answer
    answers: Sequence[Entry] = field(default_factory=list)
    #: their own tasks that can be worked on
    now: Sequence[Entry] = field(default_factory=list)
    #: their own tasks that wait for others, or for a day
    later: Sequence[Entry] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """How much it is."""
        said = [
            f"{count(len(self.answers), 'answer')} of yours awaited" if self.answers else "",
            f"{count(len(self.now), 'task')} of yours can be worked on" if self.now else "",
            f"{count(len(self.later), 'task')} for later" if self.later else "",
        ]
        found = "; ".join(part for part in said if part)
        return f"{found}." if found else "Nothing waits for you."


def case_of(scene: Scene, key: str, *, to: str, now: datetime) -> Case | None:
    """A task of a scene as somebody sees it, without a notice about it; None where it is gone."""
    task = scene.view.task(key)
    if task is None:
        return None
    seen = Notice(key="", kind=NoticeKind.TASK, launch=scene.view.slug, task=key, to=to, filed_at=now, send_after=now)
    return Case(seen, scene.view, task, scene.reader(to, now=now))


def read_mine(store: Store, scenes: Scenes, email: str, *, now: datetime) -> Mine:
    """What waits for the person with an email, in whatever case it is written."""
    mine = email.lower()
    answers: list[Entry] = []
    work: list[Entry] = []
    for slug in _launches(store, mine):
        scene = scenes.of(slug, now=now)
        for entry in _entries(scene, mine, now=now):
            (answers if entry.answer else work).append(entry)
    waiting = TaskStatus.WAITING
    return Mine(
        answers=_by_day(answers),
        now=_by_day([entry for entry in work if entry.case.task.status is not waiting]),
        later=_by_day([entry for entry in work if entry.case.task.status is waiting]),
    )


def _launches(store: Store, email: str) -> Sequence[str]:
    """The running launches in which somebody has something to do, or which they may lead."""
    people = [func.lower(col(person)) == email for person in (Task.owner, Task.approver)]
    asked = or_(*people, col(Task.id).in_(_ASKED))
    query = select(Launch.slug).join(Task, col(Task.launch) == col(Launch.slug))
    with store.read() as session:
        running = query.where(Launch.status == LaunchStatus.RUNNING, col(Task.status).in_(OPEN), asked)
        return session.exec(running.distinct().order_by(Launch.slug)).all()


def _entries(scene: Scene, email: str, *, now: datetime) -> Iterator[Entry]:
    leads = scene.view.lead.lower() == email
    for task in scene.view.open_tasks:
        case = case_of(scene, task.key, to=task.owner if task.owner.lower() == email else email, now=now)
        if case is None:
            continue
        if task.status is TaskStatus.REVIEW and (task.approver or "").lower() == email:
            yield Entry(case, answer=True)
        if task.asked_until and leads:
            yield Entry(case, answer=True, until=task.asked_until)
        if task.owner.lower() == email:
            yield Entry(case)


def _by_day(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.case.task.due, entry.case.launch.slug, entry.case.task.key))
