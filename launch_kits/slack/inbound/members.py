"""The members of the workspace and their email addresses."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from launch_kits.slack.api.interactive import Web
from launch_kits.slack.api.transport import part

__all__ = ["Member", "People"]

#: seconds for which a member's email is kept
HOLDS = 3600.0


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the workspace."""

    #: None if Slack does not give it
    email: str | None
    name: str
    #: IANA name; empty if Slack does not give it
    timezone: str = ""


class People:
    """Reads members of the workspace, each once an hour. ``clock`` counts seconds."""

    def __init__(
        self, web: Web, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._web = web
        self._clock = clock
        self._known: dict[str, tuple[float, Member]] = {}

    def member(self, user: str) -> Member:
        """The member with a Slack id; raises SlackFault."""
        until, known = self._known.get(user, (0.0, None))
        if known is not None and self._clock() < until:
            return known
        found = part(self._web.ask("users.info", user=user), "user")
        profile = part(found, "profile")
        email = profile.get("email")
        name = profile.get("real_name") or found.get("real_name") or found.get("name")
        member = Member(
            email=email if isinstance(email, str) and email else None,
            name=str(name or user),
            timezone=str(found.get("tz") or ""),
        )
        if member.email:
            self._known[user] = (self._clock() + HOLDS, member)
        return member
