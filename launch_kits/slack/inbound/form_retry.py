"""Open a form that could not be carried out again, with its values."""

from __future__ import annotations

from launch_kits.database.records import Answered
from launch_kits.slack.api.payloads import Click
from launch_kits.slack.api.transport import part
from launch_kits.slack.inbound.inbox import read_payload
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages.late import GONE, refilled

__all__ = ["on_again"]


def on_again(slack: SlackSession, click: Click) -> None:
    """Open the form of a button again, for the person who filled it in; raises SlackFault."""
    with slack.store.read() as session:
        row = session.get(Answered, click.value)
        kept = read_payload(row) if row else None
    if kept is None or part(kept.body, "user").get("id") != click.user:
        slack.answer(click.user, click.place, GONE)
        return
    view = refilled(part(kept.body, "view"))
    if view is None:
        slack.answer(click.user, click.place, GONE)
    else:
        slack.open(click.trigger, view)
