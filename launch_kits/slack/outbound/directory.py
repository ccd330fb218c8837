"""The people and the channels of a Slack workspace."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping

from launch_kits.slack.api.faults import (
    NotAllowed,
    ReadInPart,
    Rejected,
    SlackFault,
    TokenRefused,
)
from launch_kits.slack.api.transport import Reply, Wire, items, part, text

__all__ = ["BOTH", "Directory", "archived", "channels_seen", "is_shared"]

#: channels a page
CHANNELS = 999
#: Slack's types of the channels of launches
BOTH = "public_channel,private_channel"

#: Slack's code for a person whose account was deactivated
DEACTIVATED = "user_disabled"
#: Slack's codes for a person who has no account any more
GONE = frozenset([DEACTIVATED, "user_not_found", "users_not_found"])

_log = logging.getLogger(__name__)


def archived(name: str) -> str:
    """Name the remedy for a channel that is archived."""
    return f"#{name} is archived: unarchive it, or name another channel in the brief"


def is_shared(channel: Reply) -> bool:
    """Whether another organisation can read a channel, or is invited to."""
    return bool(channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"))


def channels_seen(wire: Wire, *, types: str) -> Iterator[Reply]:
    """Yield the channels that the app can see, as Slack tells of them.

    ``types`` are Slack's, separated by commas. If the workspace has more channels than are read,
    those that the app is in follow. Raises SlackFault.
    """
    wanted = {"types": types, "exclude_archived": False, "limit": CHANNELS}
    try:
        for page in wire.pages("conversations.list", **wanted):
            yield from items(page, "channels")
    except ReadInPart:
        for page in wire.pages("users.conversations", **wanted):
            for found in items(page, "channels"):
                yield {**found, "is_member": True}


def _deactivated(email: str) -> Rejected:
    text = (
        f"the Slack account of {email} is deactivated: give the work to another person"
    )
    return Rejected(text, code=DEACTIVATED)


class Directory:
    """Ids of people and channels, remembered until `look_again`.

    Every call that does not succeed raises a SlackFault.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        #: email in lower case → the id of the first contact, which a changed profile leaves
        self._ids: dict[str, str] = {}
        #: email → Slack's object of the user
        self._people: dict[str, Reply] = {}
        self._unknown: set[str] = set()
        #: emails in lower case whose accounts were deactivated
        self._left: set[str] = set()
        self._dms: dict[str, str] = {}
        self._channels: dict[str, str] = {}
        #: the workspace's address and id, and the app's id; None if Slack did not tell them
        self._app: tuple[str, str, str] | None = None
        self._app_asked = False
        self._user: str | None = None
        #: channel → the lead who could not be invited when it was created
        self.uninvited: dict[str, str] = {}

    def look_again(self) -> None:
        """Forget the channels, and the people unknown to Slack: both may have changed."""
        self._channels.clear()
        self._unknown.clear()
        self._app_asked = self._app is not None

    def know(self, ids: Mapping[str, str], *, left: Collection[str] = ()) -> None:
        """Find people by these ids, by email in lower case, before Slack is asked for the email.

        ``left`` are the emails of accounts that were deactivated.
        """
        self._left = set(left)
        changed = {
            email
            for email in {*ids, *self._ids}
            if ids.get(email) != self._ids.get(email)
        }
        self._ids = dict(ids)
        self._unknown = {each for each in self._unknown if each.lower() not in changed}
        for found in (self._people, self._dms):
            for email in [each for each in found if each.lower() in changed]:
                found.pop(email, None)

    def knows(self, email: str) -> bool:
        """Whether a person is found by the id of the first contact."""
        return email.lower() in self._ids

    def meet(self, email: str, user: str) -> None:
        """Find a person by an id that was kept just now."""
        self._ids[email.lower()] = user

    def user(self, email: str) -> str | None:
        """Return the id of the person with an email, or None if Slack has none.

        The id of the first contact goes before the email: another profile with that email gets
        no messages of the person.
        """
        known = self._ids.get(email.lower())
        if known is not None:
            return known
        found = self.profile(email)
        return None if found is None else text(found, "id")

    def profile(self, email: str) -> Reply | None:
        """Return what Slack tells of the person with an email, or None if it has none."""
        if email in self._unknown:
            return None
        if email not in self._people:
            try:
                found = self._wire.ask("users.lookupByEmail", email=email)
            except Rejected as refused:
                if refused.code not in ("users_not_found", "user_not_found"):
                    raise
                self._unknown.add(email)
                return None
            self._people[email] = part(found, "user")
        return self._people[email]

    def dm(self, email: str) -> str | None:
        """Return the id of the direct messages with a person, or None if Slack has none.

        Raises Rejected if Slack knows the person, but lets no one write to them, or if their
        account was deactivated.
        """
        if email not in self._dms:
            user = self.user(email)
            if user is None and email.lower() in self._left:
                raise _deactivated(email)
            if user is None:
                return None
            try:
                opened = self._wire.ask("conversations.open", users=user)
            except Rejected as refused:
                _log.info(
                    "a person cannot be written to",
                    extra={"email": email, "code": refused.code},
                )
                self._people.pop(email, None)
                if refused.code not in GONE:
                    raise
                if refused.code == DEACTIVATED:
                    self._left.add(email.lower())
                if self._ids.pop(email.lower(), None) is not None:
                    # the account is gone, and the person may have a new one
                    return self.dm(email)
                self._unknown.add(email)
                if refused.code == DEACTIVATED:
                    raise _deactivated(email) from refused
                return None
            self._dms[email] = text(part(opened, "channel"), "id")
        return self._dms[email]

    def home_link(self) -> str | None:
        """Return the address of the app's Home tab, or None if Slack does not tell it."""
        app = self._app_here()
        return app and f"slack://app?team={app[1]}&id={app[2]}&tab=home"

    def canvas_link(self, canvas: str) -> str | None:
        """Return the web address of a canvas, or None if Slack does not tell the workspace's."""
        app = self._app_here()
        return app and f"{app[0]}docs/{app[1]}/{canvas}"

    def _app_here(self) -> tuple[str, str, str] | None:
        """Ask for the app and its workspace, at most once until `look_again`."""
        if self._app is None and not self._app_asked:
            self._app_asked = True
            try:
                us = self._wire.ask("auth.test")
                bot = self._wire.ask("bots.info", bot=text(us, "bot_id"))
                app = text(part(bot, "bot"), "app_id")
                self._app = text(us, "url"), text(us, "team_id"), app
            except SlackFault as fault:
                _log.info("links into Slack are left out", extra={"reason": str(fault)})
        return self._app

    def channel(self, name: str, *, lead: str | None = None) -> str:
        """Return the id of a channel by its name without the #.

        Creates a missing channel and invites the lead; the app joins a public one. Raises
        Rejected if the channel is archived, or private and without the app.
        """
        found = self._channels.get(name)
        if found is None:
            try:
                created = self._wire.ask("conversations.create", name=name)
            except TokenRefused:
                raise
            except (Rejected, NotAllowed) as refused:
                # taken, perhaps a moment ago by another process; or not ours to create, but there
                # all the same
                found = self._existing(name, refused, lead=lead)
            else:
                found = text(part(created, "channel"), "id")
                self._invite(lead, found)
            self._channels[name] = found
        return found

    def join(self, channel: str) -> None:
        """Join a channel that the app was in before; raises SlackFault."""
        self._wire.ask("conversations.join", channel=channel)

    def invite(self, channel: str, user: str) -> None:
        """Invite a member to a channel, by their ids."""
        self._wire.ask("conversations.invite", channel=channel, users=user)

    def _existing(self, name: str, refused: SlackFault, *, lead: str | None) -> str:
        try:
            found = self._named(name, types=BOTH)
        except NotAllowed:
            found = self._named(name, types="public_channel")
        if found is None:
            if isinstance(refused, Rejected) and refused.code == "name_taken":
                unseen = (
                    f"the app cannot see #{name}, which exists: "
                    "invite it there, or name another in the brief"
                )
                raise Rejected(unseen, code="not_in_channel")
            raise refused
        channel = self._enter(found, name)
        if found.get("creator") and found.get("creator") == self._own_user():
            # a process may have ended between the creation and the invitation
            self._invite(lead, channel)
        return channel

    def enter(self, channel: str, name: str) -> str:
        """Enter a channel by its id; ``name`` is the one in the brief. Returns its name now.

        Raises Rejected if the channel is archived, or the app cannot see it.
        """
        found = part(self._wire.ask("conversations.info", channel=channel), "channel")
        self._enter(found, name)
        now = found.get("name")
        return now if isinstance(now, str) and now else name

    def _enter(self, found: Reply, name: str) -> str:
        """Join a channel as Slack tells of it, unless the app is in it; returns its id."""
        if found.get("is_archived"):
            raise Rejected(archived(name), code="is_archived")
        channel = text(found, "id")
        if not found.get("is_member"):
            self._wire.ask("conversations.join", channel=channel)
        return channel

    def _own_user(self) -> str | None:
        """The app's own user, asked for once; None if Slack does not tell it."""
        if self._user is None:
            try:
                self._user = text(self._wire.ask("auth.test"), "user_id")
            except SlackFault as fault:
                _log.info("the app's user is unknown", extra={"reason": str(fault)})
        return self._user

    def _named(self, name: str, *, types: str) -> Reply | None:
        seen = channels_seen(self._wire, types=types)
        return next((found for found in seen if found.get("name") == name), None)

    def _invite(self, lead: str | None, channel: str) -> None:
        """Invite the lead to the channel that was created; a failure is noted."""
        try:
            user = self.user(lead) if lead else None
            if user:
                self.invite(channel, user)
        except SlackFault as fault:
            if isinstance(fault, Rejected) and fault.code == "already_in_channel":
                return
            self.uninvited[channel] = str(lead)
            _log.info(
                "the lead could not be invited",
                extra={"channel": channel, "reason": str(fault)},
            )
