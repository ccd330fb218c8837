"""Channels that another organisation can read, by Slack Connect: nothing internal is put there.

https://docs.slack.dev/apis/slack-connect
"""

from __future__ import annotations

from datetime import datetime

from launch_kits import outbox
from launch_kits.database.records import Notice, NoticeKind
from launch_kits.database.store import Store
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.news import NewsEvent

__all__ = ["SharedChannels"]

#: begins the occasion of the news of a shared channel
OCCASION = "shared"


class SharedChannels:
    """Knows which channels of one delivery are shared; Slack is asked once for each."""

    def __init__(self, store: Store, client: SlackClient) -> None:
        self._store = store
        self._client = client
        self._known: dict[str, bool] = {}

    def keep_out(self, channel: str, context: MessageContext, *, now: datetime) -> bool:
        """Whether pages and documents of a launch stay out of a channel, by its id.

        The lead is told once. Direct messages are those of one person. Raises SlackFault.
        """
        if channel.startswith("D"):
            return False
        if channel not in self._known:
            self._known[channel] = self._client.is_shared(channel)
        if self._known[channel]:
            self._tell_lead(channel, context, now)
        return self._known[channel]

    def _tell_lead(self, channel: str, context: MessageContext, now: datetime) -> None:
        slug = context.view.slug
        lead = context.view.lead
        occasion = f"{OCCASION} {channel}"
        key = outbox.notice_key(NoticeKind.NEWS, slug, None, lead, occasion)
        with self._store.write() as session:
            if session.get(Notice, key) is not None:
                return
            outbox.enqueue(
                session,
                kind=NoticeKind.NEWS,
                launch=slug,
                task=None,
                to=lead,
                occasion=occasion,
                now=now,
                send_after=context.hours(lead, now=now),
                facts={
                    "event": NewsEvent.SHARED_CHANNEL,
                    "channel": context.view.channel,
                },
            )
