from __future__ import annotations

import threading

from launch_kits.server import embedded_flow
from launch_kits.server.http import Port, Response


def test_a_server_is_waited_for_until_it_answers() -> None:
    answering = threading.Event()
    status = lambda _: Response(200 if answering.is_set() else 503)  # noqa: E731
    port = Port("127.0.0.1", 0, {"/api/health": status})
    port.open()
    waiting = threading.Thread(
        target=embedded_flow._await_server,
        args=(f"http://127.0.0.1:{port.number}/api",),
        daemon=True,
    )
    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive()
    answering.set()
    waiting.join(60)
    assert not waiting.is_alive()
    port.close()
