"""The running launches that a digest tells of."""

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


class RunningLaunches:
    """Launches as they are now, each read once, for the digests of one morning."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._known: dict[str, tuple[Calendars, LaunchView]] = {}
        self._zones: Mapping[str, ZoneInfo] | None = None

    def of(self, session: Session, slug: str) -> tuple[Calendars, LaunchView]:
        """The calendars and the view of a launch."""
        if slug not in self._known:
            launch = session.exec(select(Launch).where(Launch.slug == slug)).one()
            if self._zones is None:
                self._zones = zones_of_members(session)
            brief = Brief.kept(launch.brief)
            zones = self._zones
            calendars = Calendars(brief, lambda email: zones.get(email.lower()))
            view = view_of(
                session, launch, now=self.now, documents=Path(), calendars=calendars
            )
            self._known[slug] = calendars, view
        return self._known[slug]
