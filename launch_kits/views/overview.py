"""The figures of launches in a list, computed once a day and a change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from launch_kits.database.queries import find_launch
from launch_kits.database.records import Launch, LaunchStatus, OverviewRow
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.plan import State
from launch_kits.plan.calendars import Calendars
from launch_kits.views.launch import LaunchView, view_of
from launch_kits.workdays.calendar import end_of_day

__all__ = ["Overview", "keep_overviews", "list_overviews"]


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
        Overview(
            slug=launch.slug,
            product=launch.product,
            status=launch.status,
            launch_on=launch.launch_on,
            readiness=row.readiness,
            late=row.late,
            state=State(row.state),
            lands_on=row.lands_on,
            tasks_open=row.tasks_open,
        )
        for launch, row in _figures(session, now=now, ended=ended)
    ]


def keep_overviews(store: Store, *, now: datetime) -> None:
    """Keep the figures of the running launches whose kept ones no longer hold.

    Raises DatabaseError.
    """
    with store.read() as session:
        found = [row for _, row in _figures(session, now=now) if row.since == now]
    if not found:
        return
    # another sweep may keep the same, and a launch may be deleted meanwhile
    with suppress(IntegrityError), store.write() as session:
        slugs = [row.launch for row in found]
        session.exec(delete(OverviewRow).where(col(OverviewRow.launch).in_(slugs)))
        session.add_all(found)


def _figures(
    session: Session, *, now: datetime, ended: bool = False
) -> Iterator[tuple[_Head, OverviewRow]]:
    """Each launch with its figures, kept or computed now."""
    query = select(*_HEAD, OverviewRow).join(
        OverviewRow, col(OverviewRow.launch) == col(Launch.slug), isouter=True
    )
    if not ended:
        query = query.where(col(Launch.status) == LaunchStatus.RUNNING)
    newest = (col(Launch.opened_at).desc(), col(Launch.slug))
    for *head, kept in session.execute(query.order_by(*newest)).all():
        launch = _Head(*head)
        holds = kept is not None and _holds(kept, launch.revision, now=now)
        yield launch, kept if holds else _compute(session, launch.slug, now=now)


def _holds(kept: OverviewRow, revision: int, *, now: datetime) -> bool:
    return (
        (kept.revision, kept.version) == (revision, _version())
        and kept.since <= now
        and (kept.until is None or now < kept.until)
    )


def _compute(session: Session, slug: str, *, now: datetime) -> OverviewRow:
    launch = find_launch(session, slug)
    calendars = Calendars(Brief.kept(launch.brief))
    view = view_of(session, launch, now=now, documents=Path(), calendars=calendars)
    return OverviewRow(
        launch=slug,
        revision=launch.revision,
        version=_version(),
        since=now,
        until=_next_midnight(view, calendars.brief, now=now),
        readiness=view.readiness,
        late=view.late,
        state=view.state,
        lands_on=view.lands_on,
        tasks_open=len(view.open_tasks),
    )


def _next_midnight(view: LaunchView, brief: Brief, *, now: datetime) -> datetime | None:
    """The next end of a day in the zone of the launch or of an owner; None if it has ended."""
    if view.status != LaunchStatus.RUNNING:
        return None
    zones = {brief.zone(), *(brief.zone(task.owner) for task in view.open_tasks)}
    return min(end_of_day(now.astimezone(zone).date(), zone) for zone in zones)


@cache
def _version() -> str:
    """The version of the software, since another one may compute other figures."""
    return version("launch-kits")
