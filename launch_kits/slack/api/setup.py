"""How Slack's own libraries are set up.

Quiet, patient for seconds, and never trying anything again by themselves.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit
from urllib.request import proxy_bypass

from launch_kits.errors import SettingsError
from launch_kits.settings import Settings
from launch_kits.settings.masking import masked

if TYPE_CHECKING:
    from slack_sdk import WebClient

__all__ = ["TIMEOUT", "past_proxy", "silent", "web_client"]

#: seconds; the key that opens a modal is gone after three
TIMEOUT = 5


def silent() -> logging.Logger:
    """A log that nobody reads: Slack's libraries would write tokens and messages into ours."""
    logger = logging.getLogger(f"{__name__}.sdk")
    logger.setLevel(logging.CRITICAL)
    logger.propagate = False
    return logger


def past_proxy(url: str) -> bool:
    """Whether an address is reached without the environment's proxy.

    Slack's libraries overlook NO_PROXY.
    """
    return bool(proxy_bypass(urlsplit(url).hostname or ""))


def web_client(settings: Settings, *, timeout: int = TIMEOUT) -> WebClient:
    """Slack's own client, with the token and address of the settings.

    Raises SettingsError for an unusable address.
    """
    from slack_sdk import WebClient

    url = _base_url(settings.slack_base_url or WebClient.BASE_URL)
    web = WebClient(
        token=settings.slack_bot_token,
        base_url=url,
        timeout=timeout,
        retry_handlers=[],
        logger=silent(),
    )
    if past_proxy(url):
        web.proxy = None
    return web


def _base_url(written: str) -> str:
    parts = urlsplit(written)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(
            f'SLACK_BASE_URL="{masked(written)}" is no address; write one such as https://slack.com/api/'
        )
    path = parts.path.rstrip("/") or "/api"
    return urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))
