"""The Slack app of `up`, behind `/slack/events` or Socket Mode."""

from __future__ import annotations

import logging
from asyncio import wrap_future
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launch_kits.board.address import run_page
from launch_kits.board.follow_up import follow_up
from launch_kits.board.start import start_launch
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from launch_kits.slack.inbound.app import SlackApp

__all__ = ["PATH", "SlackEndpoint", "slack_route"]

#: the path to which Slack sends clicks, commands and events over HTTP
PATH = "/slack/events"

_log = logging.getLogger(__name__)


def slack_route(app: SlackApp) -> Route:
    """Make the route of Slack's requests to an app."""

    async def events(request: Request) -> Response:
        body = await request.body()
        answered = await wrap_future(app.receive(body, dict(request.headers)))
        return Response(answered.body, answered.status, dict(answered.headers))

    return Route(PATH, events, methods=["POST"])


class SlackEndpoint:
    """The Slack app of one `up`, if the settings are complete.

    Raises SettingsError for an unusable address.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = Store(settings.database_url, door="slack")
        self._app = self._made() if self.over_http or self.over_socket else None

    @property
    def over_http(self) -> bool:
        """Whether Slack's requests over HTTP can be checked and answered."""
        return bool(
            self._settings.slack_bot_token and self._settings.slack_signing_secret
        )

    @property
    def over_socket(self) -> bool:
        """Whether Socket Mode can be opened."""
        return bool(self._settings.slack_bot_token and self._settings.slack_app_token)

    @property
    def routes(self) -> Sequence[Route]:
        """The routes on the HTTP port."""
        return [slack_route(self._app)] if self._app and self.over_http else []

    @property
    def place(self) -> str:
        """A line that names the open ways, or the missing settings."""
        ways = [f"{PATH} over HTTP"] if self.over_http else []
        ways += ["Socket Mode"] if self.over_socket else []
        if ways:
            return " and ".join(ways)
        if not self._settings.slack_bot_token:
            return "off: set SLACK_BOT_TOKEN"
        return (
            "sending only: set SLACK_SIGNING_SECRET to receive button clicks over HTTP, "
            "or SLACK_APP_TOKEN for Socket Mode"
        )

    def open(self) -> None:
        """Finish the requests that an earlier process left, and open Socket Mode if it is used."""
        if self._app:
            self._app.resume()
        if self._app and self.over_socket:
            self._app.connect()

    def close(self) -> None:
        """Stop answering, and finish acknowledged work."""
        if self._app:
            self._app.close()
        self._store.close()

    def _made(self) -> SlackApp:
        from launch_kits.slack.inbound.app import SlackApp
        from launch_kits.slack.inbound.session import Host

        host = Host(
            follow_up=self._follow_up,
            start=self._start,
            run_page=lambda run: run_page(self._settings, run),
        )
        return SlackApp(self._store, self._settings, host=host)

    def _follow_up(self, slug: str) -> None:
        found = follow_up(
            self._store, slug, settings=self._settings, now=datetime.now(UTC)
        )
        for said in (*found.warnings, *found.notes):
            _log.info("after an answer from Slack: %s", one_line(said))

    def _start(self, brief: Brief, by: str, also: Callable[[Session], None]) -> None:
        """Open a launch for a person, and give it its run.

        If Prefect does not start the run, the next sweep does.
        """
        from launch_kits.board.runs import start_run
        from launch_kits.errors import PrefectError

        start_launch(self._store, brief, now=datetime.now(UTC), by=by, also=also)
        try:
            start_run(self._store, brief.launch, settings=self._settings)
        except PrefectError as error:
            _log.warning("%s", one_line(str(error)))
