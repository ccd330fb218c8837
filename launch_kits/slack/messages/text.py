"""Words for people: values made harmless and cut to size."""

from __future__ import annotations

import re

__all__ = ["clean", "cut", "escape", "fit", "shorten", "unescape", "width"]

#: stands where a value has nothing that can be seen
NOTHING = "–"  # noqa: RUF001  an en dash is meant
ELLIPSIS = "…"


#: control characters, what turns the direction of the text around it, and what is nothing but
#: invisible; joiners stay, since Persian and composed emoji need them
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_LONE = re.compile("[\ud800-\udfff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def clean(value: str) -> str:
    """A value on one line, without characters that cannot be seen or that disturb those around them."""
    return " ".join(_UNSEEN.sub("", _LONE.sub("\ufffd", value)).split()) or NOTHING


def shorten(name: str) -> str:
    """A name or title as it stands within a sentence: cleaned, and never longer than a line."""
    return cut(clean(name), 100)


def cut(text: str, limit: int) -> str:
    """The text, with an ellipsis at its end where it had more characters than the limit."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def escape(text: str) -> str:
    """Slack's three control characters as entities, in every kind of text object.

    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    return re.sub("[&<>]", lambda found: _ESCAPES[found[0]], text)


def unescape(text: str) -> str:
    """What `escape` was given."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def width(text: str) -> int:
    """A text's length in UTF-16 units, the widest way in which its limits might be counted."""
    return len(text) + sum(character > "\uffff" for character in text)


def fit(text: str, limit: int) -> str:
    """The text escaped, and cut with an ellipsis where it would be longer than the limit."""
    escaped = escape(text)
    if width(escaped) <= limit:
        return escaped
    kept, room = [], limit - width(ELLIPSIS)
    for character in text:
        part = escape(character)
        room -= width(part)
        if room < 0:
            break
        kept.append(part)
    return "".join(kept).rstrip() + ELLIPSIS
