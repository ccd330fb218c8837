from __future__ import annotations

import asyncio
import json

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from launch_kits.server import application as module
from launch_kits.server.application import MAX_BYTES, application


async def _length(request: Request) -> Response:
    return Response(str(len(await request.body())))


APP = application([Route("/length", _length, methods=["POST"])])


@pytest.fixture
def client() -> TestClient:
    return TestClient(APP)


def test_any_other_path_is_not_found(client: TestClient) -> None:
    assert client.post("/").json() == {"error": "not found"}
    assert client.post("/length/").status_code == 404
    refused = client.get("/length")
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_a_large_request_is_refused(client: TestClient) -> None:
    assert client.post("/length", content=b"x" * 1000).text == "1000"
    for content in (b"x" * (MAX_BYTES + 1), iter([b"x" * MAX_BYTES, b"x"])):
        refused = client.post("/length", content=content)
        assert refused.status_code == 413
        assert refused.headers["connection"] == "close"


def test_a_request_that_does_not_end_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    sent = []

    async def receive() -> dict[str, object]:
        await asyncio.sleep(60)
        return {}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/length", "headers": []}
    asyncio.run(APP(scope, receive, send))
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"]) == {"error": "request not finished"}


def test_a_client_that_leaves_gets_no_answer() -> None:
    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(_: object) -> None:
        raise AssertionError

    scope = {"type": "http", "method": "POST", "path": "/length", "headers": []}
    asyncio.run(APP(scope, receive, send))


def test_the_secret_of_a_link_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(_: Request) -> Response:
        raise ValueError("broken")

    app = application([Route("/shared/{secret}", fail), Route("/other/{name}", fail)])
    client = TestClient(app)
    assert client.get("/shared/abc123").status_code == 500
    assert client.get("/other/page").status_code == 500
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "GET /shared/… could not be answered",
        "GET /other/page could not be answered",
    ]
