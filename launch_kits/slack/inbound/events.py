"""The events of Slack that the app hears."""

from __future__ import annotations

__all__ = ["EVENTS"]

#: events that are acknowledged
EVENTS = (
    "channel_rename",
    "group_rename",
    "link_shared",
    "tokens_revoked",
)
