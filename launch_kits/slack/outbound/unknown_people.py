"""Strangers: people of a team whom Slack does not know, named before a launch begins."""

from __future__ import annotations

from collections.abc import Iterable

from launch_kits.settings import Settings
from launch_kits.slack.api.faults import SlackFault
from launch_kits.slack.outbound.client import connect

__all__ = ["find_unknown_people"]


def find_unknown_people(
    emails: Iterable[str], *, settings: Settings
) -> tuple[list[str], str | None]:
    """The emails that Slack knows nobody by, and why it could not be asked about the rest, in
    words.

    Without a bot token nobody is asked about. Raises SettingsError for an unusable SLACK_BASE_URL.
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
