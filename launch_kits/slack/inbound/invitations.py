"""Inviting the team of a launch to its channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from launch_kits import outbox
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.slack.api.faults import RateLimited, Rejected, Unclear
from launch_kits.slack.inbound.members import NotNow
from launch_kits.slack.outbound.acquaintance import introduce
from launch_kits.slack.outbound.client import SlackClient, connect
from launch_kits.slack.outbound.posting import UNSEEN
from launch_kits.views.reader import count

__all__ = ["invite"]


def invite(
    store: Store,
    settings: Settings,
    launch: str,
    channel: str,
    emails: Sequence[str],
    *,
    name: Callable[[str], str],
) -> str:
    """Invite people to the channel of a launch, one by one.

    ``channel`` is its name in the brief, without the #; a channel where the launch wrote before is
    found by its id. Those who are there stay. Returns a sentence on who is there now and who is
    not. Raises NotNow if Slack does not answer now, since it may be done again; SlackFault.
    """
    client = connect(settings)
    client.look_again()
    introduce(store, client)
    there = 0
    missing = []
    try:
        place, called = _place(store, client, launch, channel)
        for email in emails:
            user = client.user(email)
            if user is None or not _invited(client.invite, place, user):
                missing.append(name(email))
            else:
                there += 1
    except (RateLimited, Unclear) as fault:
        raise NotNow(str(fault)) from fault
    said = f"{count(there, 'person')} of the team can read #{called} now"
    said = said.replace("persons", "people")
    if not missing:
        return said
    return f"{said}; Slack cannot invite {', '.join(missing)}"


def _place(
    store: Store, client: SlackClient, launch: str, name: str
) -> tuple[str, str]:
    """The id of a launch's channel, and its name now."""
    with store.read() as session:
        known = outbox.channel_of(session, launch, f"#{name}")
    if known is not None:
        try:
            return known, client.enter(known, name)
        except Rejected as refused:
            if refused.code not in UNSEEN:
                raise
    return client.channel(name), name


def _invited(ask: Callable[[str, str], None], channel: str, user: str) -> bool:
    """Whether a member is in the channel now."""
    try:
        ask(channel, user)
    except Rejected as refused:
        return refused.code in ("already_in_channel", "cant_invite_self")
    return True
