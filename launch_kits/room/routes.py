"""The routes of the launch room: all pages that the folder holds, files and live updates."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from importlib import import_module
from pkgutil import iter_modules

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
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
from launch_kits.verbs.actors import Door
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
        room = Room(
            settings=settings,
            store=self._store,
            launches=KeptContexts(self._store, documents=settings.documents),
            documents=KeptDocuments(
                self._store,
                documents=settings.documents,
                folders=settings.templates,
            ),
            clock=clock,
            follow_up=self._follow_up,
            provider=OpenIdProvider(settings) if settings.oidc.issuer else None,
        )
        self._pages = [*_pages()]
        self._frame = Frame(room, self._pages)

    @property
    def routes(self) -> list[BaseRoute]:
        """All routes: pages, files and live updates."""
        live = Live(self._store, self._frame.visitor)
        return [*map(self._frame.route, self._pages), asset_route(), live.route]

    async def error_page(self, request: Request, status: HTTPStatus) -> Response:
        """Make the page that tells a person why a request was refused."""
        return await run_in_threadpool(self._frame.refused, request, status)

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
