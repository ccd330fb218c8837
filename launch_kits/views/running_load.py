"""The work that running launches ask of their people, read without their briefs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from launch_kits.database.queries import find_launch
from launch_kits.database.records import OPEN, Launch, LaunchStatus, Task, TaskStatus
from launch_kits.inputs.brief import CALENDAR_KEYS, Brief
from launch_kits.inputs.team import Person
from launch_kits.plan import Anchor
from launch_kits.plan.calendars import Calendars
from launch_kits.plan.constraints import Anchors
from launch_kits.plan.resources import Resources
from launch_kits.plan.workload import (
    OwnedWork,
    Workload,
    capacity_by_owner,
    exact,
    load_by_day,
    owner_key,
    stated_capacity,
    workloads,
)
from launch_kits.statuses import AHEAD
from launch_kits.views.booked_days import booked_days
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.countries import first_weekday
from launch_kits.workdays.offsets import Offset

__all__ = [
    "RunningLoad",
    "owners_of",
    "read_running_load",
]

#: a launch's own columns, and the parts of its snapshot that say who works when
_LAUNCH = (
    col(Launch.slug),
    col(Launch.release_on),
    col(Launch.launch_on),
    *(col(Launch.brief)[key] for key in CALENDAR_KEYS),
)
_TASK = (
    col(Task.launch),
    col(Task.key),
    col(Task.owner),
    col(Task.share),
    col(Task.anchor),
    col(Task.days),
    col(Task.workdays),
    col(Task.status),
    col(Task.planned_start),
    col(Task.planned_finish),
    col(Task.begun_at),
    col(Task.extended_until),
)


@dataclass(frozen=True)
class RunningLaunch:
    """The calendars and days of a running launch, made if they are asked for."""

    #: `CALENDAR_KEYS` of its brief, as kept
    parts: Mapping[str, Any]
    release_on: date
    launch_on: date
    now: datetime
    #: the calendars of all launches read, since many have the same: each is a table of some years
    known: dict[str, Calendars] = field(repr=False)

    @cached_property
    def calendars(self) -> Calendars:
        """The working days of the launch and its people."""
        text = repr(self.parts)
        if text not in self.known:
            self.known[text] = Calendars(Brief.kept_calendar(self.parts))
        return self.known[text]

    @cached_property
    def today(self) -> date:
        """The day of the instant read, in the launch's own time zone."""
        return self.now.astimezone(self.calendars.brief.zone()).date()

    def stated_capacity(self) -> Iterator[tuple[str, Fraction | None]]:
        """Yield the email of each person with the capacity, None if it is not stated."""
        for person in self.parts["team"].values():
            stated = person.get("capacity")
            yield person["email"], None if stated is None else exact(stated)

    def calendar_of(self, row: Any) -> Calendar:  # noqa: ANN401  a row of `_TASK`
        """Return the calendar in which the days of a task are counted."""
        own = self.calendars.of(row.owner)
        if not row.workdays:
            return own
        anchors = Anchors.of(
            self.calendars.launch,
            release_on=self.release_on,
            launch_on=self.launch_on,
        )
        anchor = anchors.day(Anchor(row.anchor))
        return own.working(Offset.parse(text).day(anchor) for text in row.workdays)

    def begun_on(self, row: Any) -> date | None:  # noqa: ANN401  a row of `_TASK`
        """Return the day on which current work was begun."""
        if row.status != TaskStatus.DOING or row.begun_at is None:
            return None
        day: date = row.begun_at.astimezone(self.calendars.brief.zone()).date()
        return day


@dataclass(frozen=True)
class RunningLoad:
    """The open tasks of running launches, as far as they were read."""

    #: the running launches in which these people have tasks, open or not, by slug
    launches: Mapping[str, RunningLaunch]
    #: their open tasks with days of work
    rows: Sequence[Any]
    #: the key of each owner of tasks with each launch, ended ones too
    holders: frozenset[tuple[str, str]]

    @cached_property
    def capacity(self) -> Mapping[str, Fraction]:
        """The smallest capacity that is stated for each person, by owner key.

        A running launch counts for a person who has a task in it, open or not.
        """
        return capacity_by_owner(self._stated())

    def resources(self, team: Iterable[Person]) -> Resources:
        """Return the people of one more launch, with this load on them.

        The smallest capacity counts that either its team or a running launch states.
        """
        capacity = capacity_by_owner(chain(stated_capacity(team), self._stated()))
        return Resources(capacity, load_by_day(self.work, capacity))

    def _stated(self) -> Iterator[tuple[str, Fraction | None]]:
        for slug, launch in self.launches.items():
            for email, stated in launch.stated_capacity():
                if (owner_key(email), slug) in self.holders:
                    yield email, stated

    @cached_property
    def work(self) -> list[OwnedWork]:
        """The tasks with the days on which they ask for their share.

        A task in review or blocked asks for none.
        """
        return [
            OwnedWork(
                row.owner,
                f"{row.launch}/{row.key}",
                exact(row.share),
                self._days(row) if row.status in AHEAD else (),
                begun=row.status == TaskStatus.DOING,
            )
            for row in self.rows
        ]

    def _days(self, row: Any) -> list[date]:  # noqa: ANN401  a row of `_TASK`
        launch = self.launches[row.launch]
        return booked_days(
            row,
            launch.calendar_of(row),
            begun_on=launch.begun_on(row),
            today=launch.today,
        )

    def workloads(self, *, like: str | None = None) -> list[Workload]:
        """Return the work and the capacity of each person that was read, week by week.

        Weeks run from this one on. They begin as in the country of the launch ``like``, whose day
        counts as today; without it as in most of the running launches (of several such days, the
        first from Monday on), from the earliest day that is today in one of them.
        """
        if not self.rows:
            return []
        launches = [self.launches[like]] if like else [*self.launches.values()]
        today = min(launch.today for launch in launches)
        firsts = Counter(
            first_weekday(launch.calendars.brief.holidays, today.year)
            for launch in launches
        )
        return workloads(
            self.work,
            capacity=self.capacity,
            is_available=self.is_available,
            first_weekday=min(firsts, key=lambda day: (-firsts[day], day)),
            today=today,
        )

    def is_available(self, owner: str, day: date) -> bool:
        """Whether a person works on a day, in a launch that they have work in."""
        return any(calendar.is_workday(day) for calendar in self._calendars[owner])

    @cached_property
    def _calendars(self) -> Mapping[str, Collection[Calendar]]:
        """The calendars of each person, by owner key; equal ones once."""
        found: dict[str, dict[int, Calendar]] = defaultdict(dict)
        for owner, slug in dict.fromkeys(
            (owner_key(row.owner), row.launch) for row in self.rows
        ):
            calendar = self.launches[slug].calendars.of(owner)
            found[owner][id(calendar)] = calendar
        return {owner: list(known.values()) for owner, known in found.items()}


def read_running_load(
    session: Session,
    *,
    now: datetime,
    of: Iterable[str] | None = None,
    but: str | None = None,
) -> RunningLoad:
    """Read the load of running launches at an instant.

    ``of`` holds the emails of the people to read, in any case; None is everyone. ``but`` is the
    slug of a launch to leave out. Reads columns only: no brief as a whole, and nothing of launches
    in which these people have no task.
    """
    whose = _whose(session, of)
    holding = select(col(Task.owner), col(Task.launch)).where(whose).distinct()
    running = select(*_LAUNCH).where(
        col(Launch.status) == LaunchStatus.RUNNING,
        col(Launch.slug) != (but or ""),
        col(Launch.slug).in_(select(col(Task.launch)).where(whose)),
    )
    read = session.connection().execute
    known: dict[str, Calendars] = {}
    launches = {
        slug: RunningLaunch(
            dict(zip(CALENDAR_KEYS, parts, strict=True)),
            release_on,
            launch_on,
            now,
            known,
        )
        for slug, release_on, launch_on, *parts in read(running).all()
    }
    holders = {(owner_key(owner), slug) for owner, slug in read(holding).all()}
    return RunningLoad(launches, _rows(session, launches, whose), frozenset(holders))


def owners_of(session: Session, slug: str) -> list[str]:
    """Return the emails of the people with open work in a running launch.

    Milestones are no work. Raises NotFound.
    """
    if find_launch(session, slug).status != LaunchStatus.RUNNING:
        return []
    query = select(col(Task.owner)).where(
        col(Task.launch) == slug, col(Task.status).in_(OPEN), col(Task.days) > 0
    )
    return [*session.connection().execute(query.distinct()).scalars()]


def _whose(session: Session, of: Iterable[str] | None) -> ColumnElement[bool]:
    """Return the condition for the tasks of some people, or of all in running launches.

    Emails are found as open tasks spell them, in the index of owners and statuses. It is a
    condition on owners alone, or SQLite would read all tasks of all launches.
    """
    if of is None:
        running = select(col(Launch.slug)).where(
            col(Launch.status) == LaunchStatus.RUNNING
        )
        return col(Task.launch).in_(running)
    of = set(of)
    keys = set(map(owner_key, of))
    query = select(col(Task.owner)).where(col(Task.status).in_(OPEN)).distinct()
    spelled = session.connection().execute(query).scalars()
    return col(Task.owner).in_(
        of | {each for each in spelled if owner_key(each) in keys}
    )


def _rows(
    session: Session, launches: Collection[str], whose: ColumnElement[bool]
) -> list[Any]:
    query = (
        select(*_TASK)
        .where(whose, col(Task.status).in_(OPEN), col(Task.days) > 0)
        .order_by(col(Task.launch), col(Task.position))
    )
    rows = session.connection().execute(query).all()
    return [row for row in rows if row.launch in launches]
