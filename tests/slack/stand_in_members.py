"""The members of the stand-in's workspace: owners, guests, bots, strangers, those who left.

https://docs.slack.dev/reference/objects/user-object
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.slack.stand_in_base import Base, Refusal

TEAM = "T1"
FOREIGN_TEAM = "T9"
#: the app's own user, and its bot
APP_USER = "U0APP"
APP_BOT = "B0APP"
APP = "A0APP"


@dataclass
class Profile:
    """The facts of a member besides the email; a full member of the workspace by default."""

    name: str
    tz: str = "Europe/Berlin"
    deleted: bool = False
    is_bot: bool = False
    #: a guest in several channels, or in one
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    #: a member of another workspace, met in a shared channel
    is_stranger: bool = False
    team_id: str | None = None


class Members(Base):
    """Members by email, as `users.info` and `users.lookupByEmail` tell of them."""

    def __init__(self) -> None:
        self.team_id = TEAM
        #: the organisation of the workspace, on Enterprise Grid
        self.enterprise_id: str | None = None
        self.profiles: dict[str, Profile] = {}
        #: emails that Slack tells in another spelling, or not at all
        self.shown_as: dict[str, str | None] = {}

    def profile(self, email: str) -> Profile:
        """The facts of a member, to read or to change."""
        name = email.partition("@")[0].title()
        return self.profiles.setdefault(email, Profile(name))

    def make(self, email: str, **facts: Any) -> None:
        """Let a member be a guest, a bot, a stranger, or have left."""
        for name, value in facts.items():
            setattr(self.profile(email), name, value)
        if facts.get("is_stranger"):
            self.profile(email).team_id = FOREIGN_TEAM

    def team_of(self, email: str) -> str:
        return self.profile(email).team_id or self.team_id

    def email_of(self, user: str) -> str | None:
        return next((email for email, key in self.people.items() if key == user), None)

    def user_object(self, email: str) -> dict[str, Any]:
        known = self.profile(email)
        shown = self.shown_as.get(email, email)
        team = self.team_of(email)
        ours = self.enterprise_id and team == self.team_id
        enterprise = {"enterprise_id": self.enterprise_id, "teams": [team]}
        facts = {
            name: getattr(known, name)
            for name in ("deleted", "is_bot", "is_restricted", "is_ultra_restricted")
        }
        return {
            "id": self.people[email],
            "team_id": team,
            "name": email.partition("@")[0],
            "tz": known.tz,
            **facts,
            **({"is_stranger": True} if known.is_stranger else {}),
            **({"enterprise_user": enterprise} if ours else {}),
            "profile": {
                "real_name": known.name,
                "team": team,
                **({"email": shown} if shown else {}),
            },
        }

    def _users_info(self, user: str) -> dict[str, Any]:
        email = self.email_of(user)
        if email is None:
            raise Refusal("user_not_found")
        return {"user": self.user_object(email)}

    def _users_lookupByEmail(self, email: str) -> dict[str, Any]:  # noqa: N802
        if email not in self.people:
            raise Refusal("users_not_found")
        known = self.profile(email)
        if known.deleted or known.is_bot or known.is_stranger:
            raise Refusal("users_not_found")
        return {"user": self.user_object(email)}

    def _bots_info(self, bot: str) -> dict[str, Any]:
        if bot != APP_BOT:
            raise Refusal("bot_not_found")
        return {"bot": {"id": bot, "app_id": APP, "user_id": APP_USER, "name": "kits"}}

    def _auth_test(self) -> dict[str, Any]:
        enterprise = {"enterprise_id": self.enterprise_id} if self.enterprise_id else {}
        return {
            "url": "https://stand-in.slack.com/",
            "team": "Stand-in",
            "team_id": self.team_id,
            "user": "launch_kits",
            "user_id": APP_USER,
            "bot_id": APP_BOT,
            "is_enterprise_install": False,
            **enterprise,
        }
