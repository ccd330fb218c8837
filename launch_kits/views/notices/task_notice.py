"""A notice about a task, and the state of that task for the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from launch_kits.database.records import (
    TASK_STATUSES,
    WITH_OWNER,
    LaunchStatus,
    Notice,
    TaskStatus,
)
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.message import Subject
from launch_kits.views.notices.text import (
    clean,
    cut,
    quoted,
    shorten,
)
from launch_kits.views.reader import Reader, count

__all__ = [
    "REASON",
    "TaskNotice",
    "acting_for",
    "asked_more_time",
    "state_of",
    "wanted_of",
]

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
    def overdue(self) -> bool:
        """Whether the task is overdue, and its due day is over for the reader, too."""
        return self.task.overdue and self.task.due < self.reader.today

    @property
    def named(self) -> str:
        """The task with its launch, for a sentence."""
        return f"{quoted(self.task.title)} ({shorten(self.launch.product)})"

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
    def held(self) -> bool:
        """Whether its reader acts for another person, as its facts say."""
        asked = self.task.asked_until is not None and "until" in self.facts
        return asked or self.notice.to in (self.task.in_hands_of, self.task.acting)

    @property
    def planned(self) -> tuple[date, date] | None:
        """The days of the work as a message names them; None if it names only the due day.

        Of work for later it says when it starts.
        """
        return None if self.task.later else self.task.told_days

    def subject(self, *, until: date | None = None) -> Subject:
        """Return the subject of the actions; ``until`` is a day that is asked for."""
        return Subject(self.launch.slug, self.task.key, until)


def wanted_of(task_notice: TaskNotice) -> str:
    """Return the act that its owner is asked for, without a capital or a full stop."""
    task = task_notice.task
    if task.later:
        day = task_notice.reader.day(task.meant_days[0])
        return (
            f"{task_notice.named} is planned to start {day}, "
            "so there is nothing to do yet"
        )
    if task.decides and task.status in WITH_OWNER:
        return f"please decide go or no-go: {task_notice.named}"
    return TASK_STATUSES[task.status].wanted.format_map(_parts(task_notice))


def state_of(task_notice: TaskNotice) -> str:
    """Return the state of the task for other people, to follow its title."""
    task = task_notice.task
    if task.open and not task_notice.live:
        return f"has nothing left to do: the launch is {task_notice.launch.status}"
    if task.later:
        return f"is planned to start {task_notice.reader.day(task.meant_days[0])}"
    return TASK_STATUSES[task.status].state.format_map(_parts(task_notice))


def asked_more_time(task_notice: TaskNotice) -> str | None:
    """Return the sentence on more time that is asked for, or None without a request."""
    task = task_notice.task
    reader = task_notice.reader
    if task.asked_until is None or not task_notice.live:
        return None
    launch = task_notice.launch
    acting = launch.away.of(launch.lead) if launch.away else None
    lead = reader.name(acting or launch.lead)
    day = reader.day(task.asked_until)
    return f"More time is asked for, until {day}; {shorten(lead)} has not answered yet."


def acting_for(task_notice: TaskNotice) -> list[str]:
    """Return the sentence for a reader who acts for another."""
    person = task_notice.facts.get("for")
    if not isinstance(person, str) or not (task_notice.live and task_notice.held):
        return []
    reader = task_notice.reader
    absences = task_notice.launch.away
    until = absences.away_until(person) if absences else None
    away = f" until {reader.day(until)}" if until else ""
    return [f"You act for {shorten(reader.name(person))}, who is away{away}."]


def _parts(task_notice: TaskNotice) -> Mapping[str, str]:
    """Return the parts that the phrases of a status leave open."""
    task = task_notice.task
    reader = task_notice.reader
    answers = task.acting if task.status is TaskStatus.REVIEW else None
    approver = reader.name(answers or task.approver or task_notice.launch.lead)
    return {
        "title": task_notice.named,
        "waits_for": _waits_for(task_notice),
        "approver": shorten(approver),
        "reason": f": {cut(clean(task.blocked_by), REASON)}" if task.blocked_by else "",
        "done_on": f" {reader.day(task.done_at)}" if task.done_at else "",
        "done_by": _done_by(task_notice),
    }


def _waits_for(task_notice: TaskNotice) -> str:
    holding = [each for each in task_notice.before if each.open]
    if not holding:
        return f"its day, {task_notice.reader.day(task_notice.task.meant_days[0])}"
    others = len(holding) - 1
    more = f" and {count(others, 'more task')}" if others else ""
    return f"{quoted(holding[0].title)}{more}"


def _done_by(task_notice: TaskNotice) -> str:
    """Return the person who finished or approved it, to follow the day."""
    task = task_notice.task
    reader = task_notice.reader
    if task.closed_by is None:
        return ""
    closed_by = task.closed_by.lower()
    yours = closed_by == task_notice.notice.to.lower()
    name = "you" if yours else shorten(reader.name(task.closed_by))
    approved = closed_by == (task.approver or "").lower() != task.owner.lower()
    return f", approved by {name}" if approved else f" by {name}"
