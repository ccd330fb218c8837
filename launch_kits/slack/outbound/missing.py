"""Messages that a person deleted without Slack's word of it: looked for once a day."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.outbox.deletion_checks import note_look, note_scan, to_look_for
from launch_kits.slack.api.faults import Rejected, SlackFault
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.slack.outbound.edit_results import KeptMessages
from launch_kits.views.notices.context import ContextLoader

__all__ = ["MissingMessages"]

_log = logging.getLogger(__name__)

#: the answer of Slack to an edit of a message that is not there
GONE = Rejected("the message is not there", code="message_not_found")
#: conversations that one delivery looks through, a call or two each
MOST = 20


class MissingMessages:
    """Finds the living messages that are not in their channels any more."""

    def __init__(
        self,
        store: Store,
        client: SlackClient,
        contexts: ContextLoader,
        kept: KeptMessages,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._client = client
        self._now = now
        self._contexts = contexts
        self._kept = kept

    def post_again(self, *, go_on: Callable[[], bool]) -> None:
        """Let the messages that are missing be posted once more; raises nothing of Slack's."""
        for notice in self.find(go_on):
            context = self._contexts.of(notice.launch, now=self._now())
            self._kept.fail(notice, GONE, context, now=self._now())

    def find(self, go_on: Callable[[], bool]) -> list[Notice]:
        """Look for the messages of the conversations that are due; returns those that are missing.

        A conversation that Slack does not show now is looked at later. Stops early if ``go_on``
        says no. Raises nothing.
        """
        with self._store.read() as session:
            due = to_look_for(session, now=self._now())
        if due is None:
            return []
        missing: list[Notice] = []
        for channel, notices in list(due.items())[:MOST]:
            if not go_on():
                return missing
            try:
                missing += self._missing_in(channel, notices)
            except Rejected as refused:
                reason = {"channel": channel, "reason": str(refused)}
                _log.info("a conversation cannot be looked through", extra=reason)
            except SlackFault:
                return missing
            with self._store.write() as session:
                note_look(session, channel, now=self._now())
        if len(due) <= MOST:
            with self._store.write() as session:
                note_scan(session, now=self._now())
        return missing

    def _missing_in(self, channel: str, notices: Sequence[Notice]) -> list[Notice]:
        oldest = min(each.sent_at or each.filed_at for each in notices)
        there = self._client.there(channel, age=self._now() - oldest)
        return [
            each
            for each in notices
            if each.ts not in there.ts and float(each.ts or 0) >= there.since
        ]
