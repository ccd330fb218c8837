"""Prefect's server behind two checks that it lacks: Host and Origin."""

from __future__ import annotations

import os
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from launch_kits.board.address import LOOPBACK, WILDCARDS

__all__ = ["SameOriginMiddleware", "create_app", "main", "trusted_hosts"]


class SameOriginMiddleware:
    """Refuses requests and websockets from web pages of foreign origins.

    CORS only keeps a page from reading an answer, and websockets have neither CORS nor CSRF tokens.
    Programs send no Origin and are let through. Another middleware must check the Host first.
    """

    def __init__(self, app: ASGIApp, *, origins: Collection[str]) -> None:
        self.app = app
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102  ASGI's
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
    app = SameOriginMiddleware(create_prefect_app(final=True), origins=origins)
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
