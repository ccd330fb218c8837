from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from launch_kits.board.prefect_server import (
    OneByOneMiddleware,
    SameOriginMiddleware,
    trusted_hosts,
)

UI = "https://prefect.example.com"


def status_of(kind: str, host: str, origin: str | None) -> int:
    """Return the status of a request or a websocket; 200 if it reaches the application."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"status": 200})

    async def receive() -> dict[str, Any]:
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    given = {"host": host} | ({} if origin is None else {"origin": origin})
    headers = [(name.encode(), value.encode()) for name, value in given.items()]
    scope = {
        "type": kind,
        "headers": headers,
        "extensions": {"websocket.http.response": {}},
    }
    asyncio.run(SameOriginMiddleware(app, origins=[UI])(scope, receive, send))
    return int(sent[0]["status"])


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost:4200", None, 200),
        ("localhost:4200", "http://localhost:4200", 200),
        ("localhost:4200", UI, 200),
        ("prefect.example.org", "https://prefect.example.org", 200),
        ("localhost:4200", "http://localhost:3000", 403),
        ("localhost:4200", "http://localhost", 403),
        ("localhost:4200", "http://prefect.example.com", 403),
        ("localhost:4200", "https://prefect.example.com.evil.example", 403),
        ("localhost:4200", "null", 403),
        ("localhost:4200", "", 403),
        ("localhost:4200", "http://[", 403),
        ("[", "http://[", 403),
        ("localhost:4200", "http://localhost:4200]", 403),
        ("localhost:4200", "http://\u2100.example", 403),
    ],
)
def test_a_page_of_another_origin_is_refused(
    kind: str, host: str, origin: str | None, status: int
) -> None:
    assert status_of(kind, host, origin) == status


def test_trusted_hosts_are_loopback_the_bound_host_and_the_origins() -> None:
    loopback = ["127.0.0.1", "localhost", "[::1]"]
    assert trusted_hosts("127.0.0.1", ["http://localhost:4200"]) == loopback
    assert trusted_hosts("10.0.0.5", [UI, "http://[fd00::1]:4200"]) == [
        *loopback,
        "10.0.0.5",
        "prefect.example.com",
        "[fd00::1]",
    ]
    assert trusted_hosts("fd00::2", [])[3:] == ["[fd00::2]"]


def test_trusted_hosts_include_the_machine_name_on_every_interface(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "board")
    monkeypatch.setattr("socket.getfqdn", lambda: "board.example.com")
    for everywhere in ("0.0.0.0", "::"):
        assert trusted_hosts(everywhere, [])[3:] == ["board", "board.example.com"]


def test_a_server_begins_after_the_other_server_of_its_folder_has_begun(
    tmp_path: Path,
) -> None:
    told: list[str] = []

    async def serve(name: str) -> None:
        async def app(scope: Any, receive: Any, send: Any) -> None:
            told.append(f"{name} begins")
            await asyncio.sleep(0.02)
            await send({"type": "lifespan.startup.complete"})
            await asyncio.sleep(0.3)

        async def receive() -> dict[str, Any]:
            return {}

        async def send(message: Any) -> None:
            told.append(f"{name} has begun")

        server = OneByOneMiddleware(app, folder=tmp_path / "prefect")
        await server({"type": "lifespan"}, receive, send)
        told.append(f"{name} has ended")

    async def serve_two() -> None:
        await asyncio.gather(serve("up"), serve("start"))

    asyncio.run(serve_two())
    assert told[:4] == ["up begins", "up has begun", "start begins", "start has begun"]
