"""The members of the workspace: who they are, and what they are to it.

They are kept in the database by Slack's id, from the first contact on. They are asked for again
each day, and if Slack tells that they have changed. The email of the first contact stays: a profile
that is changed later moves no authority, and an account that comes later with the email of another
one has none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from sqlmodel import Session, select

from launch_kits import outbox
from launch_kits.database.records import MemberStanding, SlackUser
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError, NotFound, Refused
from launch_kits.slack.api.faults import NotAllowed, RateLimited, Unclear
from launch_kits.slack.api.interactive import Web
from launch_kits.slack.api.transport import Reply, part
from launch_kits.slack.inbound.workspaces import Workspaces
from launch_kits.slack.outbound.acquaintance import AT_HOME, first_with

__all__ = ["Member", "NotNow", "People", "has_changed", "rebind", "standing_of"]

#: how long the facts of a member hold, and for how long they are used if Slack does not answer
HOLDS = timedelta(days=1)
AT_MOST = timedelta(days=7)

_log = logging.getLogger(__name__)


class NotNow(LaunchKitsError):
    """Slack cannot be asked now; the request is tried again later."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the workspace, or someone else who uses Slack."""

    #: in lower case; None if Slack does not give it, or if another account had it first
    email: str | None
    name: str
    #: IANA name; empty if Slack does not give it
    timezone: str = ""
    #: the id of the member's own workspace
    team: str | None = None
    standing: MemberStanding = MemberStanding.MEMBER
    #: the email of the profile, if another account had it first
    taken: str | None = None


class People:
    """Knows the users of Slack by id."""

    def __init__(
        self,
        web: Web,
        store: Store,
        workspaces: Workspaces,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._web = web
        self._store = store
        self._workspaces = workspaces
        self._now = clock

    def member(self, user: str) -> Member:
        """The user with a Slack id.

        Raises NotNow if Slack does not answer, Rejected if it knows no such user.
        """
        with self._store.read() as session:
            known = session.get(SlackUser, user)
        age = self._now() - known.read_at if known and known.standing else None
        if known and age is not None and known.email and age < HOLDS:
            return _member(known)
        try:
            return _member(self._ask(user))
        except NotNow:
            if known and age is not None and age < AT_MOST:
                return _member(known)
            raise

    def look_again(self, user: str) -> None:
        """Ask Slack for a user whose profile or part in the workspace has changed.

        Raises NotNow if Slack does not answer, Rejected if it knows no such user.
        """
        self._ask(user)

    def _ask(self, user: str) -> SlackUser:
        try:
            workspace = self._workspaces.own()
            found = part(self._web.ask("users.info", user=user), "user")
        except (Unclear, RateLimited, NotAllowed) as fault:
            raise NotNow(str(fault)) from fault
        standing = standing_of(
            found,
            team=workspace.team,
            enterprise=workspace.enterprise,
            org_wide=workspace.org_wide,
        )
        return self._keep(user, found, standing)

    def _keep(self, user: str, found: Reply, standing: MemberStanding) -> SlackUser:
        profile = part(found, "profile")
        email = profile.get("email")
        told = email.lower() if isinstance(email, str) and email else None
        name = profile.get("real_name") or found.get("real_name") or found.get("name")
        zone = found.get("tz")
        team = found.get("team_id")
        with self._store.write() as session:
            row = session.get(SlackUser, user) or SlackUser(
                id=user, name=user, read_at=self._now()
            )
            known = _told_of(row)
            if told and self._is_taken(session, told, user, row):
                row.email = None
            else:
                row.email = row.email or told
            other = told if told != row.email else None
            if other and other != row.told_email:
                _log.warning(
                    "a member of Slack has another email now; the earlier one counts"
                    if row.email
                    else "a member of Slack has the email of an earlier account",
                    extra={"user": user},
                )
            row.told_email = other
            row.name = str(name or user)
            row.zone = str(zone) if zone in available_timezones() else None
            row.team = team if isinstance(team, str) else None
            row.standing = standing
            row.read_at = self._now()
            session.add(row)
            if _told_of(row) != known:
                outbox.compare_again(session)
        return row

    @staticmethod
    def _is_taken(session: Session, email: str, user: str, row: SlackUser) -> bool:
        """Whether another account of the workspace had an email before this one.

        Of accounts that were given the same one by an earlier version, the first to be asked for
        again loses it, unless it is the one that messages go to.
        """
        if row.email not in (None, email):
            return False
        rivals = select(SlackUser).where(SlackUser.email == email, SlackUser.id != user)
        if not any(each.standing in AT_HOME for each in session.exec(rivals)):
            return False
        return row.email is None or first_with(session).get(email) != user


def rebind(store: Store, user: str) -> tuple[str | None, str]:
    """Let a member act with the email of the profile, and no other account with it.

    Returns the email before, None if they had none, and the new one. Raises NotFound for a member
    without a request so far, Refused if the profile has no other email.
    """
    with store.write() as session:
        row = session.get(SlackUser, user)
        if row is None:
            raise NotFound(
                f'no Slack member "{user}" has used the app; '
                "copy the member ID from the profile in Slack"
            )
        before = row.email
        told = row.told_email
        if not told:
            raise Refused(
                f"the profile of {user} had no other email at the last look, which is once a day; "
                "try again after the next request of that member"
            )
        for other in session.exec(select(SlackUser).where(SlackUser.email == told)):
            other.email = None
            other.told_email = told
            session.add(other)
        row.email = told
        row.told_email = None
        session.add(row)
        outbox.compare_again(session)
    return before, told


def _told_of(row: SlackUser) -> tuple[str | None, str, str | None]:
    """The parts of a member that messages tell."""
    return row.email, row.name, row.zone


def has_changed(known: SlackUser, found: Reply) -> bool:
    """Whether Slack's object of a user tells something else than is known of them."""
    profile = part(found, "profile")
    email = part(found, "profile").get("email")
    guest = found.get("is_restricted") or found.get("is_ultra_restricted")
    told = email.lower() if isinstance(email, str) and email else None
    return (
        known.standing is None
        or bool(found.get("deleted")) != (known.standing == MemberStanding.LEFT)
        or bool(guest) != (known.standing == MemberStanding.GUEST)
        or found.get("team_id") != known.team
        or profile.get("real_name") not in (known.name, None)
        or found.get("tz") not in (known.zone, None)
        or (told is not None and told not in (known.email, known.told_email))
    )


def standing_of(
    found: Reply, *, team: str, enterprise: str | None, org_wide: bool
) -> MemberStanding:
    """The part of a user in a workspace, by Slack's object of the user.

    ``team`` and ``enterprise`` are the ids of the workspace and its organisation; ``org_wide``
    says whether the app is installed in all of the organisation.
    """
    if found.get("deleted"):
        return MemberStanding.LEFT
    if found.get("is_bot") or found.get("id") == "USLACKBOT":
        return MemberStanding.BOT
    if found.get("is_stranger") or not _at_home(found, team, enterprise, org_wide):
        return MemberStanding.FOREIGN
    if found.get("is_restricted") or found.get("is_ultra_restricted"):
        return MemberStanding.GUEST
    return MemberStanding.MEMBER


def _at_home(found: Reply, team: str, enterprise: str | None, org_wide: bool) -> bool:  # noqa: FBT001
    own = found.get("team_id")
    organised = part(found, "enterprise_user")
    if enterprise and organised.get("enterprise_id") == enterprise:
        teams = organised.get("teams")
        return org_wide or own == team or (isinstance(teams, list) and team in teams)
    return own == team


def _member(row: SlackUser) -> Member:
    return Member(
        email=row.email,
        name=row.name,
        timezone=row.zone or "",
        team=row.team,
        standing=MemberStanding(row.standing or MemberStanding.FOREIGN),
        taken=None if row.email else row.told_email,
    )
