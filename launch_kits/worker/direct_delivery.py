"""Direct delivery: notices go through a channel one by one, without pacing."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime

from launch_kits import outbox
from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.errors import DatabaseError
from launch_kits.verbs.message_comparison import close_if_over, mark_untrue
from launch_kits.verbs.offers import message_for
from launch_kits.views.notices.channel import Channel, NotSent
from launch_kits.views.notices.context import ContextLoader, MessageContext
from launch_kits.views.notices.message import NoticeMessage

__all__ = ["DirectDelivery"]

_log = logging.getLogger(__name__)


class DirectDelivery:
    """One delivery through a channel; its results are in ``counts`` and ``problems``."""

    def __init__(
        self,
        store: Store,
        channel: Channel,
        contexts: ContextLoader,
        *,
        by: str,
        now: datetime,
    ) -> None:
        """``by`` names the delivery in the leases of the notices it claims."""
        self._store = store
        self._channel = channel
        self._contexts = contexts
        self._by = by
        self._now = now
        self._any_hour = not channel.limits.hours
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []

    def deliver_all(self, *, launch: str | None) -> None:
        """Send the notices owed now, of one launch or of all, then edit messages."""
        with self._store.read() as session:
            owed = outbox.pending_keys(
                session, now=self._now, launch=launch, any_hour=self._any_hour
            )
        for key, _ in owed:
            with self._store.write() as session:
                claimed = outbox.claim(
                    session,
                    by=self._by,
                    now=self._now,
                    keys=[key],
                    any_hour=self._any_hour,
                )
            if claimed:
                self._deliver(claimed[0])
        if self._channel.limits.edits:
            self.problems += mark_untrue(
                self._store,
                self._contexts,
                shown=lambda *_: None,  # the channel itself compares, in `edit`
                now=lambda: self._now,
                launch=launch,
            )
            with self._store.read() as session:
                edits = outbox.pending_edits(session, now=self._now, launch=launch)
            for key, _ in edits:
                self._edit(key)

    def _deliver(self, notice: Notice) -> None:
        try:
            context = self._contexts.of(notice.launch, now=self._now)
            untrue = context.untrue(notice)
            if untrue is not None:
                self._discard(notice, untrue)
                return
            message = message_for(notice, context, now=self._now)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  a fault of ours in one notice must not hold up the others
            _log.exception(
                "a notice could not be made into a message",
                extra={"notice": notice.key},
            )
            self._release(notice, f"{type(error).__name__}: {error}")
            return
        if not self._waits(notice, context):
            self._send(notice, message)

    def _discard(self, notice: Notice, why: str) -> None:
        with self._store.write() as session:
            outbox.discard(session, notice.key, by=self._by, why=why)
        self.counts["dropped"] += 1

    def _waits(self, notice: Notice, context: MessageContext) -> bool:
        """Let a notice wait for its reader's hours, if the channel keeps them."""
        opens = context.hours(notice.to, now=self._now)
        if self._any_hour or opens <= self._now:
            return False
        with self._store.write() as session:
            outbox.release(
                session,
                notice.key,
                by=self._by,
                again_at=opens,
                error=notice.error,
                untried=True,
            )
        self.counts["given_back"] += 1
        return True

    def _send(self, notice: Notice, message: NoticeMessage) -> None:
        channel = self._channel
        try:
            tried = notice.attempts > 1
            found = channel.find(notice, now=self._now) if tried else None
            place = found or channel.send(notice, message)
        except NotSent as error:
            self._release(notice, str(error))
            return
        with self._store.write() as session:
            outbox.settle(
                session,
                notice.key,
                by=self._by,
                now=self._now,
                channel=place.channel,
                ts=place.ts,
                shown=place.shown,
                # a message that was found may be outdated
                more=found is not None,
            )
            if place.ts is not None:
                outbox.supersede(session, notice)
        self.counts["sent"] += 1

    def _edit(self, key: str) -> None:
        with self._store.read() as session:
            notice = outbox.read_outdated(session, key)
        if notice is None:
            return
        context = self._contexts.of(notice.launch, now=self._now)
        close_if_over(self._store, notice, context, now=self._now)
        try:
            shown = self._channel.edit(
                notice, message_for(notice, context, now=self._now)
            )
        except NotSent as error:
            with self._store.write() as session:
                outbox.note(session, key, error=str(error))
            self.problems.append(f"{key}: {error}")
            return
        with self._store.write() as session:
            if shown is not None:
                outbox.note(session, key, shown=shown)
                self.counts["edited"] += 1
            outbox.settle_edit(session, key, changes=notice.changes)

    def _release(self, notice: Notice, why: str) -> None:
        """Return a claimed notice to be tried again by the next delivery."""
        with self._store.write() as session:
            outbox.release(
                session, notice.key, by=self._by, again_at=notice.send_after, error=why
            )
        self.counts["given_back"] += 1
        self.problems.append(f"{notice.key}: {why}")
