"""Edits: keep a sent message true, or close it, with its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from launch_kits import outbox
from launch_kits.database.records import Notice, NoticeKind
from launch_kits.database.store import Store
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.slack.outbound.conversation import Conversation
from launch_kits.slack.outbound.deep_links import DeepLinks
from launch_kits.slack.outbound.message_links import MessageLinks, is_linking
from launch_kits.slack.outbound.parts import MessageParts, place_of
from launch_kits.verbs.message_comparison import close_if_over
from launch_kits.verbs.offers import message_for
from launch_kits.views.notices.context import MessageContext

__all__ = ["Kept", "MessageSync"]


@dataclass(frozen=True, slots=True)
class Kept:
    """The result of bringing a message up to date."""

    edited: bool
    #: about the parts that failed
    complaint: str | None = None
    #: until when other parts wait
    parts_after: datetime | None = None


class MessageSync:
    """Sent messages and their parts: the document, the history, the pin."""

    def __init__(
        self, store: Store, client: SlackClient, *, ours: Callable[[], bool]
    ) -> None:
        """``ours`` says whether it is still this process that delivers."""
        self._store = store
        self._client = client
        self._deep_links = DeepLinks(store, client)
        self._links = MessageLinks(store, client)
        self._parts = MessageParts(store, client, ours=ours)

    def owes(self, notice: Notice, context: MessageContext) -> bool:
        """Whether the message that was just sent still lacks a part."""
        return self._parts.owed(notice, context)

    def keep(self, notice: Notice, context: MessageContext, *, now: datetime) -> Kept:
        """Bring a sent message and its parts up to date.

        Raises SlackFault: Rejected if the message itself cannot be edited, the others if it is to
        be tried again, such as for a link that Slack did not tell.
        """
        edited = self._edit(notice, context, now=now)
        linked = notice.file_link
        complaint, parts_after = self._parts.send(notice, context, now=now)
        if notice.file_link != linked:
            edited |= self._edit(notice, context, now=now)
        return Kept(edited, complaint, parts_after)

    def _edit(self, notice: Notice, context: MessageContext, *, now: datetime) -> bool:
        close_if_over(self._store, notice, context, now=now)
        channel, _ = place_of(notice)
        if notice.kind == NoticeKind.HEADLINE:
            self._deep_links.note(notice)
        message = message_for(notice, context, now=now)
        if is_linking(notice, message):
            links = self._links.find(notice.to, message)
            if links.silent is not None:
                raise links.silent
        conversation = Conversation(self._client, channel, context=context)
        shown = conversation.edit(notice, message_for(notice, context, now=now))
        if shown is None:
            return False
        with self._store.write() as session:
            outbox.note(session, notice.key, shown=shown)
        notice.shown = shown
        return True
