"""Slack's own library for requests, without a log and without calls at the start."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from launch_kits.settings import Settings
from launch_kits.slack.api.setup import silent

if TYPE_CHECKING:
    from slack_sdk.web import WebClient

__all__ = ["make_bolt"]

_log = logging.getLogger(__name__)


def make_bolt(settings: Settings, client: WebClient) -> App:
    """Set Bolt up so that a request is answered when its listener has ended.

    Otherwise Bolt acknowledges an event before it is kept, and answers 404 to what takes three
    seconds although it is carried out.
    """
    token = settings.slack_bot_token

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=token
        )

    bolt = App(
        name="launch-kits",  # without one, Bolt reads the source of every caller
        client=client,
        authorize=authorize,
        signing_secret=settings.slack_signing_secret or "",
        logger=silent(),
        process_before_response=True,
        token_verification_enabled=False,
    )
    bolt.error(_log_fault)
    return bolt


def _log_fault(error: Exception) -> None:
    """Log a fault of ours that was met before an acknowledgement; Bolt's own log is silent."""
    _log.error("a request from Slack could not be acknowledged", exc_info=error)
