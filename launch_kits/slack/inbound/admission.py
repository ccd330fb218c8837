"""Admission: who may use the app at all, before any verb asks who may do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from launch_kits.database.records import MemberStanding
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError, NotYours
from launch_kits.settings import Settings
from launch_kits.slack.api.faults import SlackFault
from launch_kits.slack.api.interactive import Web
from launch_kits.slack.inbound.members import Member, NotNow, People
from launch_kits.slack.inbound.workspaces import Workspaces, is_from
from launch_kits.verbs.actors import Door, Via

__all__ = ["NAMELESS", "OUTSIDE", "Admission", "Outsider", "SecondAccount", "Unknown"]

NAMELESS = (
    "Slack does not tell the app your email, so the app cannot find your tasks. "
    "Please ask an admin of your Slack workspace."
)
#: why a person who is not a full member is refused
OUTSIDE = MappingProxyType(
    {
        MemberStanding.FOREIGN: "only members of the app's own Slack workspace can do this",
        MemberStanding.GUEST: "guests of the workspace cannot do this; ask the launch's lead",
        MemberStanding.BOT: "bots cannot do this",
        MemberStanding.LEFT: "this Slack account was deactivated",
    }
)


class Unknown(LaunchKitsError):
    """Slack does not give a member's email."""


class Outsider(NotYours):
    """A request of a person who is no full member."""

    def __init__(self, standing: MemberStanding) -> None:
        super().__init__(OUTSIDE[standing])


class SecondAccount(NotYours):
    """A request of an account whose email another one had first."""

    def __init__(self, user: str) -> None:
        super().__init__(
            "another Slack account used the app with your email first, and only that one can act "
            f"with it; if both are yours, ask your admin of Launch Kits to rebind the member {user}"
        )


class Admission:
    """Lets full members of the app's own workspace in, and no one else."""

    def __init__(
        self,
        web: Web,
        store: Store,
        settings: Settings,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._workspaces = Workspaces(
            web, store, token=settings.slack_bot_token or "", clock=clock
        )
        self._people = People(web, store, self._workspaces, clock=clock)

    def user(self, user: str) -> Member:
        """Anyone who uses Slack, by id; raises NotNow, Rejected."""
        return self._people.member(user)

    def look_again(self, user: str) -> None:
        """Ask Slack for a user who has changed; raises NotNow, Rejected."""
        self._people.look_again(user)

    def member(self, user: str) -> Member:
        """A full member by Slack's id; raises Outsider, NotNow, Rejected."""
        found = self.user(user)
        if found.standing is not MemberStanding.MEMBER:
            raise Outsider(found.standing)
        return found

    def email(self, user: str) -> str:
        """The email of a full member, as at the first contact.

        Raises Unknown, SecondAccount, Outsider, NotNow, Rejected.
        """
        member = self.member(user)
        email = member.email
        if member.taken:
            raise SecondAccount(user)
        if not email:
            raise Unknown(NAMELESS)
        return email

    def admit(self, user: str, body: Mapping[str, object]) -> Via:
        """Check the workspace of a payload, and its user; returns the way they came in.

        Raises Outsider, SecondAccount, NotNow if Slack has to be asked and does not answer,
        Rejected for an unknown user.
        """
        try:
            own = self._workspaces.own()
        except SlackFault as fault:
            raise NotNow(str(fault)) from fault
        if not is_from(own, body):
            raise Outsider(MemberStanding.FOREIGN)
        member = self.member(user)
        if member.taken:
            raise SecondAccount(user)
        return Via(Door.SLACK, member.team, member.standing, origin=member.team)
