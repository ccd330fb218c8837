from __future__ import annotations

import logging
import threading

import pytest

from launch_kits.slack.inbound import socket_mode
from launch_kits.slack.inbound.socket_mode import SocketMode
from tests.slack.office import Office


class Handler:
    """A connection that fails twice."""

    def __init__(self, *_: object, **__: object) -> None:
        self.client = type("Client", (), {"proxy": "http://proxy.example.com"})()
        self.tries = 0
        self.connected = threading.Event()

    def connect(self) -> None:
        self.tries += 1
        if self.tries < 3:
            raise OSError("refused")
        self.connected.set()

    def close(self) -> None:
        self.tries = 0


def test_it_is_tried_again_until_slack_answers(
    falcon_office: Office,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    made: list[Handler] = []

    def handler(*of: object, **options: object) -> Handler:
        made.append(Handler(*of, **options))
        return made[-1]

    monkeypatch.setattr(socket_mode, "SocketModeHandler", handler)
    monkeypatch.setattr(socket_mode, "LONGEST_WAIT", 0.0)
    app = falcon_office.app
    socket = SocketMode(app._bolt, falcon_office.settings, web=app.slack.web.client)
    with caplog.at_level(logging.WARNING):
        monkeypatch.setattr(threading.Event, "wait", _at_once(threading.Event.wait))
        socket.open()
        while not made:
            pass
        assert made[0].connected.wait(600)
    assert made[0].tries == 3
    assert "Socket Mode is not connected: refused" in caplog.text
    socket.close()
    assert made[0].tries == 0


def _at_once(wait):
    return lambda event, timeout=None: wait(event, 0 if timeout == 1.0 else timeout)
