"""The application behind the HTTP port: its routes, and limits that hold for all of them."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from launch_kits.settings.visible import one_line

__all__ = ["MAX_BYTES", "ErrorPage", "application", "as_json"]

#: makes the page that tells a person why a request was refused
ErrorPage = Callable[[Request, HTTPStatus], Awaitable[Response]]

#: larger requests are refused unread
MAX_BYTES = 1024 * 1024
#: seconds after which a client that does not finish its request is refused
PATIENCE = 30
#: how the paths of links begin, which end with a secret
SHARED = "/shared/"

_log = logging.getLogger(__name__)


def application(
    routes: Iterable[BaseRoute], *, error_page: ErrorPage | None = None
) -> ASGIApp:
    """Make the application of some routes.

    It refuses large and unfinished requests before a route sees them. It answers errors that no
    route expects with status 500, and logs them. A browser is told by ``error_page``, a program in
    JSON.
    """
    router = Router([*routes], redirect_slashes=False)
    refusals = Refusals(error_page)
    app = Starlette()
    # Starlette's own stack would answer an error before it is logged.
    app.middleware_stack = ExceptionMiddleware(router, {HTTPException: refusals.told})
    return Bounded(Guarded(app, refusals), refusals)


def as_json(value: Mapping[str, object], *, status: int = HTTPStatus.OK) -> Response:
    """Make an answer in JSON."""
    content = json.dumps(value).encode() + b"\n"
    return Response(content, status, media_type="application/json")


class Refusals:
    """Answers in place of routes: a page for a browser, JSON for a program."""

    def __init__(self, page: ErrorPage | None) -> None:
        self._page = page

    async def told(self, request: Request, error: Exception) -> Response:
        """Answer a request that a route or the table of routes refuses."""
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        headers = None
        if isinstance(error, HTTPException):
            with suppress(ValueError):
                status = HTTPStatus(error.status_code)
            headers = error.headers
        answer = await self._answer(request, status, status.phrase.lower())
        answer.headers.update(headers or {})
        return answer

    async def ended(self, scope: Scope, status: HTTPStatus, word: str) -> Response:
        """Answer a request after which the connection ends, since it may be unread."""
        answer = await self._answer(Request(scope), status, word)
        answer.headers["Connection"] = "close"
        return answer

    async def _answer(
        self, request: Request, status: HTTPStatus, word: str
    ) -> Response:
        if self._page is not None and "text/html" in request.headers.get("accept", ""):
            try:
                return await self._page(request, status)
            except Exception:  # noqa: BLE001  whatever it is, the client gets an answer
                _log.exception("no page could be made for status %s", status.value)
        return as_json({"error": word}, status=status)


class Guarded:
    """Answers with status 500 if an application fails, and logs the error."""

    def __init__(self, app: ASGIApp, refusals: Refusals) -> None:
        self._app = app
        self._refusals = refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        began = False

        async def watched(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            asked = one_line(f"{scope.get('method')} {_without_secret(scope)}")
            _log.exception("%s could not be answered", asked)
            if began:
                raise
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            answer = await self._refusals.ended(scope, status, "internal error")
            await answer(scope, receive, send)


def _without_secret(scope: Scope) -> str:
    """The path of a request; that of a link has a secret, which no log may keep."""
    path = str(scope.get("path"))
    return f"{SHARED}…" if path.startswith(SHARED) else path


class Bounded:
    """Reads a request whole, within limits, before an application answers it."""

    def __init__(self, app: ASGIApp, refusals: Refusals) -> None:
        self._app = app
        self._refusals = refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
        try:
            body = await _whole(scope, receive)
        except _Gone:
            return
        except _Unread as error:
            answer = await self._refusals.ended(scope, error.status, str(error))
            await answer(scope, receive, send)
        else:
            await self._app(scope, _Again(body, receive), send)


class _Unread(Exception):
    """A request is refused before it was read whole."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        self.status = status
        super().__init__(why)


class _Gone(Exception):
    """The client went away before its request was complete."""


class _Again:
    """Gives a body that was read to an application."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body = self._body
        self._body = None
        return {"type": "http.request", "body": body, "more_body": False}


async def _whole(scope: Scope, receive: Receive) -> bytes:
    """Read the body of a request; raises _Unread and _Gone."""
    length = Headers(scope=scope).get("content-length", "0")
    if not length.isascii() or not length.isdigit():
        raise _Unread(HTTPStatus.BAD_REQUEST, "bad request")
    if int(length) > MAX_BYTES:
        raise _too_large()
    try:
        async with asyncio.timeout(PATIENCE):
            return await _read(receive)
    except TimeoutError:
        status = HTTPStatus.REQUEST_TIMEOUT
        raise _Unread(status, "request not finished") from None


def _too_large() -> _Unread:
    return _Unread(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise _Gone
        body += message.get("body", b"")
        if len(body) > MAX_BYTES:
            raise _too_large()
        if not message.get("more_body", False):
            return bytes(body)
