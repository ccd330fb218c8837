"""A notice about a task, and the state of that task for the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from launch_kits.database.records import (
    TASK_STATUSES,
    LaunchStatus,
    Notice,
    TaskStatus,
)
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.message import Subject
from launch_kits.views.notices.text import clean, cut, shorten
from launch_kits.views.reader import Reader

__all__ = ["REASON", "TaskNotice", "acting_for", "answer_of", "state_of"]

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

    @property
    def is_owners(self) -> bool:
        """Whether the notice is for the task's owner, or for the one who acts for them."""
        holders = [self.task.owner]
        if self.task.in_hands_of and self.task.status is not TaskStatus.REVIEW:
            holders.append(self.task.in_hands_of)
        return self.notice.to.lower() in [each.lower() for each in holders]

    @property
    def held(self) -> bool:
        """Whether its reader acts for another person, as its facts say."""
        asked = self.task.asked_until is not None and "until" in self.facts
        return asked or self.notice.to == self.task.in_hands_of

    @property
    def planned(self) -> str | None:
        """The days of the work, or None if they say no more than the due day."""
        task = self.task
        first, last = task.planned_start, task.planned_finish
        if task.begun_at is not None:
            first, last = task.work_days
        if task.overdue or first >= task.due:
            return None
        return self.reader.span(first, last)

    def subject(self, *, until: date | None = None) -> Subject:
        """Return the subject of the actions; ``until`` is a day that is asked for."""
        return Subject(self.launch.slug, self.task.key, until)


def state_of(task_notice: TaskNotice) -> tuple[str, str]:
    """Return the state of the task, to follow its title: the verb, and the rest."""
    task, reader = task_notice.task, task_notice.reader
    if task.open and not task_notice.live:
        return "has", f"nothing left to do: the launch is {task_notice.launch.status}"
    facts = TASK_STATUSES[task.status]
    if task.later:
        return facts.verb, f"planned to start {reader.day(task.planned_start)}"
    state = facts.phrase.format_map(_parts(task_notice))
    if task.asked_until is not None and task_notice.live:
        state += f"; more time is asked for, until {reader.day(task.asked_until)}"
    return facts.verb, state


def acting_for(task_notice: TaskNotice) -> list[str]:
    """Return the sentence for the reader of a live notice who acts for another."""
    person = task_notice.facts.get("for")
    if not isinstance(person, str) or not (task_notice.live and task_notice.held):
        return []
    name = shorten(task_notice.reader.name(person))
    return [f"You act for {name}, who is away."]


def _parts(task_notice: TaskNotice) -> Mapping[str, str]:
    """Return the parts that the phrases of a status leave open."""
    task, reader = task_notice.task, task_notice.reader
    holding = [each.title for each in task_notice.before if each.open]
    approver = reader.name(task.approver or task_notice.launch.lead)
    return {
        "status": task.status,
        "waits_for": shorten(holding[0]) if holding else "its day",
        "approver": shorten(approver),
        "reason": f": {cut(clean(task.blocked_by), REASON)}" if task.blocked_by else "",
        "done_on": f" {reader.day(task.done_at)}" if task.done_at else "",
    }


def answer_of(task_notice: TaskNotice) -> str:
    """Return how a question about the task was answered."""
    task = task_notice.task
    if task.open and not task_notice.live:
        return f"nothing left to answer, the launch is {task_notice.launch.status}"
    return TASK_STATUSES[task.status].answer.format_map(_parts(task_notice))
