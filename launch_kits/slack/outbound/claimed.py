"""Claimed notices: they become sent, pending again, dropped or dead."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from launch_kits import outbox
from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.slack.outbound.dead_letters import fail_and_tell
from launch_kits.slack.outbound.results import Results
from launch_kits.views.notices.channel import Place
from launch_kits.views.notices.context import MessageContext

__all__ = ["ClaimedNotices", "one_line", "patience"]

#: a notice whose end is unclear waits 1, 2, 4 … seconds, at most this long
LONGEST_WAIT = timedelta(minutes=10)

_log = logging.getLogger(__name__)


class ClaimedNotices:
    """The notices that one delivery has claimed."""

    def __init__(self, store: Store, results: Results, *, by: str) -> None:
        """``by`` names the delivery in the leases of its notices."""
        self._store = store
        self._results = results
        self._by = by

    def settle(
        self, notice: Notice, place: Place, *, more: bool, now: datetime
    ) -> tuple[bool, Sequence[tuple[str, str]]]:
        """Record that a notice was sent, and its place.

        ``more`` says whether something has to be hung on it. Returns whether it was still ours,
        and the older messages that it replaces, by key and reader.
        """
        with self._store.write() as session:
            ours = outbox.settle(
                session,
                notice.key,
                by=self._by,
                now=now,
                channel=place.channel,
                ts=place.ts,
                shown=place.shown,
                more=more,
            )
            return ours, outbox.supersede(session, notice) if ours else ()

    def release(
        self,
        notice: Notice,
        why: Exception,
        *,
        again_at: datetime,
        untried: bool = False,
    ) -> None:
        """Return a notice to be tried again at an instant, and count it."""
        self.unclaim(notice, why, again_at=again_at, untried=untried)
        self._results.count("given_back")
        _log.info(
            "notice given back", extra={"notice": notice.key, "reason": one_line(why)}
        )

    def unclaim(
        self, notice: Notice, why: Exception, *, again_at: datetime, untried: bool
    ) -> None:
        """Return a notice without counting it: this delivery goes on with it, or ends.

        ``untried`` takes the attempt off again.
        """
        with self._store.write() as session:
            outbox.release(
                session,
                notice.key,
                by=self._by,
                again_at=again_at,
                error=one_line(why),
                untried=untried,
            )

    def hold(self, notice: Notice, *, until: datetime) -> None:
        """Return a notice until its reader's working hours.

        The attempt is taken off again, and the error of an earlier one stays.
        """
        with self._store.write() as session:
            outbox.release(
                session,
                notice.key,
                by=self._by,
                again_at=until,
                error=notice.error,
                untried=True,
            )
        self._results.count("given_back")

    def discard(self, notice: Notice, why: str) -> None:
        """Drop a notice that is no longer true."""
        with self._store.write() as session:
            outbox.discard(session, notice.key, by=self._by, why=why)
        self._results.count("dropped")

    def fail(
        self, notice: Notice, why: Exception, *, context: MessageContext, now: datetime
    ) -> Notice | None:
        """Give a notice up for good; returns the news of it for the lead, or None."""
        reason = one_line(why)
        with self._store.write() as session:
            told = fail_and_tell(
                session, notice, context, by=self._by, error=reason, now=now
            )
        self._results.count("dead")
        self._results.problem(f"{notice.key} is dead: {reason}")
        _log.info("notice dead", extra={"notice": notice.key, "reason": reason})
        return told

    def note(self, notice: Notice, why: Exception) -> None:
        """Record why a message could not be edited yet."""
        with self._store.write() as session:
            outbox.note(session, notice.key, error=one_line(why))


def one_line(error: Exception) -> str:
    """Return an error's text on one line of at most 500 characters, or its name."""
    return " ".join(str(error).split())[:500] or type(error).__name__


def patience(notice: Notice) -> timedelta:
    """How long a notice waits that may or may not have been sent."""
    return min(timedelta(seconds=2 ** min(notice.attempts - 1, 20)), LONGEST_WAIT)
