"""Prefect's server behind two checks that it lacks: Host and Origin.

Servers of one home begin one after the other.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import socket
from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from launch_kits.board.address import LOOPBACK, WILDCARDS

__all__ = [
    "OneByOneMiddleware",
    "SameOriginMiddleware",
    "create_app",
    "main",
    "trusted_hosts",
]

#: seconds between two tries to begin
TURN = 0.1


class SameOriginMiddleware:
    """Refuses requests and websockets from web pages of foreign origins.

    CORS only keeps a page from reading an answer, and websockets have neither CORS nor CSRF tokens.
    Programs send no Origin and are let through. Another middleware must check the Host first.
    """

    def __init__(self, app: ASGIApp, *, origins: Collection[str]) -> None:
        self.app = app
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, unless it comes from a foreign origin."""
        if scope["type"] in ("http", "websocket") and not self._allows(
            Headers(scope=scope)
        ):
            refusal = PlainTextResponse("Foreign origin", status_code=403)
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _allows(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None or origin in self.origins:
            return True
        try:
            # A proxy may have removed TLS, so the scheme is not compared.
            return urlsplit(origin).netloc == headers.get("host")
        except ValueError:
            return False


class OneByOneMiddleware:
    """Begins only while no other server of the same folder does.

    Prefect migrates its database as it begins. Two servers that do so at once, those of an `up` and
    of a `start` in a new home, would both add the same columns, and one would end.
    """

    def __init__(self, app: ASGIApp, *, folder: Path) -> None:
        self.app = app
        self.folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin in turn with other servers of the home, and answer requests at once."""
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        turn = await _turn(self.folder / "starting.lock")

        async def send_and_give_way(message: Message) -> None:
            if message["type"].startswith("lifespan.startup."):
                fcntl.flock(turn, fcntl.LOCK_UN)
            await send(message)

        try:
            await self.app(scope, receive, send_and_give_way)
        finally:
            os.close(turn)


async def _turn(path: Path) -> int:
    """Wait until no other process holds a lock file; returns its descriptor, which holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            await asyncio.sleep(TURN)
        else:
            return descriptor


def trusted_hosts(bound: str, origins: Collection[str]) -> list[str]:
    """The accepted values of Host.

    Returns loopback, the bound host and the hosts of the origins, without ports.
    """
    everywhere = bound in WILDCARDS
    own = [f"[{bound}]" if ":" in bound else bound]
    if everywhere:
        own = [socket.gethostname(), socket.getfqdn()]
    named = [urlsplit(origin).netloc.rpartition("@")[2] for origin in origins]
    return list(
        dict.fromkeys(
            [*LOOPBACK, *own, *(_without_port(place) for place in named if place)]
        )
    )


def _without_port(place: str) -> str:
    host, colon, port = place.rpartition(":")
    return host if colon and port.isdigit() else place


def create_app() -> ASGIApp:
    """Create Prefect's application behind the checks.

    It is an ASGI factory, so that uvicorn can start several worker processes.
    """
    from prefect.server.api.server import create_app as create_prefect_app
    from prefect.settings import get_current_settings

    api = get_current_settings().server.api
    origins = api.cors_allowed_origins.split(",")
    # Around Prefect's application, not in it: its own services call it with a made-up Host.
    server = OneByOneMiddleware(
        create_prefect_app(final=True), folder=get_current_settings().home
    )
    app = SameOriginMiddleware(server, origins=origins)
    return TrustedHostMiddleware(
        app, allowed_hosts=trusted_hosts(api.host, origins), www_redirect=False
    )


def main() -> None:
    """Serve as `prefect server start` does, until SIGTERM.

    It reads the same settings of Prefect.
    """
    import uvicorn
    from prefect.settings import get_current_settings
    from uvicorn.config import LOGGING_CONFIG

    server = get_current_settings().server
    # Prefect's own setting; without it uvicorn writes as it always does.
    json = os.environ.get("PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER") == "json"
    uvicorn.run(
        create_app(),
        host=server.api.host,
        port=server.api.port,
        timeout_keep_alive=server.api.keepalive_timeout,
        ws_ping_interval=server.api.websocket_ping_interval,
        ws_ping_timeout=server.api.websocket_ping_timeout,
        log_level=server.logging_level.lower(),
        # WEB_CONCURRENCY is ignored: on SQLite, and without Redis, Prefect supports one worker.
        workers=1,
        log_config=None if json else LOGGING_CONFIG,
    )


if __name__ == "__main__":
    main()
