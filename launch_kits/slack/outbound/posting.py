"""Posting: the one message of a notice goes to its reader, or to the launch's channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from launch_kits import outbox
from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.outbox.restored import restored_from
from launch_kits.slack.api.faults import Rejected, Unclear
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.slack.outbound.conversation import Conversation
from launch_kits.slack.outbound.deep_links import DeepLinks
from launch_kits.slack.outbound.directory import archived
from launch_kits.slack.outbound.message_links import (
    LinksFound,
    MessageLinks,
    is_linking,
)
from launch_kits.verbs.offers import message_for
from launch_kits.views.notices.channel import Place
from launch_kits.views.notices.context import MessageContext

__all__ = ["Posting"]

#: the least time left of a claim's lease if a message is posted, so that no other process holds
#: the notice by then
MARGIN = timedelta(seconds=30)
#: Slack's codes for a channel that the app cannot find or enter
UNSEEN = frozenset(["channel_not_found", "method_not_supported_for_channel_type"])


class Posting:
    """Posts claimed notices, each once."""

    def __init__(
        self,
        store: Store,
        client: SlackClient,
        *,
        now: Callable[[], datetime],
        move: Callable[[str, str], None],
    ) -> None:
        """``move`` moves a reader into the lane of another, before a post there."""
        self._store = store
        self._client = client
        self._now = now
        self._move = move
        self._links = MessageLinks(store, client)
        self._deep_links = DeepLinks(store, client)
        #: launch and name → the id of the channel where the launch wrote before
        self._channels: dict[tuple[str, str], str] = {}

    @cached_property
    def _restored_from(self) -> datetime | None:
        """The instant after which messages may have gone out that the database forgot."""
        with self._store.read() as session:
            return restored_from(session, now=self._now())

    def post_to_reader(self, notice: Notice, context: MessageContext) -> Place:
        """Post to the person, or to the launch's channel if Slack does not know them.

        Returns the place. Raises Rejected if the person is known and cannot be written to: that is
        not told in public.
        """
        if notice.to.startswith("#"):
            return self._post_in_channel(notice, notice.to[1:], context)
        dm = self._client.dm(notice.to)
        if dm is not None:
            return self._post(notice, dm, context)
        name = context.view.channel
        self._move(notice.to, f"#{name}")
        try:
            return self._post_in_channel(notice, name, context)
        except Rejected as refused:
            raise Rejected(
                f"Slack has no active account with the email address {notice.to}; "
                f"and in #{name}: {refused}",
                code=refused.code,
            ) from refused

    def _post_in_channel(
        self, notice: Notice, name: str, context: MessageContext
    ) -> Place:
        """Post to a channel where the launch wrote before, whatever its name is now."""
        known = self._written_before(context.view.slug, name)
        if known is not None:
            try:
                return self._post_again_in(known, notice, context)
            except Rejected as refused:
                if refused.code == "is_archived":
                    raise Rejected(archived(name), code=refused.code) from refused
                if refused.code not in UNSEEN:
                    raise
                self._channels.pop((context.view.slug, name), None)
        channel = self._client.channel(name, lead=context.view.lead)
        lead = self._client.uninvited.pop(channel, None)
        if lead is not None:
            with self._store.write() as session:
                owed = outbox.owe_invitation(session, context.view.slug, lead)
            notice.facts = owed.get(notice.key, notice.facts)
        return self._post(notice, channel, context)

    def _written_before(self, launch: str, name: str) -> str | None:
        """The id of a channel where a launch wrote before, read once; None if it did not."""
        known = self._channels.get((launch, name))
        if known is None:
            with self._store.read() as session:
                known = outbox.channel_of(session, launch, f"#{name}")
            if known is not None:
                self._channels[launch, name] = known
        return known

    def _post_again_in(
        self, channel: str, notice: Notice, context: MessageContext
    ) -> Place:
        try:
            return self._post(notice, channel, context)
        except Rejected as refused:
            if refused.code != "not_in_channel":
                raise
            self._client.join(channel)
            return self._post(notice, channel, context)

    def _post(self, notice: Notice, channel: str, context: MessageContext) -> Place:
        """Return the place of the one message of a notice, posted if not found."""
        conversation = Conversation(self._client, channel, context=context)
        since = self._restored_from
        if notice.attempts > 1 or since is not None:
            found = conversation.find(notice, now=self._now(), since=since)
            if found is not None:
                return found
        if notice.lease_until is not None and self._now() + MARGIN > notice.lease_until:
            raise Unclear(
                "Slack took so long that another process may take this notice over"
            )
        self._deep_links.note(notice)
        message = message_for(notice, context, now=self._now())
        links = LinksFound()
        if is_linking(notice, message):
            links = self._links.find(notice.to, message)
        if links.found:
            message = message_for(notice, context, now=self._now())
        place = conversation.send(notice, message)
        # one that lacks a link is edited as soon as Slack tells it
        return replace(place, shown=None) if links.silent else place
