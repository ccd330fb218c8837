from __future__ import annotations

import asyncio
import json
from http import HTTPStatus

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


async def _page(request: Request, status: HTTPStatus) -> Response:
    if request.url.path == "/broken":
        raise ValueError("the page is broken, too")
    return Response(f"<h1>{status.value}</h1>", status, media_type="text/html")


async def _fail(_: Request) -> Response:
    raise ValueError("broken")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/length", 405),
        ("POST", "/length", 413),
        ("GET", "/fail", 500),
    ],
)
def test_a_browser_is_told_by_a_page_and_a_program_in_json(
    method: str, path: str, status: int
) -> None:
    routes = [Route("/length", _length, methods=["POST"]), Route("/fail", _fail)]
    client = TestClient(application(routes, error_page=_page))
    more = {"content": b"x" * (MAX_BYTES + 1)} if status == 413 else {}
    browsers = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    page = client.request(method, path, headers=browsers, **more)
    assert (page.status_code, page.text) == (status, f"<h1>{status}</h1>")
    told = client.request(method, path, headers={"accept": "*/*"}, **more)
    assert told.status_code == status
    assert set(told.json()) == {"error"}
    for header in ("allow", "connection"):
        assert page.headers.get(header) == told.headers.get(header)


def test_a_page_that_fails_leaves_json(caplog: pytest.LogCaptureFixture) -> None:
    client = TestClient(application([], error_page=_page))
    answer = client.get("/broken", headers={"accept": "text/html"})
    assert (answer.status_code, answer.json()) == (404, {"error": "not found"})
    assert "no page could be made" in caplog.text
