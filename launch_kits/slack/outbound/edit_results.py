"""Record which sent messages were edited, and which could not be."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from launch_kits import outbox
from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.slack.api.faults import Rejected
from launch_kits.slack.outbound.claimed import one_line
from launch_kits.slack.outbound.dead_letters import DELETED_TWICE, tell_of_stuck
from launch_kits.slack.outbound.edits import Kept
from launch_kits.slack.outbound.parts import DELETED
from launch_kits.slack.outbound.results import Results
from launch_kits.views.notices.context import MessageContext

__all__ = ["KeptMessages"]

_log = logging.getLogger(__name__)


#: Slack's code → why a message cannot be edited, for the lead
_REASONS = {
    "channel_not_found": "its channel is gone",
    "edit_window_closed": "it is too old to be changed",
    "is_archived": "its channel is archived",
    "is_inactive": "its channel is archived",
    "message_not_found": DELETED_TWICE,
    "thread_not_found": DELETED_TWICE,
}


class KeptMessages:
    """The sent messages of one delivery that were out of date."""

    def __init__(self, store: Store, results: Results) -> None:
        self._store = store
        self._results = results

    def settle(self, notice: Notice, kept: Kept) -> None:
        """Record that a message is true again, and what its parts wait for."""
        self._results.count("edited", 1 if kept.edited else 0)
        self._settle(notice, kept.complaint, parts_after=kept.parts_after)

    def fail(
        self, notice: Notice, fault: Rejected, context: MessageContext, *, now: datetime
    ) -> Sequence[Notice]:
        """Post a message again that a person deleted, or tell the lead why it is stuck.

        Returns the notices to send: the message itself, or the news for the lead.
        """
        over = notice.closed is not None or not notice.living
        if fault.code in DELETED and over:
            self._settle(notice, None)  # nothing was left to do about it
            return []
        if fault.code in DELETED:
            with self._store.write() as session:
                again = outbox.post_again(session, notice.key, now=now)
            _log.info("message deleted", extra={"notice": notice.key, "again": again})
            if again:
                return [notice]
        if not notice.living:
            # its text is true all the same, and its buttons say themselves that they are over
            self._settle(notice, f"it cannot be edited ({one_line(fault)})")
            return []
        reason = _REASONS.get(fault.code, "Slack refuses to change it")
        with self._store.write() as session:
            told = tell_of_stuck(session, notice, context, error=reason, now=now)
        self._settle(notice, f"it cannot be edited ({one_line(fault)})")
        return [told] if told else []

    def _settle(
        self,
        notice: Notice,
        complaint: str | None,
        *,
        parts_after: datetime | None = None,
    ) -> None:
        if complaint and complaint != notice.error:  # a lasting problem is told once
            self._results.problem(f"{notice.key}: {complaint}")
        with self._store.write() as session:
            outbox.settle_edit(
                session,
                notice.key,
                changes=notice.changes,
                error=complaint,
                parts_after=parts_after,
            )
