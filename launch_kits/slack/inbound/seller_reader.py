"""The reader of an answer to a seller, who may be outside the launch's team."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from launch_kits.errors import LaunchKitsError
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.reader import Reader

__all__ = ["reader_of"]


def reader_of(slack: SlackSession, context: MessageContext, user: str) -> Reader:
    """The reader of an answer; people outside the team in the time zone of their profile.

    Raises Unknown, SlackFault.
    """
    email = context.spelled(slack.email(user))
    found = context.reader(email, now=slack.now())
    if context.brief.person(email) is not None:
        return found
    try:
        zone = ZoneInfo(slack.member(user).timezone)
    except (ValueError, LookupError, OSError, LaunchKitsError):
        return found
    return replace(found, zone=zone, today=slack.now().astimezone(zone).date())
