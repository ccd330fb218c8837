"""The application behind the HTTP port: its routes, and limits that hold for all of them."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable, Mapping
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

__all__ = ["MAX_BYTES", "application", "as_json"]

#: larger requests are refused unread
MAX_BYTES = 1024 * 1024
#: seconds after which a client that does not finish its request is refused
PATIENCE = 30
#: how the paths of links begin, which end with a secret
SHARED = "/shared/"

_log = logging.getLogger(__name__)


def application(routes: Iterable[BaseRoute]) -> ASGIApp:
    """Make the application of some routes.

    It refuses large and unfinished requests before a route sees them. It answers errors that no
    route expects with status 500, and logs them.
    """
    router = Router([*routes], redirect_slashes=False)
    app = Starlette()
    # Starlette's own stack would answer an error before it is logged.
    app.middleware_stack = ExceptionMiddleware(router, {HTTPException: _refused})
    return Bounded(Guarded(app))


def as_json(value: Mapping[str, object], *, status: int = HTTPStatus.OK) -> Response:
    """Make an answer in JSON."""
    content = json.dumps(value).encode() + b"\n"
    return Response(content, status, media_type="application/json")


class Guarded:
    """Answers with status 500 if an application fails, and logs the error."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

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
            await _error("internal error", 500)(scope, receive, send)


def _without_secret(scope: Scope) -> str:
    """The path of a request; that of a link has a secret, which no log may keep."""
    path = str(scope.get("path"))
    return f"{SHARED}…" if path.startswith(SHARED) else path


class Bounded:
    """Reads a request whole, within limits, before an application answers it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            await _error("bad request", 400)(scope, receive, send)
        elif int(length) > MAX_BYTES:
            await _error("too large", 413)(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                body = await _read(receive)
        except TimeoutError:
            await _error("request not finished", 408)(scope, receive, send)
        except _TooLarge:
            await _error("too large", 413)(scope, receive, send)
        except _Gone:
            return
        else:
            await self._app(scope, _Again(body, receive), send)


class _TooLarge(Exception):
    """A body is larger than allowed."""


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
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise _Gone
        body += message.get("body", b"")
        if len(body) > MAX_BYTES:
            raise _TooLarge
        if not message.get("more_body", False):
            return bytes(body)


def _error(word: str, status: int) -> Response:
    """Make an answer after which the connection ends, since its request may be unread."""
    answer = as_json({"error": word}, status=status)
    answer.headers["Connection"] = "close"
    return answer


async def _refused(_: Request, error: Exception) -> Response:
    status, headers = HTTPStatus.INTERNAL_SERVER_ERROR, None
    if isinstance(error, HTTPException):
        with suppress(ValueError):
            status = HTTPStatus(error.status_code)
        headers = error.headers
    answer = as_json({"error": status.phrase.lower()}, status=status)
    answer.headers.update(headers or {})
    return answer
