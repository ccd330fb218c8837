from __future__ import annotations

import socket
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launch_kits.server.application import application
from launch_kits.server.http import Port
from launch_kits.settings import Settings
from launch_kits.slack.api.faults import Rejected, SlackFault, Unclear
from launch_kits.slack.api.interactive import Web


@pytest.fixture
def web(slack_settings: Settings) -> Web:
    return Web(slack_settings)


def _answer(web: Web, monkeypatch: pytest.MonkeyPatch, result: Any) -> list[Any]:
    calls: list[Any] = []

    def api_call(method: str, **given: Any) -> Any:
        calls.append((method, given))
        if isinstance(result, Exception):
            raise result
        return SimpleNamespace(data=result)

    monkeypatch.setattr(web.client, "api_call", api_call)
    return calls


def test_ask_sends_a_form_and_send_json(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = _answer(web, monkeypatch, {"ok": True})
    assert web.ask("users.info", user="U1") == {"ok": True}
    assert web.send("views.open", view={}) == {"ok": True}
    assert calls == [
        ("users.info", {"params": {"user": "U1"}, "json": None}),
        ("views.open", {"params": None, "json": {"view": {}}}),
    ]


def test_a_refusal_becomes_its_fault(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = SimpleNamespace(
        status_code=200, headers={}, data={"error": "user_not_found"}
    )
    calls = _answer(web, monkeypatch, SlackApiError("no", refusal))
    with pytest.raises(Rejected) as fault:
        web.ask("users.info", user="U1")
    assert fault.value.code == "user_not_found"
    assert len(calls) == 1


def test_a_lost_answer_is_unclear(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _answer(web, monkeypatch, TimeoutError())
    with pytest.raises(
        Unclear, match=r"cannot call views.open of Slack \(TimeoutError\)"
    ):
        web.send("views.open")
    assert len(calls) == 1


def test_answer_posts_once_to_the_response_url(web: Web) -> None:
    bodies: list[bytes] = []

    async def take(request: Request) -> Response:
        bodies.append(await request.body())
        return Response("ok", 404 if len(bodies) > 1 else 200)

    port = Port("127.0.0.1", 0, application([Route("/answer", take, methods=["POST"])]))
    port.open()
    url = f"http://127.0.0.1:{port.number}/answer"
    web.answer(url, text="hello")
    with pytest.raises(SlackFault):
        web.answer(url, text="again")
    port.close()
    assert len(bodies) == 2
    assert b"hello" in bodies[0]


def test_answer_is_unclear_if_the_address_does_not_answer(web: Web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
    with pytest.raises(Unclear, match="cannot send an answer to Slack"):
        web.answer(f"http://127.0.0.1:{number}/", text="hello")
