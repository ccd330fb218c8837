"""Inviting the team of a launch to its channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.slack.api.faults import Rejected
from launch_kits.slack.outbound.acquaintance import introduce
from launch_kits.slack.outbound.client import connect
from launch_kits.views.reader import count

__all__ = ["invite"]


def invite(
    store: Store,
    settings: Settings,
    channel: str,
    emails: Sequence[str],
    *,
    name: Callable[[str], str],
) -> str:
    """Invite people to a channel by its name without the #, one by one.

    Those who are there stay. Returns a sentence on who is there now and who is not. Raises
    SlackFault.
    """
    client = connect(settings)
    client.look_again()
    introduce(store, client)
    place = client.channel(channel)
    there, missing = 0, []
    for email in emails:
        user = client.user(email)
        if user is None or not _invited(client.invite, place, user):
            missing.append(name(email))
        else:
            there += 1
    said = f"{count(there, 'person')} of the team can read #{channel} now"
    said = said.replace("persons", "people")
    if not missing:
        return said
    return f"{said}; Slack cannot invite {', '.join(missing)}"


def _invited(ask: Callable[[str, str], None], channel: str, user: str) -> bool:
    """Whether a member is in the channel now."""
    try:
        ask(channel, user)
    except Rejected as refused:
        return refused.code in ("already_in_channel", "cant_invite_self")
    return True
