from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.soak.proxy import FaultyProxy


@pytest.fixture
def echo() -> Iterator[tuple[int, list[bytes]]]:
    """The port of a server that answers with what it is sent, and what it was sent."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection:
                    while data := connection.recv(1024):
                        heard.append(data)
                        connection.sendall(data)

    thread = threading.Thread(target=serve)
    thread.start()
    yield server.getsockname()[1], heard
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def _ask(port: int) -> bytes:
    with (
        suppress(ConnectionError),
        socket.create_connection(("127.0.0.1", port), timeout=60) as asking,
    ):
        asking.sendall(b"x")
        return asking.recv(1024)
    return b""


def test_without_faults_all_is_passed_on(echo: tuple[int, list[bytes]]) -> None:
    with FaultyProxy(echo[0], share=0, seed=1) as proxy:
        assert [_ask(proxy.port) for _ in range(5)] == [b"x"] * 5
    assert proxy.broken == 0


def test_a_broken_request_has_no_answer_but_may_be_carried_out(
    echo: tuple[int, list[bytes]],
) -> None:
    with FaultyProxy(echo[0], share=1, seed=1) as proxy:
        answers = [_ask(proxy.port) for _ in range(20)]
    assert proxy.broken == 20
    assert answers.count(b"") > 0
    assert 0 < len(echo[1]) < 20
