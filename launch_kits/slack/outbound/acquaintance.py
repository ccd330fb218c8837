"""The first contact with people: their ids are kept, and an outsider's name and time zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import available_timezones

from sqlmodel import Session, col, select

from launch_kits import outbox
from launch_kits.database.records import MemberStanding, Notice, SlackUser
from launch_kits.database.store import Store
from launch_kits.slack.api.transport import Reply, part
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.views.notices.context import MessageContext

__all__ = [
    "AT_HOME",
    "first_with",
    "ids_of_people",
    "introduce",
    "keep_id",
    "meet",
]

#: None if the account was found by its email, which finds only those of the workspace
_REACHED = (MemberStanding.MEMBER, MemberStanding.GUEST, None)
#: the accounts of the workspace, those that were deactivated too
AT_HOME = (*_REACHED, MemberStanding.LEFT)


def meet(
    store: Store,
    client: SlackClient,
    notice: Notice,
    context: MessageContext,
    *,
    now: datetime,
) -> bool:
    """Ask Slack about the reader of a notice, unless the brief or an earlier answer names them.

    Returns whether something about them was learnt: messages that name them are then compared
    with the next delivery. Raises SlackFault.
    """
    if context.brief.introduced(notice.to) is not None:
        return False
    return keep_id(store, client, notice.to, outside=True, now=now)


def keep_id(
    store: Store,
    client: SlackClient,
    to: str,
    *,
    outside: bool = False,
    now: datetime,
) -> bool:
    """Keep the Slack id of a reader, so that their messages follow the account, not the email.

    ``to`` is an email or a ``#channel``, which has none. ``outside`` says that no brief names the
    reader, so that messages do from now on. Returns whether it was learnt. Raises SlackFault.
    """
    email = to.lower()
    if "@" not in email or client.knows(email):
        return False
    with store.read() as session:
        known = select(SlackUser.id).where(col(SlackUser.email) == email)
        if session.exec(known).first() is not None:
            return False
    found = client.profile(to)
    user = found.get("id") if found else None
    if found is None or not isinstance(user, str):
        return False
    with store.write() as session:
        if (
            session.get(SlackUser, user) is None
        ):  # a row keeps the email of first contact
            session.add(_user(user, email, found, now=now))
            client.meet(email, user)
            if outside:
                outbox.compare_again(session)
            return True
    return False


def introduce(store: Store, client: SlackClient) -> None:
    """Let a client find people by the ids of the first contact."""
    client.know(ids_of_people(store), left=_left(store))


def ids_of_people(store: Store) -> Mapping[str, str]:
    """The Slack ids of people by the email of the first contact, in lower case.

    Accounts of other workspaces, bots, and those known to be gone are left out.
    """
    with store.read() as session:
        return first_with(session)


def _left(store: Store) -> frozenset[str]:
    """The emails, in lower case, of people whose only accounts were deactivated."""
    with store.read() as session:
        rows = session.exec(select(SlackUser)).all()
        reached = first_with(session)
    gone = {each.email for each in rows if each.standing == MemberStanding.LEFT}
    return frozenset(email for email in gone if email and email not in reached)


def first_with(session: Session) -> Mapping[str, str]:
    """The same, read in a transaction.

    If several accounts have an email, the one counts that had it first: its profile has another by
    now, or it is read longest ago.
    """
    of_people = select(SlackUser).order_by(col(SlackUser.read_at).desc(), SlackUser.id)
    there = [each for each in session.exec(of_people) if each.standing in _REACHED]
    there.sort(key=lambda each: each.told_email is not None)
    return {each.email: each.id for each in there if each.email}


def _user(user: str, email: str, found: Reply, *, now: datetime) -> SlackUser:
    profile = part(found, "profile")
    zone = found.get("tz")
    name = profile.get("real_name") or found.get("real_name") or found.get("name")
    known = isinstance(zone, str) and zone in available_timezones()
    return SlackUser(
        id=user,
        email=email,
        name=str(name or email),
        zone=str(zone) if known else None,
        read_at=now,
    )
