"""The reader of an answer to a seller, who may be outside the launch's team."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from launch_kits.slack.inbound.members import Member
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.reader import Reader

__all__ = ["reader_of"]


def reader_of(context: MessageContext, member: Member, *, now: datetime) -> Reader:
    """The reader of an answer; people outside the team in the time zone of their profile."""
    email = context.spelled(member.email or "")
    found = context.reader(email, now=now)
    if context.brief.introduced(email) is not None:
        return found
    try:
        zone = ZoneInfo(member.timezone)
    except (ValueError, LookupError, OSError):
        return found
    return replace(found, zone=zone, today=now.astimezone(zone).date())
