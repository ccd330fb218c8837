"""A conversation in Slack as a channel of notices: a direct message, or a channel."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING

from launch_kits.database.records import Notice
from launch_kits.slack.messages.blocks import MOST_TEXT, Message
from launch_kits.slack.messages.render import addressed, to_slack
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.views.notices.channel import Channel, ChannelLimits, Place
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.message import NoticeMessage

__all__ = ["Conversation", "digest", "payload", "render_for", "shown_in_slack"]


class Conversation:
    """One conversation, in which every notice has exactly one message.

    Every method raises SlackFault, which is a NotSent, if a call fails.
    """

    limits = ChannelLimits(hours=True, edits=True, sentence=MOST_TEXT)

    def __init__(
        self, client: SlackClient, channel: str, *, context: MessageContext
    ) -> None:
        self._client = client
        self._channel = channel
        self._context = context

    def send(self, notice: Notice, message: NoticeMessage) -> Place:
        """Post the message of a notice."""
        rendered = self._rendered(notice, message)
        ts = self._client.post(self._channel, rendered, payload=payload(notice))
        return Place(self._channel, ts, digest(rendered))

    def edit(self, notice: Notice, message: NoticeMessage) -> str | None:
        """Edit the posted message, unless it shows the same already.

        Returns the digest of the new contents, or None.
        """
        if notice.ts is None:
            return None
        rendered = self._rendered(notice, message)
        shown = digest(rendered)
        if notice.shown == shown:
            return None
        self._client.update(self._channel, notice.ts, rendered, payload=payload(notice))
        return shown

    def find(
        self, notice: Notice, *, now: datetime, since: datetime | None = None
    ) -> Place | None:
        """Look for the message of a notice, which carries its key.

        ``since`` is an instant before it was filed, if it may have been sent before.
        """
        age = now - min(notice.filed_at, since or notice.filed_at)
        ts = self._client.find(self._channel, notice.key, age=age)
        return Place(self._channel, ts) if ts is not None else None

    def _rendered(self, notice: Notice, message: NoticeMessage) -> Message:
        channel = self._channel
        context = self._context
        return render_for(notice, message, channel=channel, context=context)


if TYPE_CHECKING:
    _is_a_channel: type[Channel] = Conversation


def shown_in_slack(
    notice: Notice, message: NoticeMessage, context: MessageContext
) -> str:
    """Return the digest of a sent message as it would be posted now."""
    channel = notice.channel or ""
    return digest(render_for(notice, message, channel=channel, context=context))


def render_for(
    notice: Notice, message: NoticeMessage, *, channel: str, context: MessageContext
) -> Message:
    """Return the message, with its reader's name if other people read it too."""
    direct = channel.startswith("D")  # as Slack's ids of direct messages do
    if "@" in notice.to and not direct:
        name = context.name(notice.to)
        message = addressed(message, name=name, email=notice.to)
    return to_slack(message)


def payload(notice: Notice) -> dict[str, str]:
    """Return the metadata of a message about its notice."""
    task = {"task": notice.task} if notice.task else {}
    return {"key": notice.key, "launch": notice.launch, **task}


def digest(message: Message) -> str:
    """Return a digest that tells the contents of two messages apart."""
    written = json.dumps([message.text, message.blocks], sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:16]
