"""A notice about a task, and how that task stands for the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from launch_kits.database.records import LaunchStatus, Notice, TaskStatus
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.message import Subject
from launch_kits.views.notices.text import clean, cut, shorten
from launch_kits.views.reader import Reader

__all__ = ["REASON", "TaskNotice", "answer_of", "state_of"]

#: characters of a reason that a person gave
REASON = 600


@dataclass(frozen=True, slots=True)
class TaskNotice:
    """A notice about a task, with the launch as it is now and the reader."""

    notice: Notice
    launch: LaunchView
    task: TaskView
    reader: Reader

    @property
    def facts(self) -> Mapping[str, object]:
        """Facts that the records do not hold."""
        return self.notice.facts

    @property
    def live(self) -> bool:
        """Whether there is still work to do on the task."""
        return self.task.open and self.launch.status == LaunchStatus.RUNNING

    @property
    def before(self) -> list[TaskView]:
        """The tasks that this one waits for."""
        found = (self.launch.task(key) for key in self.task.after)
        return [task for task in found if task is not None]

    def reason(self, fact: str) -> str | None:
        """Return a fact that a person wrote, on one line, or None without one."""
        written = self.facts.get(fact)
        if not isinstance(written, str) or not written.strip():
            return None
        return cut(clean(written), REASON)

    def subject(self, *, until: date | None = None) -> Subject:
        """Return what the actions are about; ``until`` is a day that is asked for."""
        return Subject(self.launch.slug, self.task.key, until)


def state_of(task_notice: TaskNotice) -> tuple[str, str]:
    """Return how the task stands, to follow its title: the verb, and the rest."""
    task, reader = task_notice.task, task_notice.reader
    if task.open and not task_notice.live:
        return "has", f"nothing left to do: the launch is {task_notice.launch.status}"
    verb, state = _state(task_notice)
    if task.asked_until is not None and task_notice.live:
        state += f"; more time is asked for, until {reader.day(task.asked_until)}"
    return verb, state


def _state(task_notice: TaskNotice) -> tuple[str, str]:
    task, reader = task_notice.task, task_notice.reader
    match task.status:
        case TaskStatus.WAITING:
            holding = [each.title for each in task_notice.before if each.open]
            state = f"waiting for {shorten(holding[0]) if holding else 'its day'}"
        case TaskStatus.READY:
            state = "ready for you to start"
        case TaskStatus.DOING:
            state = "under way"
        case TaskStatus.REVIEW:
            approver = reader.name(task.approver or task_notice.launch.lead)
            state = f"in review with {shorten(approver)}"
        case TaskStatus.BLOCKED:
            why = f": {cut(clean(task.blocked_by), REASON)}" if task.blocked_by else ""
            state = f"blocked{why}"
        case TaskStatus.DONE:
            if task.done_at:
                return "was", f"done {reader.day(task.done_at)}"
            state = "done"
        case TaskStatus.DROPPED:
            return "was", "dropped, there is nothing left to do"
    return "is", state


def answer_of(task_notice: TaskNotice) -> str:
    """Return how a question about the task was answered."""
    task, reader = task_notice.task, task_notice.reader
    if task.open and not task_notice.live:
        return f"nothing left to answer, the launch is {task_notice.launch.status}"
    if task.status is TaskStatus.DONE:
        return f"done {reader.day(task.done_at)}" if task.done_at else "done"
    if task.status is TaskStatus.DOING:
        return "sent back"
    return f"answered, the task is {task.status}"
