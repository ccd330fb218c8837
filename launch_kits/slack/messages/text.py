"""Slack's escaping and limits of text."""

from __future__ import annotations

import re

from launch_kits.views.notices.text import ELLIPSIS

__all__ = ["escape", "fit", "width"]

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape(text: str) -> str:
    """Slack's three control characters as entities, in every kind of text object.

    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    return re.sub("[&<>]", lambda found: _ESCAPES[found[0]], text)


def width(text: str) -> int:
    """A text's length in UTF-16 units, the widest way in which its limits might be counted."""
    return len(text) + sum(character > "\uffff" for character in text)


def fit(text: str, limit: int) -> str:
    """Return the text escaped, and cut with an ellipsis if it exceeds the limit."""
    escaped = escape(text)
    if width(escaped) <= limit:
        return escaped
    kept = []
    room = limit - width(ELLIPSIS)
    for character in text:
        part = escape(character)
        room -= width(part)
        if room < 0:
            break
        kept.append(part)
    return "".join(kept).rstrip() + ELLIPSIS
