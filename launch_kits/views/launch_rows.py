"""The rows of the list of launches in memory, each made again only if it can differ."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.views.collisions import CrowdedWeek, crowded_weeks
from launch_kits.views.kept_contexts import version_of
from launch_kits.views.launch import LaunchView
from launch_kits.views.listing import LaunchListing, load_listing
from launch_kits.views.notices.outsiders import names_outside
from launch_kits.views.overview import Overview, read_figures

__all__ = ["LaunchRows"]

#: a launch as lists show it, with its people and days
Listed = tuple[Overview, LaunchListing]


@dataclass(frozen=True, slots=True)
class _KeptRow:
    """A launch of a list, for as long as it holds."""

    listed: Listed
    #: of the launch
    revision: int
    since: datetime
    until: datetime | None

    def holds(self, revision: int, *, now: datetime) -> bool:
        """Whether it is that of a revision at an instant."""
        current = self.since <= now and (self.until is None or now < self.until)
        return current and self.revision == revision


@dataclass(frozen=True, slots=True)
class _KeptWeeks:
    """The crowded weeks of some rows, in which people outside the teams had these names."""

    rows: Sequence[Listed]
    emails: Collection[str]
    names: Mapping[str, str]
    weeks: Sequence[CrowdedWeek]


@dataclass(slots=True)
class LaunchRows:
    """The rows that were made before, for the next time; threads may share them."""

    kept: dict[str, _KeptRow] = field(default_factory=dict)
    #: the crowded weeks of the running launches, and of all
    weeks: dict[bool, _KeptWeeks] = field(default_factory=dict)

    def read(
        self,
        store: Store,
        view_of_launch: Callable[[str], LaunchView],
        *,
        now: datetime,
        ended: bool,
    ) -> tuple[list[Listed], int]:
        """The running launches, newest first, or every launch if ``ended``; with their version.

        A launch is read again if its revision grew or a day ended for one of its people. Figures
        that no sweep has kept are computed from the view that ``view_of_launch`` gives.
        """
        query = select(Launch.slug, Launch.revision, Launch.status)
        newest = (col(Launch.opened_at).desc(), col(Launch.slug))
        with store.read() as session:
            heads = session.exec(query.order_by(*newest)).all()
        shown = {
            slug: revision
            for slug, revision, status in heads
            if ended or status == LaunchStatus.RUNNING
        }
        before = self.kept
        stale = [
            slug
            for slug, revision in shown.items()
            if slug not in before or not before[slug].holds(revision, now=now)
        ]
        made = self._made(store, view_of_launch, stale, now=now) if stale else {}
        # another thread may put other rows in its place meanwhile
        kept = self.kept = {
            slug: row
            for slug, _, _ in heads
            if (row := made.get(slug) or before.get(slug))
        }
        gone = {*stale} - {*made}
        rows = [kept[slug].listed for slug in shown if slug not in gone]
        return rows, version_of(revision for _, revision, _ in heads)

    def _made(
        self,
        store: Store,
        view_of_launch: Callable[[str], LaunchView],
        slugs: Collection[str],
        *,
        now: datetime,
    ) -> dict[str, _KeptRow]:
        return {
            view.slug: _KeptRow(
                (view, load_listing(row.listing)), row.revision, row.since, row.until
            )
            for view, row in read_figures(store, view_of_launch, slugs, now=now)
        }

    def crowded(
        self, session: Session, rows: Sequence[Listed], *, ended: bool
    ) -> Sequence[CrowdedWeek]:
        """The weeks in which the launches of these rows collide."""
        last = self.weeks.get(ended)
        if (
            last is not None
            and len(last.rows) == len(rows)
            and all(one is other for one, other in zip(last.rows, rows, strict=True))
            and names_outside(session, last.emails) == last.names
        ):
            return last.weeks
        emails: list[str] = []

        def named(people: Collection[str]) -> Mapping[str, str]:
            emails.extend(people)
            return names_outside(session, people)

        weeks = crowded_weeks(rows, names=named)
        names = names_outside(session, emails)
        self.weeks[ended] = _KeptWeeks(rows, emails, names, weeks)
        return weeks
