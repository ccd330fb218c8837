"""The HTTP port of `up`: uvicorn in a thread of its own."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp
    from uvicorn import Server

__all__ = ["Port"]

#: connections that wait to be accepted: clicks of a whole company in the same second
QUEUE = 128
#: seconds for answers that are under way when the port is closed
LAST_ANSWERS = 2


class Port:
    """A port of a host that answers requests by an application.

    Port 0 takes any free port. Raises OSError if the port is taken.
    """

    def __init__(self, host: str, port: int, app: ASGIApp) -> None:
        self._socket = _bound(host, port)
        self._app = app
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def number(self) -> int:
        """The number of the port."""
        return int(self._socket.getsockname()[1])

    def open(self) -> None:
        """Begin to answer, in a thread."""
        from uvicorn import Config, Server

        from launch_kits.server.connection import Connection

        config = Config(
            self._app,
            http=Connection,
            ws="none",
            lifespan="off",
            loop="asyncio",
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_config=None,
            # the application logs its own errors, and lost clients are none
            log_level="critical",
            timeout_graceful_shutdown=LAST_ANSWERS,
        )
        self._server = Server(config)
        self._thread = threading.Thread(
            target=self._server.run,
            kwargs={"sockets": [self._socket]},
            name="http",
            daemon=True,
        )
        self._thread.start()

    def close(self) -> None:
        """Stop answering, and release the port."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
        self._socket.close()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(QUEUE)
    except OSError:
        made.close()
        raise
    return made
