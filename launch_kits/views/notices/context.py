"""The context of a message: the launch as it is now, and its reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from launch_kits.database.queries import find_launch
from launch_kits.database.records import LaunchStatus, Notice, NoticeKind, TaskStatus
from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.inputs.brief import Brief
from launch_kits.plan.calendars import Calendars
from launch_kits.views.launch import LaunchView, TaskView, view_of
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.links import links_of
from launch_kits.views.notices.message import NoticeMessage, Subject
from launch_kits.views.reader import Reader, iso_day, spelled

__all__ = ["ContextLoader", "MessageContext"]

#: notices to send only if their task is open and their launch runs
PASSING = frozenset(
    [NoticeKind.TASK, NoticeKind.REVIEW, NoticeKind.NUDGE, NoticeKind.ESCALATION]
)


@dataclass(frozen=True, slots=True)
class MessageContext:
    """A launch at an instant, with its people."""

    view: LaunchView
    brief: Brief
    calendars: Calendars
    #: another launch by its slug, None if it cannot be read
    other: Callable[[str], LaunchView | None] = lambda _slug: None
    #: the addresses of the messages of an email
    links: Callable[[str], Mapping[Subject, str]] = lambda _to: {}

    def launch(self, slug: str) -> LaunchView | None:
        """Return this launch, or another one that a list of it names."""
        return self.view if slug == self.view.slug else self.other(slug)

    def reader(self, to: str, *, now: datetime) -> Reader:
        """Return the reader of a notice to an email or a ``#channel``.

        A channel is read on the launch's own days.
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

    def message(self, notice: Notice, *, now: datetime) -> NoticeMessage:
        """Write the message of a notice for its reader."""
        return compose(notice, self.view, reader=self.reader(notice.to, now=now))

    def spelled(self, email: str) -> str:
        """An email as the launch spells it, since Slack's may differ in case."""
        people: list[str | None] = [person.email for person in self.brief.team.values()]
        for task in self.view.tasks:
            people += (task.owner, task.backup, task.approver, task.in_hands_of)
        return spelled(email, people)

    def name(self, email: str) -> str:
        """The name of a person, or the email of one outside the team."""
        person = self.brief.person(email)
        return person.name if person else email

    def hours(self, to: str, *, now: datetime) -> datetime:
        """Return ``now`` if it is within a person's working hours, else their next start.

        A channel is always open.
        """
        if to.startswith("#"):
            return now
        return self.calendars.hours_of(to).opens(now)

    def untrue(self, notice: Notice) -> str | None:
        """Return why a notice must not be sent any more, or None if it still holds."""
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
    """Return why a notice about an open task is no longer for its reader."""
    holders = {each.lower() for each in (task.owner, task.in_hands_of) if each}
    if notice.kind == NoticeKind.TASK and notice.to.lower() not in holders:
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


class ContextLoader:
    """The contexts of one delivery; a launch's brief is validated again only if it changed."""

    def __init__(self, store: Store, *, documents: Path) -> None:
        self._store, self._documents = store, documents
        #: the snapshot of a launch's brief, and the calendars made from it
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
        return MessageContext(
            view,
            calendars.brief,
            calendars,
            other=partial(self._other, now=now),
            links=self._links,
        )

    def _other(self, launch: str, *, now: datetime) -> LaunchView | None:
        try:
            return self.of(launch, now=now).view
        except (NotFound, ValueError):
            return None

    def _links(self, to: str) -> Mapping[Subject, str]:
        with self._store.read() as session:
            return links_of(session, to)
