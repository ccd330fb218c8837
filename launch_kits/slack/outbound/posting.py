"""Posting: the one message of a notice goes to its reader, or to the launch's channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from launch_kits.database.records import Notice
from launch_kits.slack.api.faults import Rejected, Unclear
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.slack.outbound.conversation import Conversation
from launch_kits.slack.outbound.message_links import MessageLinks
from launch_kits.verbs.offers import message_for
from launch_kits.views.notices.channel import Place
from launch_kits.views.notices.context import MessageContext

__all__ = ["Posting"]

#: the least time left of a claim's lease if a message is posted, so that no other process holds
#: the notice by then
MARGIN = timedelta(seconds=30)


class Posting:
    """Posts claimed notices, each once."""

    def __init__(
        self,
        client: SlackClient,
        *,
        now: Callable[[], datetime],
        move: Callable[[str, str], None],
        links: MessageLinks,
    ) -> None:
        """``move`` moves a reader into the lane of another, before a post there.

        ``links`` finds the addresses for the lines of a list.
        """
        self._client = client
        self._now = now
        self._move = move
        self._links = links

    def post_to_reader(self, notice: Notice, context: MessageContext) -> Place:
        """Post to the person, or else in the launch's channel; returns the place."""
        lead = context.view.lead
        if notice.to.startswith("#"):
            channel = self._client.channel(notice.to.removeprefix("#"), lead=lead)
            return self._post(notice, channel, context)
        unreached: Rejected | None = None
        try:
            dm = self._client.dm(notice.to)
            if dm is not None:
                return self._post(notice, dm, context)
        except Rejected as refused:
            unreached = refused
        self._move(notice.to, f"#{context.view.channel}")
        try:
            channel = self._client.channel(context.view.channel, lead=lead)
            return self._post(notice, channel, context)
        except Rejected as refused:
            whom = (
                f"Slack: {unreached}"
                if unreached
                else f"Slack knows nobody as {notice.to}"
            )
            raise Rejected(
                f"{whom}; and in #{context.view.channel}: {refused}", code=refused.code
            ) from refused

    def _post(self, notice: Notice, channel: str, context: MessageContext) -> Place:
        """Return the place of the one message of a notice, posted if not found."""
        conversation = Conversation(self._client, channel, context=context)
        if notice.attempts > 1:
            found = conversation.find(notice, now=self._now())
            if found is not None:
                return found
        if notice.lease_until is not None and self._now() + MARGIN > notice.lease_until:
            raise Unclear(
                "Slack took so long that somebody else may take this notice over"
            )
        message = message_for(notice, context, now=self._now())
        if message.groups and self._links.find(notice.to, message):
            message = message_for(notice, context, now=self._now())
        return conversation.send(notice, message)
