"""The HTTP port of `up`, which answers requests by path."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, AF_INET6, socket
from typing import ClassVar
from urllib.parse import urlsplit

__all__ = ["Handler", "Port", "Request", "Response", "as_json"]

#: larger requests are refused unread
MAX_BYTES = 1024 * 1024
#: digits of a size in bytes; a longer text of digits is refused unread
MOST_DIGITS = 20
#: seconds after which a silent client is disconnected
SILENCE = 30


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request."""

    method: str
    #: without the query
    path: str
    query: str
    #: names in lower case
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to an HTTP request."""

    status: int = HTTPStatus.OK
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Request], Response]


def as_json(value: Mapping[str, object], *, status: int = HTTPStatus.OK) -> Response:
    """Make an answer in JSON."""
    return Response(
        status, json.dumps(value).encode() + b"\n", {"Content-Type": "application/json"}
    )


class Port:
    """A port of a host that answers requests by path.

    Port 0 takes any free port. Raises OSError if the port is taken.
    """

    def __init__(self, host: str, port: int, routes: Mapping[str, Handler]) -> None:
        family = AF_INET6 if ":" in host else AF_INET
        server = type("Server", (_Server,), {"address_family": family})
        self._server = server(
            (host, port), type("Answer", (_Answer,), {"routes": routes})
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="http", daemon=True
        )

    @property
    def number(self) -> int:
        """The number of the port."""
        return int(self._server.server_port)

    def open(self) -> None:
        """Begin to answer, in separate threads."""
        self._thread.start()

    def close(self) -> None:
        """Stop answering, and release the port."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    """The standard library's server with a longer queue and no log of lost clients."""

    daemon_threads = True
    #: clicks of a whole company in the same second are not refused
    request_queue_size = 128

    def handle_error(
        self, request: socket | tuple[bytes, socket], client_address: object
    ) -> None:
        """Log an error of a connection.

        A client that did not wait for its answer, such as a health probe, is not an error.
        """
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Answer(BaseHTTPRequestHandler):
    """Answers one connection; the standard library makes an instance for each."""

    routes: ClassVar[Mapping[str, Handler]] = {}
    server_version = "launch-kits"
    sys_version = ""
    timeout = SILENCE

    def do_GET(self) -> None:
        """Answer a request of any method."""
        response = self._respond()
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    do_HEAD = do_POST = do_GET  # noqa: N815  the standard library's names

    def log_message(self, *_: object) -> None:
        """Log nothing, because handlers log their own work."""

    def _respond(self) -> Response:
        try:
            asked = urlsplit(self.path)
        except ValueError:
            self.close_connection = True
            return as_json({"error": "bad request"}, status=HTTPStatus.BAD_REQUEST)
        handler = self.routes.get(asked.path)
        if handler is None:
            return as_json({"error": "not found"}, status=HTTPStatus.NOT_FOUND)
        size = self.headers.get("Content-Length", "0")
        if not re.fullmatch("[0-9]+", size):
            self.close_connection = True
            return as_json({"error": "bad request"}, status=HTTPStatus.BAD_REQUEST)
        if len(size) > MOST_DIGITS or int(size) > MAX_BYTES:
            self.close_connection = True
            return as_json(
                {"error": "too large"}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            )
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(
            self.command, asked.path, asked.query, headers, self.rfile.read(int(size))
        )
        try:
            return handler(request)
        except Exception:  # noqa: BLE001  one request that fails must not end the port
            return as_json(
                {"error": "internal error"}, status=HTTPStatus.INTERNAL_SERVER_ERROR
            )
