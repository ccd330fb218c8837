"""People of a team who are unknown to Slack, named before a launch begins."""

from __future__ import annotations

from collections.abc import Iterable

from launch_kits.settings import Settings
from launch_kits.slack.api.faults import SlackFault
from launch_kits.slack.outbound.client import connect

__all__ = ["find_unknown_people"]


def find_unknown_people(
    emails: Iterable[str], *, settings: Settings
) -> tuple[list[str], str | None]:
    """Return the emails without a Slack user, and a fault that ended the search, or None.

    If there is no bot token, none is looked up. Raises SettingsError for an unusable
    SLACK_BASE_URL.
    """
    found: list[str] = []
    if settings.slack_bot_token is None:
        return found, None
    client = connect(settings)
    client.look_again()
    for email in dict.fromkeys(emails):
        try:
            if client.user(email) is None:
                found.append(email)
        except SlackFault as fault:
            return found, str(fault)
    return found, None
