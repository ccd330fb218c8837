"""The setup of Slack's own libraries.

They write no log, wait for seconds, and never send a request again by themselves.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit
from urllib.request import proxy_bypass

from launch_kits.errors import SettingsError
from launch_kits.settings import Settings
from launch_kits.settings.masking import masked

if TYPE_CHECKING:
    from slack_sdk import WebClient

__all__ = ["TIMEOUT", "past_proxy", "silent", "web_client"]

#: seconds; a trigger that opens a modal expires after three
TIMEOUT = 5


def silent() -> logging.Logger:
    """A discarded log, because Slack's libraries log tokens and messages."""
    logger = logging.getLogger(f"{__name__}.sdk")
    logger.setLevel(logging.CRITICAL)
    logger.propagate = False
    return logger


def past_proxy(url: str) -> bool:
    """Whether NO_PROXY excludes an address from the environment's proxy.

    Slack's libraries ignore NO_PROXY.
    """
    return bool(proxy_bypass(urlsplit(url).hostname or ""))


def web_client(settings: Settings, *, timeout: int = TIMEOUT) -> WebClient:
    """Make Slack's own client, with the token and address of the settings.

    With a refresh token, expired tokens are exchanged. Raises SettingsError for an unusable
    address.
    """
    from slack_sdk import WebClient

    url = _base_url(settings.slack_base_url or WebClient.BASE_URL)
    options: dict[str, Any] = {
        "base_url": url,
        "timeout": timeout,
        "retry_handlers": [],
        "logger": silent(),
    }
    if settings.slack_refresh_token:
        from launch_kits.slack.api.rotation import RotatingClient

        web: WebClient = RotatingClient(settings, **options)
    else:
        web = WebClient(token=settings.slack_bot_token, **options)
    if past_proxy(url):
        web.proxy = None
    return web


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(
            f'SLACK_BASE_URL="{masked(url)}" is not a URL; '
            "use one like https://slack.com/api/"
        )
    path = parts.path.rstrip("/") or "/api"
    return urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))
