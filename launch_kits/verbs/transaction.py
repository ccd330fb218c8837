"""One transaction on one launch: its rows, people, events and notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from launch_kits import outbox
from launch_kits.database.queries import find_launch, find_task
from launch_kits.database.records import (
    Event,
    EventVerb,
    Launch,
    LaunchStatus,
    Notice,
    NoticeKind,
    Task,
)
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.inputs.brief import Brief
from launch_kits.plan.absence import Deputies
from launch_kits.plan.calendars import Calendars
from launch_kits.verbs import permissions
from launch_kits.verbs.actors import SWEEP, Actor, Via, via_of
from launch_kits.verbs.filed_notices import FiledNotices
from launch_kits.verbs.permissions import Verb, VerbSubject
from launch_kits.verbs.remembering import remembering
from launch_kits.verbs.routing import open_questions, route
from launch_kits.views.notices.outsiders import name_of, zone_of
from launch_kits.views.reader import spelled
from launch_kits.views.task_graph import TaskGraph
from launch_kits.workdays.hours import Hours

__all__ = ["SWEEP", "Change", "changing", "reading"]

#: the parts of a change that are read from the brief
_OF_BRIEF = ("brief", "calendars", "away", "zone", "lead")


@contextmanager
def changing(
    store: Store | Change, slug: str, *, now: datetime, via: Via | None = None
) -> Iterator[Change]:
    """A transaction that holds the launch until its end; raises NotFound.

    Given a change that holds it already, the verb is part of that transaction and uses the rows
    read there. ``via`` is the way by which it came in, by default the door of the store.
    """
    if isinstance(store, Change):
        yield store.of(slug)
        return
    with store.write() as session:
        launch = find_launch(session, slug, lock=True)
        via = via or via_of(store)
        with remembering(session, slug, door=via.door, now=now):
            yield Change(session, launch, now, via=via)


@contextmanager
def reading(store: Store | Change, slug: str, *, now: datetime) -> Iterator[Change]:
    """A launch as `changing` gives it, to read only; raises NotFound."""
    if isinstance(store, Change):
        yield store.of(slug)
        return
    with store.read() as session:
        yield Change(session, find_launch(session, slug), now)


class Change:
    """A launch held for one transaction."""

    def __init__(
        self, session: Session, launch: Launch, now: datetime, *, via: Via | None = None
    ) -> None:
        self.session = session
        self.launch = launch
        self.now = now
        self.via = via or Via()
        #: actor → the absent person in whose place they act
        self._in_place_of: dict[str, str | None] = {}
        self.filed = FiledNotices(session, launch.slug, now)

    @cached_property
    def brief(self) -> Brief:
        """The launch's own snapshot of its brief, kit and ledgers in place."""
        return Brief.kept(self.launch.brief)

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars of the launch and its people."""
        return Calendars(self.brief, partial(zone_of, self.session))

    @cached_property
    def away(self) -> Deputies:
        """The deputies of those who are away now."""
        return Deputies(self.calendars, self.now)

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
        """The launch's tasks and their predecessors."""
        return TaskGraph.read(self.session, self.launch.slug)

    def go_on_from(self, brief: Brief) -> None:
        """Let the launch go on from another brief, with kit and ledgers in place."""
        launch = self.launch
        launch.brief = brief.model_dump(mode="json", by_alias=True)
        launch.product = brief.product
        launch.kit = brief.kit_in_place.kit
        launch.tier = brief.tier
        self.session.add(launch)
        self._forget(*_OF_BRIEF)

    def look_again(self) -> None:
        """Read the launch's tasks anew: some were added, or wait for others."""
        self._forget("graph")

    def start_over(self) -> None:
        """Read everything anew: rows were changed without the objects that show them."""
        self.session.expire_all()
        self._forget(*_OF_BRIEF, "graph")

    def _forget(self, *names: str) -> None:
        for name in names:
            self.__dict__.pop(name, None)

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
        """Who acts: the one named, in the launch's own spelling, else the usual one."""
        if by is None:
            return usual
        people: list[str | None] = [person.email for person in self.brief.team.values()]
        for task in self.tasks.values():
            people += (task.owner, task.backup, task.approver, task.in_hands_of)
        return spelled(by, people)

    def of(self, slug: str) -> Change:
        """The change itself, for a verb on its launch; raises ValueError for another."""
        if slug != self.launch.slug:
            raise ValueError(f"the change holds {self.launch.slug}, not {slug}")
        return self

    def must_run(self) -> None:
        """Raise Refused for a launch that has ended."""
        if self.launch.status != LaunchStatus.RUNNING:
            raise Refused(
                f'launch "{self.launch.slug}" is {self.launch.status}; nothing can be changed in it'
            )

    def must_not_be_cancelled(self) -> None:
        """Raise Refused for a cancelled launch; one that is done may be changed."""
        if self.launch.status == LaunchStatus.CANCELLED:
            self.must_run()

    def must(
        self, by: str, verb: Verb, subject: Task | VerbSubject | None = None
    ) -> None:
        """Let a person do something to a task or a gate, or without one to the launch.

        Raises NotYours for a person who may not.
        """
        whole = permissions.subject_of(
            subject, self.launch, lead=self.lead, away=self.away
        )
        actor = Actor(by, self.via.of(by))
        self._in_place_of[by] = permissions.must(actor, verb, whole)

    def record(
        self,
        verb: EventVerb,
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
            in_place_of=self._in_place_of.get(by),
            **self.via.of(by).recorded,
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
        """File a notice for a person, by email, or a ``#channel``, within their hours.

        While the person is away their deputy is told; the fact ``for`` names the person then. A
        notice with an ``occasion`` of its own is told once; others are numbered.
        """
        key = task.key if task else None
        to, facts = route(self, kind, to, task=task, facts=facts, occasion=occasion)
        occasion = occasion or str(
            outbox.occasions(self.session, kind, self.launch.slug, key) + 1
        )
        return self.filed.enqueue(
            kind,
            to,
            task=key,
            occasion=occasion,
            send_after=self.calendars.sends_at(to, now=self.now),
            facts=facts,
        )

    @property
    def told(self) -> tuple[str, ...]:
        """The people with a notice of this transaction, without those taken back."""
        return self.filed.people

    def hours_of(self, email: str) -> Hours:
        """When a person works, as far as this launch knows."""
        return self.calendars.hours_of(email)

    def name(self, email: str) -> str:
        """A person as others know them: by name, or by email if neither brief nor Slack has one."""
        return name_of(self.session, self.brief, email)

    def hush(self, task: Task, *kinds: NoticeKind, why: str) -> None:
        """Take back notices of a task that were not sent yet."""
        outbox.drop(
            self.session, launch=self.launch.slug, task=task.key, kinds=kinds, why=why
        )

    def questions(self, task: Task, *, more_time: bool) -> list[Notice]:
        """The open questions about a task: its approver's word, or the lead's on more time."""
        slug = self.launch.slug
        return open_questions(self.session, slug, task.key, more_time=more_time)

    def withdraw(self, task: Task, *, more_time: bool, why: str) -> None:
        """Take back a question that was not sent yet."""
        asked = self.questions(task, more_time=more_time)
        outbox.take_back(self.session, asked, why=why)

    def day(self, instant: datetime | None) -> date | None:
        """The launch's own day of an instant."""
        return instant.astimezone(self.zone).date() if instant else None
