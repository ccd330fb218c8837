from __future__ import annotations

import threading

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launch_kits.server import embedded_flow
from launch_kits.server.application import application
from launch_kits.server.http import Port


def test_a_server_is_waited_for_until_it_answers() -> None:
    answering = threading.Event()

    def health(_: Request) -> Response:
        return Response(status_code=200 if answering.is_set() else 503)

    port = Port("127.0.0.1", 0, application([Route("/api/health", health)]))
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
    waiting.join(600)
    assert not waiting.is_alive()
    port.close()
