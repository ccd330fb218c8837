"""The context of a message: the launch as it is now, and its reader."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from launch_kits.database.queries import find_launch, revision_of
from launch_kits.database.records import Closing, LaunchStatus, Notice, NoticeKind
from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.inputs.brief import Brief
from launch_kits.plan.calendars import Calendars
from launch_kits.views.launch import LaunchView, view_of
from launch_kits.views.notices.closing import closing
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.digest_lines import OF_LAUNCHES
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.notices.links import links_of
from launch_kits.views.notices.message import NoticeMessage, Subject
from launch_kits.views.notices.outsiders import PersonOutside, named, outsiders
from launch_kits.views.notices.passed_news import REASONS, passed
from launch_kits.views.reader import Reader, spelled
from launch_kits.views.room_pages import RoomPages
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours

__all__ = ["ContextLoader", "MessageContext"]

#: how old a context may be; the days in messages are those of the reader all the same
FRESH = timedelta(seconds=20)
#: launches that a loader keeps in memory, about half a megabyte each; the ones read longest ago are
#: forgotten first
MOST = 150
#: notices to send only if their task is open and their launch runs
PASSING = frozenset(
    [NoticeKind.TASK, NoticeKind.REVIEW, NoticeKind.NUDGE, NoticeKind.ESCALATION]
)

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class MessageContext:
    """A launch at an instant, with its people."""

    view: LaunchView
    brief: Brief
    calendars: Calendars
    #: another launch by its slug, None if it cannot be read
    other: Callable[[str], LaunchView | None] = lambda _slug: None
    #: the addresses of the messages of an email, of those sent before an instant if one is given
    links: Callable[[str, datetime | None], Mapping[Subject, str]] = (
        lambda _to, _before: {}
    )
    #: the pages of the launch room, if it has a public address
    room: RoomPages | None = None
    #: people with work in the launch who are not in its team, by email in lower case
    outsiders: Mapping[str, PersonOutside] = field(default_factory=dict)

    def launch(self, slug: str) -> LaunchView | None:
        """Return this launch, or another one that a list of it names."""
        return self.view if slug == self.view.slug else self.other(slug)

    def reader(self, to: str, *, now: datetime) -> Reader:
        """Return the reader of a notice to an email or a ``#channel``.

        A channel is read on the launch's own days. Days are counted as if a person were never away,
        so that a sentence does not change with their absences.
        """
        hours = self._hours_of(to)
        usual = self.calendars.usual_hours_of(to) if "@" in to else hours
        names = {email: each.name for email, each in self.outsiders.items()}
        names |= {
            person.email: person.name
            for person in reversed(self.brief.team.values())
            if person.email.lower() not in names
        }
        return Reader(
            today=hours.day(now),
            zone=hours.zone,
            calendar=usual.calendar,
            names=names,
        )

    def message(self, notice: Notice, *, now: datetime) -> NoticeMessage:
        """Write the message of a notice for its reader."""
        reader = self.reader(notice.to, now=now)
        if notice.kind == NoticeKind.DIGEST:
            reader = replace(reader, calendars=self._elsewhere(notice))
        return compose(notice, self.view, reader=reader)

    def _elsewhere(self, digest: Notice) -> Mapping[str, Calendar]:
        """The calendars of a digest's reader in the other launches that it tells of."""
        slugs = {
            str(line["launch"])
            for key in OF_LAUNCHES
            for line in rows_of(digest.facts, key)
            if line.get("launch") not in (None, self.view.slug)
        }
        views = [view for slug in slugs if (view := self.other(slug)) is not None]
        return {
            view.slug: view.away.calendars.usual_hours_of(digest.to).calendar
            for view in views
            if view.away is not None
        }

    def spelled(self, email: str) -> str:
        """An email as the launch spells it, since Slack's may differ in case."""
        people: list[str | None] = [person.email for person in self.brief.team.values()]
        for task in self.view.tasks:
            people += (task.owner, task.backup, task.approver, task.in_hands_of)
        return spelled(email, people)

    def name(self, email: str) -> str:
        """The name of a person, or the email of one outside the team."""
        person = self.brief.introduced(email) or self.outsiders.get(email.lower())
        return person.name if person else email

    def hours(self, to: str, *, now: datetime) -> datetime:
        """Return ``now`` if it is within a reader's working hours, else their next start.

        A channel has the hours of the launch.
        """
        return self._hours_of(to).opens(now)

    def _hours_of(self, to: str) -> Hours:
        hours = self.calendars.hours_for(to)
        outsider = self.outsiders.get(to.lower())
        if outsider is None or outsider.zone is None:
            return hours
        return replace(hours, zone=outsider.zone)

    def untrue(self, notice: Notice) -> str | None:
        """Return why a notice must not be sent any more, or None if it still holds."""
        if notice.kind == NoticeKind.NEWS:
            return passed(notice, self.view)
        weekly = notice.kind == NoticeKind.DIGEST and "week" in notice.facts
        if notice.kind not in PASSING and not weekly:
            return None
        if self.view.status != LaunchStatus.RUNNING:
            return f"the launch is {self.view.status}"
        if weekly:
            return None
        over = closing(notice, self.view)
        return REASONS[Closing(over["why"])].format_map(over) if over else None


class ContextLoader:
    """The contexts of one delivery.

    A launch's brief is validated again only if it changed, the launch read again only if it
    changed or `FRESH` has passed. The last `MOST` launches are kept. Threads may share it.
    """

    def __init__(
        self, store: Store, *, documents: Path, room: str | None = None
    ) -> None:
        """``room`` is the public address of the launch room, for links to its pages."""
        self._store = store
        self._documents = documents
        self._room = RoomPages(room) if room else None
        self._lock = threading.Lock()
        #: the digest of a launch's brief, and the calendars made from it
        self._people: dict[str, tuple[bytes, Calendars]] = {}
        #: the last context of a launch, and its instant
        self._last: dict[str, tuple[datetime, MessageContext]] = {}

    def of(self, launch: str, *, now: datetime) -> MessageContext:
        """The context of a launch at an instant; raises NotFound."""
        with self._store.read() as session:
            at, last = self._last.get(launch, (now, None))
            if (
                last is not None
                and last.view.revision == revision_of(session, launch)
                and now - at < FRESH
            ):
                return last
            found = find_launch(session, launch)
            brief = sha256(json.dumps(found.brief).encode()).digest()
            before, calendars = self._people.get(launch, (None, None))
            if calendars is None or before != brief:
                calendars = Calendars(Brief.kept(found.brief))
            self._remember(self._people, launch, (brief, calendars))
            view = view_of(
                session,
                found,
                now=now,
                documents=self._documents,
                calendars=calendars,
            )
            people = outsiders(session, view, calendars.brief)
        context = MessageContext(
            named(view, people),
            calendars.brief,
            calendars,
            other=partial(self._other, now=now),
            links=self._links,
            room=self._room,
            outsiders=people,
        )
        self._remember(self._last, launch, (now, context))
        return context

    def _remember(self, kept: dict[str, _Value], launch: str, value: _Value) -> None:
        with self._lock:
            kept.pop(launch, None)
            kept[launch] = value
            while len(kept) > MOST:
                del kept[next(iter(kept))]

    def again(self, launch: str, *, now: datetime) -> MessageContext:
        """The context of a launch, read again; raises NotFound."""
        with self._lock:
            self._last.pop(launch, None)
        return self.of(launch, now=now)

    def _other(self, launch: str, *, now: datetime) -> LaunchView | None:
        try:
            return self.of(launch, now=now).view
        except (NotFound, ValueError):
            return None

    def _links(self, to: str, before: datetime | None) -> Mapping[Subject, str]:
        with self._store.read() as session:
            return links_of(session, to, before)
