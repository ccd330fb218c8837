"""The figures and tasks of launches in lists, computed once a day and a change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from launch_kits.database.isolation import each_alone
from launch_kits.database.queries import find_launch
from launch_kits.database.records import (
    KeptTasks,
    Launch,
    LaunchStatus,
    OverviewRow,
)
from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.plan import State
from launch_kits.plan.absence import Deputies
from launch_kits.views.kept_tasks import ListedLaunch, keep_tasks, read_tasks
from launch_kits.views.landing import LaunchPast, state_shown
from launch_kits.views.launch import LaunchView, view_of
from launch_kits.views.listing import LaunchListing, dump_listing, listing_of
from launch_kits.views.task import TaskView
from launch_kits.workdays.calendar import end_of_day

__all__ = [
    "Overview",
    "keep_overviews",
    "list_overviews",
    "list_tasks",
    "read_figures",
    "version_of_figures",
]


#: reads a launch as it is now; the places of its documents begin in their folder
ReadView = Callable[[Session, str], LaunchView]

#: launches whose figures are computed and kept together, so that few are in memory
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Overview:
    """A launch as a list shows it; the fields are those of its view."""

    slug: str
    product: str
    status: str
    launch_on: date
    readiness: float
    late: int
    state: State
    lands_on: date | None
    tasks_open: int
    #: whether it is on track by its dates alone: people have no time for all work
    short: bool = False

    @property
    def shown(self) -> State:
        """The state that people are told."""
        return State.SHORT_OF_PEOPLE if self.short else self.state

    @property
    def percent(self) -> int:
        """The readiness in whole percent, rounded down."""
        return int(100 * self.readiness + 1e-9)


class _Head(NamedTuple):
    """The columns of a launch that a list shows, without its brief."""

    slug: str
    product: str
    status: str
    launch_on: date
    revision: int


_HEAD = tuple(getattr(Launch, name) for name in _Head._fields)


def list_overviews(
    session: Session, *, now: datetime, ended: bool = False
) -> list[Overview]:
    """The running launches, newest first; with ``ended`` every launch.

    Figures that a sweep has kept and that still hold are read in one query, others are computed.
    """
    return [
        _overview(launch, row)
        for launch, row in _figures(session, now=now, ended=ended)
    ]


def read_figures(
    store: Store,
    view_of_launch: Callable[[str], LaunchView],
    slugs: Collection[str],
    *,
    now: datetime,
) -> Iterator[tuple[Overview, OverviewRow]]:
    """Yield some launches with their figures, in no order.

    Figures that a sweep has kept and that still hold are read in one query, others are computed
    from the view that ``view_of_launch`` gives, which may raise NotFound for a launch that is gone.
    """
    query = _listed(*_HEAD, OverviewRow, ended=True)
    with store.read() as session:
        rows = session.execute(query.where(col(Launch.slug).in_(slugs))).all()
    for *head, kept in rows:
        launch = _Head(*head)
        if _holds(kept, launch.revision, now=now):
            yield _overview(launch, kept), kept
            continue
        with suppress(NotFound):
            row = _figures_of(view_of_launch(launch.slug), now=now)
            yield _overview(launch, row), row


def list_tasks(
    session: Session, *, now: datetime, documents: Path
) -> list[ListedLaunch]:
    """The running launches with their tasks, newest first.

    ``documents`` is the folder of documents. Tasks that a sweep has kept and that still hold are
    read in one query, others are computed.
    """
    query = _listed(*_HEAD, OverviewRow, KeptTasks)
    query = query.join(
        KeptTasks, col(KeptTasks.launch) == col(Launch.slug), isouter=True
    )
    found = []
    for *head, figures, kept in session.execute(query).all():
        launch = _Head(*head)
        holds = kept is not None and _holds(figures, launch.revision, now=now)
        tasks = kept if holds else keep_tasks(_view(session, launch.slug, now=now))
        found.append(read_tasks(tasks, status=launch.status, documents=documents))
    return found


def keep_overviews(
    store: Store, *, now: datetime, view: ReadView | None = None
) -> None:
    """Keep the figures and tasks of launches that changed.

    Those of a launch that ended after its launch day hold for ever. A launch that cannot be read
    is left out. ``view`` gives a launch as it is now, if the sweep has read it. Raises
    DatabaseError.
    """
    view = view or partial(_view, now=now)
    with store.read() as session:
        rows = session.execute(_listed(*_HEAD, OverviewRow, ended=True)).all()
    stale = [
        head[0]
        for *head, kept in rows
        if not _holds(kept, _Head(*head).revision, now=now)
    ]
    for start in range(0, len(stale), AT_ONCE):
        _keep(store, stale[start : start + AT_ONCE], now=now, read=view)


def _keep(store: Store, slugs: Sequence[str], *, now: datetime, read: ReadView) -> None:
    views: list[LaunchView] = []
    with store.read() as session:
        each_alone(
            slugs,
            lambda slug: views.append(read(session, slug)),
            doing="could not be summarised",
        )
    # another sweep may keep the same, and a launch may be deleted meanwhile
    with suppress(IntegrityError), store.write() as session:
        for table in (OverviewRow, KeptTasks):
            session.exec(delete(table).where(col(table.launch).in_(slugs)))
        for view in views:
            session.add_all([_figures_of(view, now=now), keep_tasks(view)])


def _listed(*columns: Any, ended: bool = False) -> Select[Any]:  # noqa: ANN401  columns and tables
    """The query for the running launches with their figures, newest first."""
    query: Select[Any] = select(*columns)
    query = query.join(
        OverviewRow, col(OverviewRow.launch) == col(Launch.slug), isouter=True
    )
    if not ended:
        query = query.where(col(Launch.status) == LaunchStatus.RUNNING)
    return query.order_by(col(Launch.opened_at).desc(), col(Launch.slug))


def _figures(
    session: Session, *, now: datetime, ended: bool
) -> Iterator[tuple[_Head, OverviewRow]]:
    """Each launch with its figures, kept or computed now."""
    query = _listed(*_HEAD, OverviewRow, ended=ended)
    for *head, kept in session.execute(query).all():
        launch = _Head(*head)
        if _holds(kept, launch.revision, now=now):
            yield launch, kept
        else:
            yield launch, _figures_of(_view(session, launch.slug, now=now), now=now)


def _overview(launch: _Head, row: OverviewRow) -> Overview:
    short = row.state == State.SHORT_OF_PEOPLE
    return Overview(
        slug=launch.slug,
        product=launch.product,
        status=launch.status,
        launch_on=launch.launch_on,
        readiness=row.readiness,
        late=row.late,
        state=State.ON_TRACK if short else State(row.state),
        lands_on=row.lands_on,
        tasks_open=row.tasks_open,
        short=short,
    )


def _holds(kept: OverviewRow | None, revision: int, *, now: datetime) -> bool:
    return (
        kept is not None
        and (kept.revision, kept.version) == (revision, version_of_figures())
        and kept.since <= now
        and (kept.until is None or now < kept.until)
    )


def _view(session: Session, slug: str, *, now: datetime) -> LaunchView:
    """A launch as it is now; the places of its documents begin in their folder."""
    return view_of(session, find_launch(session, slug), now=now, documents=Path())


def _figures_of(view: LaunchView, *, now: datetime) -> OverviewRow:
    if view.away is None:
        raise TypeError(f"the people of {view.slug} are not known")
    return OverviewRow(
        launch=view.slug,
        revision=view.revision,
        version=version_of_figures(),
        since=now,
        until=_until(view, view.away, now=now),
        readiness=view.readiness,
        late=view.late,
        state=state_shown(view),
        lands_on=view.lands_on,
        tasks_open=len(view.open_tasks),
        listing=dump_listing(listing_of(view, view.away.calendars.brief)),
    )


def _until(view: LaunchView, away: Deputies, *, now: datetime) -> datetime | None:
    """The next instant at which figures, tasks or words can differ; None for never.

    A day ends in the zone of the launch or of an owner, or a person goes away or is back. If the
    launch has ended, only the end of its launch day counts: then it took place.
    """
    brief = away.calendars.brief
    if view.status != LaunchStatus.RUNNING:
        over = view.today > view.launch_on
        return None if over else end_of_day(view.launch_on, brief.zone())
    zones = {brief.zone(), *(brief.zone(task.owner) for task in view.open_tasks)}
    ends = [end_of_day(now.astimezone(zone).date(), zone) for zone in zones]
    turns = away.turns_at()
    return min([*ends, *([turns] if turns else [])])


@cache
def version_of_figures() -> str:
    """The version of the software, since another one may compute other figures.

    With the fields of a task and of a listing, since both are kept by them.
    """
    kept = repr(
        [
            (each.name, each.type)
            for kind in (TaskView, LaunchListing, LaunchPast)
            for each in fields(kind)
        ]
    )
    return f"{version('launch-kits')} {crc32(kept.encode()):08x}"
