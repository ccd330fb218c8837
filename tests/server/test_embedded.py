from __future__ import annotations

import os
import socket

import pytest
from starlette.responses import Response
from starlette.routing import Route

from launch_kits.errors import PrefectError
from launch_kits.server import embedded
from launch_kits.server.application import application
from launch_kits.server.http import Port


class Server:
    """A Prefect server's process."""

    last_words = "address in use"
    log = "prefect-embedded.log"

    def __init__(self, *, alive: bool) -> None:
        self.alive = alive


def test_the_environment_is_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", "before")
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    values = {"PREFECT_HOME": "a", "PREFECT_API_URL": "b"}
    with embedded._environment(values):
        assert {name: os.environ[name] for name in values} == values
    assert os.environ["PREFECT_HOME"] == "before"
    assert "PREFECT_API_URL" not in os.environ


def test_a_free_port_can_be_bound() -> None:
    with socket.create_server(("127.0.0.1", embedded._free_port())):
        pass


def test_a_server_that_died_is_named_with_its_log() -> None:
    with pytest.raises(
        PrefectError, match=r"did not start: address in use; see prefect-embedded"
    ):
        embedded._await(Server(alive=False), "http://127.0.0.1:1/api")


def test_a_server_that_never_answers_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embedded, "START_WITHIN", 0.0)
    with pytest.raises(PrefectError, match="did not start within 0 s"):
        embedded._await(Server(alive=True), "http://127.0.0.1:1/api")


def test_a_server_that_answers_is_waited_for() -> None:
    port = Port(
        "127.0.0.1", 0, application([Route("/api/health", lambda _: Response())])
    )
    port.open()
    embedded._await(Server(alive=True), f"http://127.0.0.1:{port.number}/api")
    port.close()
