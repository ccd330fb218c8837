"""A task of a launch as people see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from launch_kits.database.records import (
    ACTIVE,
    AWAITED,
    CLOSED,
    ExtensionStatus,
    Task,
    TaskStatus,
)
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief, Item
from launch_kits.inputs.kit import Each
from launch_kits.plan import Forecast
from launch_kits.plan.absence import Deputies
from launch_kits.plan.task_facts import TaskFacts
from launch_kits.views.last_acts import LastActs

__all__ = ["Items", "TaskView", "items_of", "task_view"]

#: the kind of a fan-out and the key of an item → the item
Items: TypeAlias = Mapping[tuple[str, str], Item]

#: the fields that a view takes from the task's record unchanged
_SAME = (
    "launch",
    "key",
    "stage",
    "stage_title",
    "title",
    "role",
    "owner",
    "backup",
    "approver",
    "awaited",
    "in_hands_of",
    "days",
    "anchor",
    "start",
    "finish",
    "start_by",
    "planned_start",
    "planned_finish",
    "due",
    "critical",
    "template",
    "decides",
    "link",
    "ready_at",
    "handed_out_at",
    "begun_at",
    "submitted_at",
    "done_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView(TaskFacts):
    """The facts of a task, and its fields for people."""

    launch: str
    #: emails
    backup: str | None
    approver: str | None
    #: the person whose turn it is: the owner at work, the approver in review, or their deputy
    awaited: str | None
    #: the person who acts for the owner, in review for the approver
    in_hands_of: str | None = None
    anchor: str
    #: the days on which its owner has time for it
    planned_start: date
    planned_finish: date
    status: TaskStatus
    overdue: bool
    link: str | None
    document: Path | None
    ready_at: datetime | None
    ready_on: date | None = None
    #: when its owner was first told of it
    handed_out_at: datetime | None
    begun_at: datetime | None
    #: the day on which it was begun, in the time zone of the launch
    begun_on: date | None = None
    submitted_at: datetime | None
    done_at: datetime | None
    #: the points of its checklist that are ticked
    ticked: tuple[str, ...] = ()
    #: the places of missing parts of its document, such as ``press.place``
    lacks: tuple[str, ...] = ()
    #: the note of its last block, if it is blocked
    blocked_by: str | None
    #: a due day asked for and not yet answered
    asked_until: date | None
    #: days asked for or granted, oldest first, with the status of each
    requests: tuple[tuple[date, str], ...] = ()
    #: the person who acts now for the one whose turn it is, also if they were not told of it
    acting: str | None = None
    #: their name
    acting_name: str | None = None
    #: the day that it decides on, `release` or `launch`, if it is a go or no-go
    decides: str | None = None
    #: the email of the person who sent it back last and their note, until it is approved
    sent_back: tuple[str, str | None] | None = None
    #: the email of the person who finished, approved or dropped it, if it is closed
    closed_by: str | None = None
    #: when it was last handed in, sent back or unblocked
    went_on_at: datetime | None = None
    #: why it was dropped, if it is
    dropped_why: str | None = None
    #: the emails of the people who said that they are on it, in lower case, each with the last time
    on_it: tuple[tuple[str, datetime], ...] = ()
    #: when a person last did or said something about it
    heard_at: datetime | None = None
    #: by the facts; None once closed
    expected_start: date | None = None
    expected_finish: date | None = None
    #: the last day on which work can start and make its due day, so that nothing behind it moves;
    #: None once it is begun or closed, and for a milestone
    last_start: date | None = None
    #: the days on which its owner means to work on it; None means as planned
    meant_for: tuple[date, date] | None = None

    @property
    def meant_days(self) -> tuple[date, date]:
        """The days on which its owner means to work on it; acts change them, not time."""
        return self.meant_for or (self.planned_start, self.planned_finish)

    def said_on_it(self, person: str) -> datetime | None:
        """When a person last said that they are on it; None if they did not."""
        return dict(self.on_it).get(person.lower())

    @property
    def told_days(self) -> tuple[date, date] | None:
        """The same days for messages; None if they say no more than the due day."""
        first, last = self.meant_days
        if self.overdue or not first < self.due >= last:
            return None
        return first, last

    @property
    def listed_days(self) -> tuple[date, date]:
        """The days that lists name: those meant for it, or as things stand once they are over."""
        start = self.expected_start if self.begun_on is None else None
        over = start is not None and start > self.meant_days[1]
        return self.work_days if self.done_on or over else self.meant_days

    @property
    def late_finish(self) -> date | None:
        """The day on which it ends as things stand, if that is after the days meant for it."""
        finish = self.expected_finish
        return finish if finish and finish > self.meant_days[1] else None

    @property
    def starts_last(self) -> bool:
        """Whether it is expected to start on the last day possible: any later moves others."""
        return self.last_start is not None and self.expected_start == self.last_start

    @property
    def points(self) -> tuple[str, ...]:
        """The points of its checklist, each with its box."""
        return tuple(
            f"{'☑' if point in self.ticked else '☐'} {point}"
            for point in self.checklist
        )

    @property
    def work_days(self) -> tuple[date, date]:
        """The first and last day of work in pictures and documents, as things stand.

        Done work whose begin no one told takes as long as planned, but begins no earlier than it
        could.
        """
        if self.done_on is not None:
            return self._first_worked(self.done_on), self.done_on
        if self.late_finish and self.expected_start:
            return self.expected_start, self.late_finish
        return self.meant_days

    def _first_worked(self, last: date) -> date:
        if self.begun_on is not None:
            return min(self.begun_on, last)
        first = last - (self.planned_finish - self.planned_start)
        if self.ready_on is not None:
            first = max(first, self.ready_on)
        return min(first, last)

    @property
    def open(self) -> bool:
        """Whether there is work left."""
        return self.status not in CLOSED

    @property
    def handed_out(self) -> bool:
        """Whether its owner was told that it can be worked on."""
        return self.handed_out_at is not None and self.status is not TaskStatus.WAITING

    @property
    def later(self) -> bool:
        """Whether it is ready, and its owner will be told when its day is near."""
        return self.status is TaskStatus.READY and not self.handed_out


def _acting(task: Task, away: Deputies | None) -> str | None:
    if task.in_hands_of or away is None or task.status not in ACTIVE:
        return task.in_hands_of
    own = [task.owner] if task.status == TaskStatus.REVIEW else []
    return away.of(task.answerable, besides=own)


def _name(brief: Brief, email: str) -> str:
    person = brief.person(email)
    return person.name if person else email


def _days_of(task: Task, zone: ZoneInfo) -> dict[str, Any]:
    """Return the days of the instants of a task, in the time zone of its launch."""
    instants = {
        "ready_on": task.ready_at,
        "begun_on": task.begun_at,
        "done_on": task.done_at,
    }
    return {
        name: at.astimezone(zone).date() if at else None
        for name, at in instants.items()
    }


def _acts_on(task: Task, acts: LastActs) -> dict[str, Any]:
    """Return the last acts of people on a task, as far as they count at its status."""
    return {
        "blocked_by": acts.blocked_by if task.status == TaskStatus.BLOCKED else None,
        "sent_back": acts.sent_back if task.status in AWAITED else None,
        "closed_by": acts.closed_by if task.status in CLOSED else None,
        "dropped_why": acts.dropped_why if task.status == TaskStatus.DROPPED else None,
        "on_it": acts.on_it,
        "heard_at": acts.heard_at,
        "went_on_at": acts.went_on_at,
    }


def items_of(brief: Brief) -> Items:
    """The items that a brief's tasks are fanned out over."""
    return {(each.value, item.key): item for each in Each for item in brief.items(each)}


def task_view(
    task: Task,
    brief: Brief,
    *,
    items: Items,
    after: tuple[str, ...],
    overdue: bool,
    expected: Forecast | None,
    document: Path | None,
    acts: LastActs,
    requests: tuple[tuple[date, str], ...],
    away: Deputies | None = None,
    last_start: date | None = None,
    meant_for: tuple[date, date] | None = None,
) -> TaskView:
    """The view of a task's record.

    The keyword arguments come from its launch and its neighbours.
    """
    acting = _acting(task, away)
    return TaskView(
        **{name: getattr(task, name) for name in _SAME},
        owner_name=_name(brief, task.owner),
        after=after,
        status=TaskStatus(task.status),
        overdue=overdue,
        float_days=expected.float_days if expected else None,
        expected_start=expected.start if expected else None,
        expected_finish=expected.finish if expected else None,
        last_start=last_start,
        meant_for=meant_for,
        audience=Audience(task.audience),
        item=items.get((task.each or "", task.item or "")),
        checklist=tuple(task.checklist),
        ticked=tuple(task.ticked),
        lacks=tuple(task.lacks),
        **_days_of(task, brief.zone()),
        document=document,
        **_acts_on(task, acts),
        asked_until=next(
            (day for day, status in requests if status == ExtensionStatus.ASKED), None
        ),
        requests=requests,
        acting=acting,
        acting_name=_name(brief, acting) if acting else None,
    )
