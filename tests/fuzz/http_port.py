"""Requests to the HTTP port: each gets an answer, and none a server error."""

from __future__ import annotations

import io
import socket
from contextlib import ExitStack, redirect_stderr
from pathlib import Path
from urllib.parse import urlsplit

from hypothesis import strategies as st

from tests.fuzz.hostile import mangled, texts
from tests.fuzz.slack_app import small_office

__all__ = ["Http"]

#: statuses of the standard library's that are no failure: it knows no such method, no such version
HONEST = {501, 505}


class Http:
    """Tries the bytes of one connection at the HTTP port, with the Slack app behind it."""

    #: what is asked of it
    METHODS = (
        "GET",
        "POST",
        "HEAD",
        "PUT",
        "OPTIONS",
        "get",
        "\u00e9",
        "",
        "G" * 70_000,
        "GET /healthz HTTP/1.1\r\nX:",
    )
    PATHS = (
        "/slack/events",
        "/healthz",
        "http://[",
        "http://[::1]:x/",
        "/",
        "*",
        "//",
        "/healthz?a=b",
        "http://x.example/healthz",
        "/%00",
        "/../etc",
    )
    NAMES = (
        "Host",
        "Content-Length",
        "Content-Type",
        "Transfer-Encoding",
        "Connection",
        "Expect",
        "Cookie",
        "X-Slack-Signature",
    )
    SIZES = (
        "0",
        "5",
        "-1",
        "+5",
        "5, 5",
        "0x5",
        "1e3",
        "²",
        "٣",
        "9" * 30,
        "1048576",
        "1048577",
        "",
        " 5 ",
        "5\t",
    )
    VERSIONS = (
        "HTTP/1.1",
        "HTTP/1.0",
        "HTTP/0.9",
        "HTTP/2.0",
        "HTTP/9.9",
        "HTTP/1.²",
        "HTTP/",
        "",
        "http/1.1",
    )

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        here = self._stack.enter_context(small_office(folder))
        url = self._stack.enter_context(here.on_port())
        self._place = "127.0.0.1", int(str(urlsplit(url).port))

    @classmethod
    def made(cls) -> st.SearchStrategy[bytes]:
        """Hostile requests, some of them no HTTP at all."""
        words = texts(most=20)
        name = st.one_of(st.sampled_from(cls.NAMES), words)
        header = st.tuples(name, st.one_of(st.sampled_from(cls.SIZES), words))
        request = st.builds(
            _request,
            st.one_of(st.sampled_from(cls.METHODS[:3]), st.sampled_from(cls.METHODS)),
            st.one_of(st.sampled_from(cls.PATHS), words),
            st.one_of(st.sampled_from(cls.VERSIONS[:2]), st.sampled_from(cls.VERSIONS)),
            st.lists(header, max_size=6),
            st.binary(max_size=40),
        )
        return st.one_of(
            request, request, request.flatmap(mangled), st.binary(max_size=80)
        )

    def run(self, given: bytes) -> None:
        """Send it, and read the answer to its end."""
        said = io.StringIO()
        with (
            redirect_stderr(said),
            socket.create_connection(self._place, timeout=60) as connection,
        ):
            answered = _exchanged(connection, given)
        assert not said.getvalue(), said.getvalue()
        head = answered.partition(b"\r\n")[0].split()
        if head and head[0].startswith(b"HTTP/"):
            status = int(head[1])
            assert status < 500 or status in HONEST, answered[:300]

    def close(self) -> None:
        """Give the port back."""
        self._stack.close()


def _request(
    method: str, path: str, version: str, headers: list[tuple[str, str]], body: bytes
) -> bytes:
    lines = [
        f"{method} {path} {version}",
        *(f"{name}: {value}" for name, value in headers),
        "",
        "",
    ]
    return b"\r\n".join(map(_as_bytes, lines)) + body


def _as_bytes(line: str) -> bytes:
    """A line of a head: its bytes are the first 256 characters."""
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "surrogatepass")


def _exchanged(connection: socket.socket, given: bytes) -> bytes:
    answered = b""
    try:
        connection.sendall(given)
        connection.shutdown(socket.SHUT_WR)
        while part := connection.recv(65536):
            answered += part
    except OSError:
        # hung up on before it was all read: an answer too
        pass
    return answered
