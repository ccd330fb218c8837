from __future__ import annotations

import socket

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
