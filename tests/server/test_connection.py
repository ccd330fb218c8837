from __future__ import annotations

import socket
import time

import pytest

from launch_kits.server import connection
from launch_kits.server.application import application
from launch_kits.server.http import Port


@pytest.mark.parametrize("said", [b"", b"GET / HT"], ids=["nothing", "half a line"])
def test_a_silent_client_is_disconnected(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "SILENCE", 0.05)
    port = Port("127.0.0.1", 0, application([]))
    port.open()
    with socket.create_connection(("127.0.0.1", port.number), timeout=600) as silent:
        silent.sendall(said)
        assert silent.recv(100) == b""
    port.close()


def test_a_head_that_comes_byte_by_byte_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "HEAD", 0.2)
    port = Port("127.0.0.1", 0, application([]))
    port.open()
    with socket.create_connection(("127.0.0.1", port.number), timeout=600) as slow:
        slow.settimeout(0.02)
        ended = False
        for _ in range(5000):
            try:
                slow.sendall(b"a")
                ended = slow.recv(100) == b""
            except TimeoutError:
                continue
            except ConnectionError:
                ended = True
            break
        assert ended
    port.close()


def test_an_answered_request_ends_the_time_of_its_head(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "HEAD", 0.2)
    port = Port("127.0.0.1", 0, application([]))
    port.open()
    with socket.create_connection(("127.0.0.1", port.number), timeout=600) as one:
        for _ in range(2):
            one.sendall(b"GET / HTTP/1.1\r\n")
            time.sleep(0.01)
            one.sendall(b"Host: localhost\r\n\r\n")
            assert one.recv(1000).startswith(b"HTTP/1.1 404")
            time.sleep(0.3)
    port.close()
