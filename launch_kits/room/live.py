"""Live updates: one look at the database each second, told to all open pages."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

from sqlmodel import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from launch_kits.database.records import Launch
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.room.visitors import Visitor

__all__ = ["Live"]

#: seconds between two looks
PAUSE = 1.0
#: seconds after which a silent connection is kept open by a comment
BEAT = 15.0
#: pages that are told at the same time
MOST = 2_000

#: slug → revision
Revisions = dict[str, int]


class Live:
    """Tells open pages which launches changed.

    However many pages are open, the database is asked once a second, and never without one.
    """

    def __init__(
        self, store: Store, visitor: Callable[[Request], Visitor | None]
    ) -> None:
        self._store = store
        self._visitor = visitor
        self._pages: set[asyncio.Queue[list[str]]] = set()
        self._looking: asyncio.Task[None] | None = None
        #: how often the database was asked
        self.looks = 0

    @property
    def route(self) -> Route:
        """The route of the stream of server-sent events."""
        return Route("/live", self._answer)

    async def _answer(self, request: Request) -> Response:
        visitor = await run_in_threadpool(self._visitor, request)
        if visitor is None:
            return Response(status_code=401)
        if len(self._pages) >= MOST:
            return Response(status_code=503)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            self.events(), headers=headers, media_type="text/event-stream"
        )

    async def events(self) -> AsyncIterator[str]:
        """Yield an event with the slugs of changed launches, until the page is closed."""
        page: asyncio.Queue[list[str]] = asyncio.Queue()
        self._pages.add(page)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            yield "retry: 3000\n\n"
            while True:
                try:
                    slugs = await asyncio.wait_for(page.get(), BEAT)
                except TimeoutError:
                    yield ": open\n\n"
                else:
                    yield f"event: changed\ndata: {json.dumps(slugs)}\n\n"
        finally:
            self._pages.discard(page)

    async def _look(self) -> None:
        """Compare the revisions of all launches each second, as long as a page is open."""
        before: Revisions | None = None
        while self._pages:
            now = await run_in_threadpool(self._revisions)
            self.looks += 1
            if before is not None and now is not None:
                changed = [
                    slug for slug in now | before if now.get(slug) != before.get(slug)
                ]
                for page in self._pages if changed else ():
                    page.put_nowait(changed)
            before = now if now is not None else before
            await asyncio.sleep(PAUSE)

    def _revisions(self) -> Revisions | None:
        """The revision of each launch; None if the database does not answer."""
        try:
            with self._store.read() as session:
                return dict(session.exec(select(Launch.slug, Launch.revision)).all())
        except LaunchKitsError:
            return None
