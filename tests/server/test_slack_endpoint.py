from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from launch_kits.server.application import application
from launch_kits.server.slack_endpoint import PATH, SlackEndpoint
from launch_kits.settings import Settings
from tests.served import eventually
from tests.slack.stand_in import TOKEN
from tests.slack.workspace import SECRET, signature

HTTP = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET}
SOCKET = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": "xapp-1"}


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[Callable[..., SlackEndpoint]]:
    made: list[SlackEndpoint] = []

    def answering(**env: str) -> SlackEndpoint:
        made.append(
            SlackEndpoint(Settings.read({"LAUNCH_KITS_HOME": str(tmp_path), **env}))
        )
        return made[-1]

    yield answering
    for each in made:
        each.close()


@pytest.mark.parametrize(
    ("env", "routes", "place"),
    [
        ({}, [], "off: set SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": SECRET}, [], "off: set SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": TOKEN}, [], "sending only: set SLACK_SIGNING_SECRET"),
        (HTTP, [PATH], "/slack/events over HTTP"),
        (SOCKET, [], "Socket Mode"),
        ({**HTTP, **SOCKET}, [PATH], "/slack/events over HTTP and Socket Mode"),
    ],
    ids=["nothing", "no token", "token", "http", "socket", "both"],
)
def test_the_settings_choose_http_or_socket_mode(answering, env, routes, place) -> None:
    made = answering(**env)
    assert [route.path for route in made.routes] == routes
    assert made.place.startswith(place)


def test_a_request_goes_to_the_app(answering) -> None:
    client = TestClient(application(answering(**HTTP).routes))
    body = b'{"type": "url_verification", "challenge": "abc"}'
    signed = {**signature(body), "content-type": "application/json"}
    answered = client.post(PATH, content=body, headers=signed)
    assert (answered.status_code, "abc" in answered.text) == (200, True)
    assert client.post(PATH, content=body).status_code == 401
    assert client.get(PATH).status_code == 405


def test_socket_mode_is_tried_again_until_it_is_closed(
    answering, caplog: pytest.LogCaptureFixture
) -> None:
    made = answering(**SOCKET, SLACK_BASE_URL="http://127.0.0.1:1/api/")
    made.open()
    eventually(lambda: "Socket Mode is not connected" in caplog.text)
    made.close()
    assert "xapp-1" not in caplog.text
