"""All launches on one page: how each goes, in the words of its reader, and which collide."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from launch_kits.database.records import OverviewRow
from launch_kits.database.store import Store
from launch_kits.views.collisions import CrowdedWeek, crowded_weeks
from launch_kits.views.landing import STATES
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.outsiders import names_outside, zones_outside
from launch_kits.views.overview import Overview, list_launch_rows
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


def read_launch_list(
    store: Store,
    view_of_launch: Callable[[str], LaunchView],
    *,
    now: datetime,
    email: str | None,
    ended: bool = False,
    computed: MutableMapping[str, OverviewRow] | None = None,
) -> LaunchList:
    """Read the running launches, for the person with an email; with ``ended`` every launch.

    Figures that a sweep has kept and that still hold are read in one query, others are computed
    from the view that ``view_of_launch`` gives, and put into ``computed`` for the next time. A
    reader who is not known, or has no part in a launch, reads it on its own days.
    """
    found = list_launch_rows(
        store, view_of_launch, now=now, ended=ended, computed=computed
    )
    with store.read() as session:
        zones = zones_outside(session, email) if email else {}
        weeks = crowded_weeks(found, names=partial(names_outside, session))
    rows = []
    for view, own in found:
        today = own.today(email, outside=zones.get(view.slug), now=now)
        past = own.past
        rows.append(
            LaunchRow(
                view=view,
                today=today,
                lead=own.lead,
                state=past.state if past else STATES[view.shown],
                past=past.said(partial(in_words.day, today=today)) if past else None,
            )
        )
    return LaunchList(rows, weeks)
