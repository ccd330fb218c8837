"""The routes of the launch room: all pages that the folder holds, files and live updates."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pkgutil import iter_modules

from starlette.routing import BaseRoute

from launch_kits.board.follow_up import follow_up
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.room import pages
from launch_kits.room.asked import Room
from launch_kits.room.assets import asset_route
from launch_kits.room.frame import Frame
from launch_kits.room.live import Live
from launch_kits.room.oidc import OpenIdProvider
from launch_kits.room.page import Page
from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line
from launch_kits.verbs.doors import Door
from launch_kits.views.kept_contexts import KeptContexts
from launch_kits.views.kept_documents import KeptDocuments

__all__ = ["LaunchRoom"]

_log = logging.getLogger(__name__)


class LaunchRoom:
    """The launch room of one process."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = Store(settings.database_url, door=Door.ROOM)
        self._settings = settings
        self._clock = clock

    @property
    def routes(self) -> list[BaseRoute]:
        """All routes: pages, files and live updates."""
        room = Room(
            settings=self._settings,
            store=self._store,
            launches=KeptContexts(self._store, documents=self._settings.documents),
            documents=KeptDocuments(
                self._store,
                documents=self._settings.documents,
                folders=self._settings.templates,
            ),
            clock=self._clock,
            follow_up=self._follow_up,
            provider=OpenIdProvider(self._settings)
            if self._settings.oidc.issuer
            else None,
        )
        found = list(_pages())
        frame = Frame(room, found)
        live = Live(self._store, frame.visitor)
        return [*map(frame.route, found), asset_route(), live.route]

    def close(self) -> None:
        """Give back the connections to the database."""
        self._store.close()

    def _follow_up(self, slug: str) -> None:
        """Do the work that a change brings about; the next sweep does the part that fails."""
        try:
            found = follow_up(
                self._store, slug, settings=self._settings, now=self._clock()
            )
        except LaunchKitsError as error:
            _log.warning("after a change in the launch room: %s", one_line(str(error)))
            return
        for said in (*found.warnings, *found.notes):
            _log.info("after a change in the launch room: %s", one_line(said))


def _pages() -> Iterator[Page]:
    """Yield the pages of each module in the folder."""
    for module in iter_modules(pages.__path__):
        content = vars(import_module(f"{pages.__name__}.{module.name}"))
        yield from (each for each in content.values() if isinstance(each, Page))
