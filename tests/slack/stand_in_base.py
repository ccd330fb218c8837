"""What the parts of the stand-in for Slack share."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


class Refusal(Exception):
    """Slack's ``{"ok": false, "error": …}``."""

    def __init__(self, code: str, **more: object) -> None:
        self.answer = {"ok": False, "error": code, **more}


@dataclass
class Channel:
    id: str
    name: str
    member: bool = True
    private: bool = False
    archived: bool = False
    #: whether a workspace of others has joined it, by Slack Connect
    foreign: bool = False
    #: the user who created it
    creator: str = "U0ADMIN"
    invited: list[str] = field(default_factory=list)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    pinned: list[str] = field(default_factory=list)
    #: the id of its canvas
    canvas: str | None = None
    #: the time of the next message, if the stand-in limits them
    opens_at: float = 0.0


class Base:
    """The state that every part of the stand-in uses."""

    channels: dict[str, Channel]
    #: email → id
    people: dict[str, str]
    _numbers: Iterator[int]
    _lock: threading.Lock

    def _channel(self, key: str) -> Channel:
        if key not in self.channels:
            raise Refusal("channel_not_found")
        return self.channels[key]


def structure(given: object) -> Any:
    """An argument that is an object or a list: as such in JSON, as its text in a form."""
    if not isinstance(given, str):
        return given
    try:
        return json.loads(given)
    except ValueError:
        raise Refusal("invalid_arguments") from None
