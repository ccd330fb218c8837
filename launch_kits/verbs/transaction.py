"""One transaction on one launch: its rows, its people, and what is recorded and told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from launch_kits import outbox
from launch_kits.database.queries import find_launch, find_task, notices_of
from launch_kits.database.records import (
    Event,
    Launch,
    LaunchStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
    Task,
)
from launch_kits.database.store import Store
from launch_kits.errors import NotYours, Refused
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.links import web_link
from launch_kits.plan.rollout import Calendars
from launch_kits.views.task_graph import TaskGraph
from launch_kits.workdays.hours import Hours

__all__ = ["SWEEP", "Change", "Outcome", "changing", "evidence", "hours_in"]

#: who did what no person did
SWEEP = "launch-kits"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verb did, as its user reads it."""

    #: False where it was so already
    changed: bool
    message: str
    warnings: tuple[str, ...] = ()


@contextmanager
def changing(store: Store, slug: str, *, now: datetime) -> Iterator[Change]:
    """A transaction that holds the launch until its end; raises NotFound."""
    with store.write() as session:
        yield Change(session, find_launch(session, slug, lock=True), now)


def evidence(link: str | None) -> str | None:
    """The link that shows a result, as it is kept.

    None for an empty one. Raises Refused for what is no link.
    """
    if not link or not link.strip():
        return None
    try:
        return web_link(link)
    except ValueError as error:
        raise Refused(str(error)) from None


def hours_in(calendars: Calendars, email: str) -> Hours:
    """When a person works, by a launch's calendars.

    Somebody outside its team keeps the launch's own days and zone.
    """
    return Hours(calendars.of(email), calendars.brief.zone(email))


class Change:
    """A launch held for one transaction."""

    def __init__(self, session: Session, launch: Launch, now: datetime) -> None:
        self.session = session
        self.launch = launch
        self.now = now

    @cached_property
    def brief(self) -> Brief:
        """The launch's own snapshot of its brief, kit and ledgers in place."""
        return Brief.kept(self.launch.brief)

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars of the launch and its people."""
        return Calendars(self.brief)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The launch's time zone."""
        return self.brief.zone()

    @cached_property
    def today(self) -> date:
        """The launch's own day."""
        return self.now.astimezone(self.zone).date()

    @cached_property
    def lead(self) -> str:
        """The lead's email."""
        return self.brief.lead.email

    @cached_property
    def graph(self) -> TaskGraph:
        """The launch's tasks and what they wait for."""
        return TaskGraph.read(self.session, self.launch.slug)

    def go_on_from(self, brief: Brief) -> None:
        """Let the launch go on from another brief, with kit and ledgers in place."""
        launch = self.launch
        launch.brief = brief.model_dump(mode="json", by_alias=True)
        launch.product, launch.kit, launch.tier = (
            brief.product,
            brief.kit_in_place.kit,
            brief.tier,
        )
        self.session.add(launch)
        for known in ("brief", "calendars", "zone", "lead"):
            self.__dict__.pop(known, None)

    def look_again(self) -> None:
        """Read the launch's tasks anew: some were added, or wait for others."""
        self.__dict__.pop("graph", None)

    @property
    def tasks(self) -> Mapping[int, Task]:
        """The launch's tasks by id, in their order."""
        return self.graph.tasks

    def task(self, key: str) -> Task:
        """A task by its key; raises NotFound."""
        return find_task(self.session, self.launch.slug, key)

    def predecessors(self, task: Task) -> Sequence[tuple[Task, int]]:
        """The tasks waited for, past the dropped ones, with lags in working days."""
        return self.graph.predecessors(task)

    def successors(self, task: Task) -> list[Task]:
        """The tasks that wait for a task, past the dropped ones."""
        return self.graph.successors(task)

    def actor(self, by: str | None, usual: str) -> str:
        """Who acts.

        The one named, in the launch's own spelling whatever their capitals, else the usual one.
        """
        if by is None:
            return usual
        people = [person.email for person in self.brief.team.values()]
        people += [
            email
            for task in self.tasks.values()
            for email in (task.owner, task.approver)
            if email
        ]
        return next((email for email in people if email.lower() == by.lower()), by)

    def must_run(self) -> None:
        """Raise Refused for a launch that has ended."""
        if self.launch.status != LaunchStatus.RUNNING:
            raise Refused(
                f'launch "{self.launch.slug}" is {self.launch.status}; nothing can be changed in it'
            )

    def must_not_be_cancelled(self) -> None:
        """Raise Refused for a cancelled launch.

        In one that is done every task is closed, and answers for itself.
        """
        if self.launch.status == LaunchStatus.CANCELLED:
            self.must_run()

    def must_be(self, by: str, *allowed: str | None, what: str) -> None:
        """Raise NotYours unless somebody is one of those allowed, or the lead."""
        people = list(
            dict.fromkeys(person for person in (*allowed, self.lead) if person)
        )
        if by not in people:
            raise NotYours(f"{by} may not {what}; these may: {', '.join(people)}")

    def record(
        self,
        verb: str,
        *,
        by: str,
        task: Task | None = None,
        note: str | None = None,
        **data: Any,  # noqa: ANN401
    ) -> Event:
        """Write an event down and let the board and the headline catch up."""
        event = Event(
            launch=self.launch.slug,
            task=task.key if task else None,
            at=self.now,
            by=by,
            verb=verb,
            note=note,
            data=data,
        )
        self.session.add(event)
        self.launch.revision += 1
        self.session.add(self.launch)
        outbox.outdate(
            self.session, launch=self.launch.slug, kinds=[NoticeKind.HEADLINE]
        )
        if task is not None:
            self.session.add(task)
            kinds = [NoticeKind.TASK, NoticeKind.REVIEW]
            outbox.outdate(
                self.session, launch=self.launch.slug, task=task.key, kinds=kinds
            )
        return event

    def tell(
        self,
        kind: NoticeKind,
        to: str,
        *,
        task: Task | None = None,
        facts: dict[str, Any] | None = None,
        occasion: str | None = None,
    ) -> Notice:
        """File a notice for a person (by email, within their hours) or a ``#channel`` (at once).

        What has an ``occasion`` of its own is told once, the rest is numbered.
        """
        key = task.key if task else None
        occasion = occasion or str(
            outbox.occasions(self.session, kind, self.launch.slug, key) + 1
        )
        return outbox.enqueue(
            self.session,
            kind=kind,
            launch=self.launch.slug,
            task=key,
            to=to,
            occasion=occasion,
            now=self.now,
            send_after=self.now
            if to.startswith("#")
            else self.hours_of(to).opens(self.now),
            facts=facts,
        )

    def hours_of(self, email: str) -> Hours:
        """When a person works, as far as this launch knows."""
        return hours_in(self.calendars, email)

    def name(self, email: str) -> str:
        """A person as others know them: by name within the team, by email outside it."""
        person = self.brief.person(email)
        return person.name if person else email

    def hush(self, task: Task, *kinds: NoticeKind, why: str) -> None:
        """Take back notices of a task that were not sent yet."""
        outbox.drop(
            self.session, launch=self.launch.slug, task=task.key, kinds=kinds, why=why
        )

    def questions(self, task: Task, *, more_time: bool) -> list[Notice]:
        """What is asked about a task and was not taken back.

        Its approver's word, or the lead's on more time.
        """
        asked = notices_of(self.session, self.launch.slug, task=task.key)
        gone = (NoticeStatus.DEAD, NoticeStatus.DROPPED)
        return [
            notice
            for notice in asked
            if notice.kind == NoticeKind.REVIEW
            and notice.status not in gone
            and ("until" in notice.facts) == more_time
        ]

    def withdraw(self, task: Task, *, more_time: bool, why: str) -> None:
        """Take back a question that was not sent yet."""
        for notice in self.questions(task, more_time=more_time):
            if notice.status == NoticeStatus.PENDING:
                notice.status, notice.error = NoticeStatus.DROPPED, why
                self.session.add(notice)

    def day(self, instant: datetime | None) -> date | None:
        """The launch's own day of an instant."""
        return instant.astimezone(self.zone).date() if instant else None
