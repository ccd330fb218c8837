"""The running launches that a sweep tells of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from launch_kits.database.records import Launch
from launch_kits.inputs.brief import Brief
from launch_kits.plan.calendars import Calendars
from launch_kits.views.launch import LaunchView, view_of
from launch_kits.views.notices.outsiders import zones_of_members

__all__ = ["RunningLaunches"]

#: launches that are kept, about half a megabyte each; the ones used longest ago are forgotten first
MOST = 250


class RunningLaunches:
    """Launches as they are at an instant, each planned once for all that one sweep does.

    A launch that has changed since it was read is read again.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._known: dict[str, tuple[Calendars, LaunchView]] = {}
        self._zones: Mapping[str, ZoneInfo] | None = None

    def of(self, session: Session, slug: str) -> tuple[Calendars, LaunchView]:
        """The calendars and the view of a launch; the places of documents begin in their folder."""
        query = select(Launch.revision).where(Launch.slug == slug)
        revision = session.exec(query).one()
        found = self._known.pop(slug, None)
        if found is None or found[1].revision != revision:
            found = self._read(session, slug)
        self._known[slug] = found
        while len(self._known) > MOST:
            self._known.pop(next(iter(self._known)))
        return found

    def view(self, session: Session, slug: str) -> LaunchView:
        """The view of a launch."""
        return self.of(session, slug)[1]

    def forget(self, slug: str) -> None:
        """Forget a launch whose transaction failed: it was read with changes that are undone."""
        self._known.pop(slug, None)

    def _read(self, session: Session, slug: str) -> tuple[Calendars, LaunchView]:
        launch = session.exec(select(Launch).where(Launch.slug == slug)).one()
        if self._zones is None:
            self._zones = zones_of_members(session)
        zones = self._zones
        calendars = Calendars(
            Brief.kept(launch.brief), lambda email: zones.get(email.lower())
        )
        return calendars, view_of(
            session, launch, now=self.now, documents=Path(), calendars=calendars
        )
