"""All launches on one page: how each goes, in the words of its reader, and which collide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from launch_kits.database.records import LaunchStatus
from launch_kits.database.store import Store
from launch_kits.views.collisions import CrowdedWeek
from launch_kits.views.landing import STATES
from launch_kits.views.launch import LaunchView
from launch_kits.views.launch_rows import LaunchRows
from launch_kits.views.listing import LaunchListing
from launch_kits.views.notices.outsiders import zones_outside
from launch_kits.views.overview import Overview
from launch_kits.workdays import in_words

__all__ = ["LaunchList", "LaunchRow", "read_launch_list"]


@dataclass(frozen=True, slots=True)
class LaunchRow:
    """A launch in the list."""

    view: Overview
    #: the reader's own day
    today: date
    #: the name of its lead
    lead: str
    #: ``at risk``; after its launch ``launched``, ``done`` or ``cancelled``
    state: str
    #: ``launched on Tue 2 Mar``; None before its launch
    past: str | None

    def day(self, when: date) -> str:
        """Write a day for the reader."""
        return in_words.day(when, today=self.today)


@dataclass(frozen=True, slots=True)
class LaunchList:
    """The launches, newest first, and the weeks in which they collide."""

    rows: Sequence[LaunchRow]
    weeks: Sequence[CrowdedWeek]
    #: the version of all launches together, as `version_of` has it
    version: int

    @property
    def any_runs(self) -> bool:
        """Whether one of its launches runs."""
        return any(row.view.status == LaunchStatus.RUNNING for row in self.rows)


def read_launch_list(
    store: Store,
    view_of_launch: Callable[[str], LaunchView],
    *,
    now: datetime,
    email: str | None,
    ended: bool = False,
    kept: LaunchRows | None = None,
) -> LaunchList:
    """Read the running launches, for the person with an email; with ``ended`` every launch.

    Figures that a sweep has kept and that still hold are read in one query, others are computed
    from the view that ``view_of_launch`` gives. ``kept`` holds the rows for the next time. A
    reader who is not known, or has no part in a launch, reads it on its own days.
    """
    kept = kept or LaunchRows()
    found, version = kept.read(store, view_of_launch, now=now, ended=ended)
    with store.read() as session:
        zones = zones_outside(session, email) if email else {}
        weeks = kept.crowded(session, found, ended=ended)
    days: dict[str, date] = {}
    rows = []
    for view, own in found:
        zone = own.zone(email, outside=zones.get(view.slug))
        if zone not in days:
            days[zone] = now.astimezone(ZoneInfo(zone)).date()
        rows.append(_row(view, own, days[zone]))
    return LaunchList(rows, weeks, version)


def _row(view: Overview, own: LaunchListing, today: date) -> LaunchRow:
    past = own.past
    return LaunchRow(
        view=view,
        today=today,
        lead=own.lead,
        state=past.state if past else STATES[view.shown],
        past=past.said(partial(in_words.day, today=today)) if past else None,
    )
