"""Socket Mode: requests of Slack over a connection that this process opens."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from slack_bolt.adapter.socket_mode import SocketModeHandler

from launch_kits.settings import Settings
from launch_kits.slack.api.setup import past_proxy, silent

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_sdk.web import WebClient

__all__ = ["SocketMode"]

#: seconds between two tries to connect: 1, 2, 4 … at most this many
LONGEST_WAIT = 60.0

_log = logging.getLogger(__name__)


class SocketMode:
    """One connection, opened again and again until Slack answers or it is closed."""

    def __init__(self, bolt: App, settings: Settings, *, web: WebClient) -> None:
        self._bolt = bolt
        self._settings = settings
        self._web = web
        self._handler: SocketModeHandler | None = None
        self._closing = threading.Event()

    def open(self) -> None:
        """Open the connection in a thread."""
        threading.Thread(target=self._connect, name="slack-socket", daemon=True).start()

    def close(self) -> None:
        """Close the connection, and try no more."""
        self._closing.set()
        if self._handler:
            self._handler.close()  # type: ignore[no-untyped-call]

    def _connect(self) -> None:
        wait = 1.0
        self._handler = SocketModeHandler(
            self._bolt, self._settings.slack_app_token, logger=silent()
        )
        if past_proxy(self._web.base_url):
            self._handler.client.proxy = None
        while not self._closing.is_set():
            try:
                self._handler.connect()  # type: ignore[no-untyped-call]
            except Exception as error:  # noqa: BLE001  Slack may answer later, after any error of the library
                _log.warning(
                    "Socket Mode is not connected: %s; trying again in %.0f s",
                    error,
                    wait,
                )
                self._closing.wait(wait)
                wait = min(2 * wait, LONGEST_WAIT)
            else:
                return
