"""Live updates: one look at the database each second, told to all open pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from sqlmodel import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from launch_kits.database.records import Launch
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.room.visitors import Visitor
from launch_kits.views.kept_contexts import version_of

__all__ = ["Live"]

#: seconds between two looks
PAUSE = 1.0
#: seconds after which a silent connection is kept open by a comment
BEAT = 15.0
#: pages that are told at the same time
MOST = 2_000

#: the name of all launches together
ALL = "*"

#: slug → revision
Revisions = dict[str, int]


@dataclass(eq=False, slots=True)
class _OpenPage:
    """A page that is open in a browser."""

    #: the launch that it shows, or `ALL`
    about: str
    #: the version that it was told last; None before the first look
    told: int | None = None
    news: asyncio.Queue[int] = field(default_factory=asyncio.Queue)


class Live:
    """Tells open pages that the launch they show has changed.

    However many pages are open, the database is asked once a second, and never without one.
    """

    def __init__(
        self, store: Store, visitor: Callable[[Request], Visitor | None]
    ) -> None:
        self._store = store
        self._visitor = visitor
        self._pages: set[_OpenPage] = set()
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
        about = request.query_params.get("about", ALL)
        return StreamingResponse(
            self.events(about, lambda: self._visitor(request) is not None),
            headers=headers,
            media_type="text/event-stream",
        )

    async def events(
        self, about: str, known: Callable[[], bool] = lambda: True
    ) -> AsyncIterator[str]:
        """Yield the version of a launch, or of all, now and after each change.

        A page that shows another version is out of date. Ends when the page is closed, or when its
        visitor is not ``known`` any more, such as after a sign-out.
        """
        page = _OpenPage(about)
        self._pages.add(page)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            yield "retry: 3000\n\n"
            while True:
                said = await _news(page)
                if not await run_in_threadpool(known):
                    return
                yield said
        finally:
            self._pages.discard(page)

    async def _look(self) -> None:
        """Look at the versions of all launches each second, as long as a page is open."""
        while self._pages:
            now = await run_in_threadpool(self._revisions)
            self.looks += 1
            if now is not None:
                now[ALL] = version_of(now.values())
                for page in self._pages:
                    version = now.get(page.about, 0)
                    if version != page.told:
                        page.told = version
                        page.news.put_nowait(version)
            await asyncio.sleep(PAUSE)

    def _revisions(self) -> Revisions | None:
        """The revision of each launch; None if the database does not answer."""
        try:
            with self._store.read() as session:
                return dict(session.exec(select(Launch.slug, Launch.revision)).all())
        except LaunchKitsError:
            return None


async def _news(page: _OpenPage) -> str:
    """The next version of a page, or a comment if there is none for a while."""
    try:
        version = await asyncio.wait_for(page.news.get(), BEAT)
    except TimeoutError:
        return ": open\n\n"
    return f"event: version\ndata: {version}\n\n"
