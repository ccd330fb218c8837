"""Text that people typed in Slack, as they typed it.

Slack sends ``&``, ``<`` and ``>`` as entities, and links and mentions in angle brackets:
https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["plain", "unescaped"]

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = re.compile("&(?:amp|lt|gt);")
_BRACKETS = re.compile("<([^<>]*)>")


def unescaped(text: str) -> str:
    """A text without Slack's entities, each undone once."""
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text)


def plain(text: str, *, name_of: Callable[[str], str | None] = lambda _: None) -> str:
    """A text without Slack's entities and brackets.

    A link becomes its address, a mention a name with ``@``, a channel a name with ``#``.
    ``name_of`` gives the name of a member by Slack's id.
    """

    def named(found: re.Match[str]) -> str:
        content, _, label = found[1].partition("|")
        if content.startswith("@"):
            return f"@{label or name_of(content[1:]) or content[1:]}"
        if content.startswith("#"):
            return f"#{label or content[1:]}"
        if content.startswith("!"):
            return label or f"@{content[1:].partition('^')[0]}"
        return content.removeprefix("mailto:").removeprefix("tel:")

    return unescaped(_BRACKETS.sub(named, text))
