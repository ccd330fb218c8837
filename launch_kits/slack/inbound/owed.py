"""Answers that are owed: kept with the payload until they are given.

A payload is carried out by a transaction, and its user is answered after it. The transaction keeps
the answer, so that a process that is killed in between leaves it to the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.blocks import Message

__all__ = ["OwedAnswer", "read_owed"]


@dataclass(frozen=True, slots=True)
class OwedAnswer:
    """An answer to one person, and the place in which they see it."""

    #: the person's Slack id
    user: str
    place: ActionPlace
    said: Message | str

    def content(self) -> dict[str, Any]:
        """The answer as JSON, for `read_owed`."""
        said = self.said
        shown = {"text": said} if isinstance(said, str) else _shown(said)
        return {"user": self.user, "place": self.place.pack(), **shown}


def read_owed(content: Mapping[str, Any]) -> OwedAnswer | None:
    """Read the JSON of an answer; None if it is of another version."""
    user, text, blocks = (content.get(name) for name in ("user", "text", "blocks"))
    if not isinstance(user, str) or not isinstance(text, str):
        return None
    place = ActionPlace.unpack(content.get("place"))
    if not isinstance(blocks, list):
        return OwedAnswer(user, place, text)
    return OwedAnswer(user, place, Message(text, tuple(blocks)))


def _shown(said: Message) -> dict[str, Any]:
    return {"text": said.text, "blocks": list(said.blocks)}
