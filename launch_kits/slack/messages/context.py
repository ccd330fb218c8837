"""The context of a message: the launch as it is now, and the one who reads about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from launch_kits.database.queries import find_launch
from launch_kits.database.records import LaunchStatus, Notice, NoticeKind, TaskStatus
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.plan.rollout import Calendars
from launch_kits.verbs.people import hours_in, spelled
from launch_kits.verbs.transaction import Change
from launch_kits.views.launch import LaunchView, TaskView, view_of
from launch_kits.views.reader import Reader, iso_day

__all__ = ["ContextLoader", "MessageContext", "context_of"]

#: what is worth sending only while its task is open and its launch runs
PASSING = frozenset(
    [NoticeKind.TASK, NoticeKind.REVIEW, NoticeKind.NUDGE, NoticeKind.ESCALATION]
)


@dataclass(frozen=True, slots=True)
class MessageContext:
    """A launch at an instant, with its people."""

    view: LaunchView
    brief: Brief
    calendars: Calendars

    def reader(self, to: str, *, now: datetime) -> Reader:
        """Who reads what is sent to an email or a ``#channel``.

        In the channel, everybody on the launch's own days.
        """
        person = to if "@" in to else None
        zone = self.brief.zone(person)
        return Reader(
            today=now.astimezone(zone).date(),
            zone=zone,
            calendar=self.calendars.of(person) if person else self.calendars.launch,
            names={
                person.email: person.name
                for person in reversed(self.brief.team.values())
            },
        )

    def spelled(self, email: str) -> str:
        """An email as the launch spells it, since Slack's may differ in case."""
        people: list[str | None] = [person.email for person in self.brief.team.values()]
        for task in self.view.tasks:
            people += (task.owner, task.backup, task.approver)
        return spelled(email, people)

    def name(self, email: str) -> str:
        """The name of a person, or the email of one outside the team."""
        person = self.brief.person(email)
        return person.name if person else email

    def hours(self, to: str, *, now: datetime) -> datetime:
        """``now`` within a person's working hours, else when they next begin.

        A channel is always open.
        """
        if to.startswith("#"):
            return now
        return hours_in(self.calendars, to).opens(now)

    def untrue(self, notice: Notice) -> str | None:
        """Why a notice must not be sent any more, or None for one that still holds."""
        weekly = notice.kind == NoticeKind.DIGEST and "week" in notice.facts
        if notice.kind not in PASSING and not weekly:
            return None
        if self.view.status != LaunchStatus.RUNNING:
            return f"the launch is {self.view.status}"
        if weekly:
            return None
        task = self.view.task(notice.task) if notice.task else None
        if task is None or not task.open:
            return f"the task is {task.status}" if task else "the task is gone"
        return _past(notice, task)


def _past(notice: Notice, task: TaskView) -> str | None:
    """Why a notice about an open task is no longer for its reader."""
    if notice.kind == NoticeKind.TASK and notice.to.lower() != task.owner.lower():
        return f"the task is with {task.owner} now"
    if notice.kind == NoticeKind.NUDGE and notice.to != task.awaited:
        return "it is somebody else's turn"
    if notice.kind == NoticeKind.REVIEW:
        until = iso_day(notice.facts.get("until"))
        waits = (
            task.status is TaskStatus.REVIEW
            if until is None
            else task.asked_until == until
        )
        return None if waits else "it was answered"
    return None


def context_of(change: Change, *, documents: Path) -> MessageContext:
    """The context of a launch as a transaction holds it, without reading it again."""
    view = view_of(
        change.session,
        change.launch,
        now=change.now,
        documents=documents,
        calendars=change.calendars,
        graph=change.graph,
    )
    return MessageContext(view, change.brief, change.calendars)


class ContextLoader:
    """The contexts of one delivery; a launch's brief is validated again only if it changed."""

    def __init__(self, store: Store, *, documents: Path) -> None:
        self._store, self._documents = store, documents
        #: the snapshot of a launch's brief, and what was made of it
        self._people: dict[str, tuple[dict[str, Any], Calendars]] = {}

    def of(self, launch: str, *, now: datetime) -> MessageContext:
        """The context of a launch at an instant; raises NotFound."""
        with self._store.read() as session:
            found = find_launch(session, launch)
            snapshot, calendars = self._people.get(launch, (None, None))
            if calendars is None or snapshot != found.brief:
                calendars = Calendars(Brief.kept(found.brief))
                self._people[launch] = found.brief, calendars
            view = view_of(
                session,
                found,
                now=now,
                documents=self._documents,
                calendars=calendars,
            )
        return MessageContext(view, calendars.brief, calendars)
