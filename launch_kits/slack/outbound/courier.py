"""The courier: takes notices to Slack, each posted once, and keeps sent messages true."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from launch_kits import outbox
from launch_kits.database import delivery_lease
from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.errors import DatabaseError
from launch_kits.slack.api.faults import (
    NotAllowed,
    RateLimited,
    Rejected,
    SlackFault,
    TokenRefused,
    Unclear,
)
from launch_kits.slack.outbound import token_stop
from launch_kits.slack.outbound.acquaintance import introduce, keep_id, meet
from launch_kits.slack.outbound.backlog import Backlog
from launch_kits.slack.outbound.claimed import ClaimedNotices, patience
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.slack.outbound.conversation import shown_in_slack
from launch_kits.slack.outbound.delivery_clock import delivery_clock
from launch_kits.slack.outbound.edit_results import KeptMessages
from launch_kits.slack.outbound.edits import Kept, MessageSync
from launch_kits.slack.outbound.lanes import WORKERS, run_lanes
from launch_kits.slack.outbound.missing import MissingMessages
from launch_kits.slack.outbound.posting import Posting
from launch_kits.slack.outbound.rate_limits import Limits
from launch_kits.slack.outbound.results import Results
from launch_kits.verbs.message_comparison import mark_untrue
from launch_kits.views.notices.context import ContextLoader, MessageContext

__all__ = ["Courier"]

#: how long to wait until an administrator grants the app a permission
PERMISSION_WAIT = timedelta(minutes=5)
#: seconds before its channel opens at which the next notice is made ready
AHEAD = 0.1
#: so many unclear ends in a row, and Slack is left alone until the next delivery
ENOUGH = 3

_log = logging.getLogger(__name__)


class Courier:
    """One delivery to Slack, from ``now`` on; ``results`` are its counts and problems."""

    def __init__(
        self,
        store: Store,
        client: SlackClient,
        contexts: ContextLoader,
        *,
        by: str,
        now: datetime,
        launch: str | None,
    ) -> None:
        self._store = store
        self._client = client
        self._contexts = contexts
        self._by = by
        self._launch = launch
        self._unclear = 0
        self.now = delivery_clock(now)
        self._sync = MessageSync(store, client, ours=self._renew)
        self._refused: TokenRefused | None = None
        self._renew_at = time.monotonic() + delivery_lease.RENEW_EVERY
        self._owed = Backlog([], [])
        self._limits = Limits(store)
        self.results = Results()
        self._claims = ClaimedNotices(store, self.results, by=by)
        self._kept = KeptMessages(store, self.results)
        self._missing = MissingMessages(
            store, client, contexts, self._kept, now=self.now
        )
        self._posting = Posting(store, client, now=self.now, move=self._move)

    def _move(self, to: str, lane: str) -> None:
        self._owed.move(to, lane)

    def look(self) -> bool:
        """Read the backlog, which this delivery delivers; returns whether there is work."""
        now = self.now()
        with self._store.read() as session:
            self._owed = Backlog.read(session, now=now, launch=self._launch)
            return bool(
                self._owed or outbox.to_compare(session, now=now, launch=self._launch)
            )

    def deliver_all(self) -> None:
        """Send the backlog's notices and edit untrue messages, unless Slack is silent.

        Each reader has a lane: notices oldest first, then each message edited at most once. Notices
        filed or changed meanwhile are left to the next delivery, and so is all if Slack refuses
        the token: it is left alone for a while.
        """
        stopped = token_stop.problem_of(self._store, self._client.token, now=self.now())
        if stopped is not None:
            self.results.problem(stopped)
            return
        self.results.problems += mark_untrue(
            self._store,
            self._contexts,
            shown=shown_in_slack,
            now=self.now,
            launch=self._launch,
            go_on=self._go_on,
        )
        self._missing.post_again(go_on=self._go_on)
        self.look()
        self._client.look_again()
        introduce(self._store, self._client)
        for name, seconds in self._limits.known(now=self.now()).items():
            self._client.limit(name, seconds=seconds)
        # Until Slack has taken the token, one piece at a time: a refused one is to cost one call.
        run_lanes(
            self._owed.lanes,
            self._step,
            most=lambda: WORKERS if self._client.accepted else 1,
            go_on=self._go_on,
        )
        if self._refused is not None:
            with self._store.write() as session:
                token_stop.stop(session, self._client.token, now=self.now())

    def _go_on(self) -> bool:
        if time.monotonic() >= self._renew_at:
            if not self._renew():
                self.results.problem(
                    "another process took the delivery over; "
                    "what waits is sent by it, or by the next sweep"
                )
                return False
            self._renew_at = time.monotonic() + delivery_lease.RENEW_EVERY
        return self._unclear < ENOUGH and self._refused is None

    def _renew(self) -> bool:
        return delivery_lease.renew(self._store, by=self._by, now=self.now())

    def _step(self, lane: str) -> float | None:
        """Send a lane's next notice, or make its next edit.

        Returns the seconds until the one after it, or None if the lane is empty.
        """
        key = self._owed.next_notice(lane)
        if key is not None:
            with self._store.write() as session:
                claimed = outbox.claim(session, by=self._by, now=self.now(), keys=[key])
            return self._send(claimed[0], lane) if claimed else 0.0
        key = self._owed.next_edit(lane)
        if key is None:
            return None
        with self._store.read() as session:
            notice = outbox.read_outdated(session, key)
        return self._keep(notice, lane) if notice else 0.0

    def _send(self, notice: Notice, lane: str) -> float:
        try:
            return self._take(notice)
        except TokenRefused as fault:
            self._claims.unclaim(
                notice, fault, again_at=notice.send_after, untried=True
            )
            self._refused = fault
            self.results.problem(str(fault))
        except RateLimited as fault:
            return self._put_off(notice, fault, lane)
        except NotAllowed as fault:
            self._claims.release(notice, fault, again_at=self.now() + PERMISSION_WAIT)
            self.results.problem(str(fault))
        except Unclear as fault:
            wait = max(timedelta(seconds=fault.settles_in), patience(notice))
            self._claims.release(notice, fault, again_at=self.now() + wait)
            self._not_answered(fault)
        except SlackFault as fault:
            self._fail(notice, fault)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  a fault of ours in one notice must not hold up the others
            _log.exception(
                "a notice could not be made into a message",
                extra={"notice": notice.key},
            )
            self._claims.release(notice, error, again_at=self.now() + patience(notice))
            self.results.problem(f"{notice.key}: {type(error).__name__}: {error}")
        return 0.0

    def _take(self, notice: Notice) -> float:
        """Send a notice and settle it, or discard it, or let it wait for its reader.

        Returns the seconds until the next.
        """
        context = self._contexts.of(notice.launch, now=self.now())
        if meet(self._store, self._client, notice, context, now=self.now()):
            context = self._contexts.again(notice.launch, now=self.now())
        if self._withheld(notice, context):
            return 0.0
        keep_id(self._store, self._client, notice.to, now=self.now())
        place = self._posting.post_to_reader(notice, context)
        self._unclear = 0
        # A message that was found may be outdated: an earlier delivery posted it.
        more = place.shown is None or self._sync.owes(notice, context)
        ours, older = self._claims.settle(notice, place, more=more, now=self.now())
        for key, to in ((notice.key, notice.to), *older):
            self._owed.add_edit(key, to)
        self.results.count("sent")
        _log.info(
            "notice sent",
            extra={
                "notice": notice.key,
                "channel": place.channel,
                "ts": place.ts,
                "ours": ours,
            },
        )
        return max(self._client.opens_in(place.channel) - AHEAD, 0.0)

    def _withheld(self, notice: Notice, context: MessageContext) -> bool:
        """Keep back a notice that must not be sent now.

        An untrue one is discarded; one outside its reader's hours waits for them. Returns whether
        it was either.
        """
        untrue = context.untrue(notice)
        if untrue is not None:
            self._claims.discard(notice, untrue)
            return True
        opens = context.hours(notice.to, now=self.now())
        if opens <= self.now():
            return False
        self._claims.hold(notice, until=opens)
        return True

    def _keep(self, notice: Notice, lane: str) -> float:
        """Bring one message up to date; returns the seconds until the lane's next."""
        kept = Kept(edited=False)
        fault = None
        context = self._contexts.of(notice.launch, now=self.now())
        try:
            kept = self._sync.keep(notice, context, now=self.now())
        except TokenRefused as refused:
            self._refused = refused
            self.results.problem(str(refused))
            return 0.0
        except RateLimited as limited:
            wait, _ = self._limits.met(limited, lane, now=self.now())
            if wait is None:
                self._claims.note(notice, limited)
                return 0.0
            self._owed.add_edit(notice.key, notice.to)
            return wait
        except Rejected as rejected:
            fault = rejected
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  it is tried again, and must not hold up the others
            self._claims.note(notice, error)
            if isinstance(error, Unclear):
                self._not_answered(error)
            else:
                self.results.problem(f"{notice.key}: {error}")
            return 0.0
        self._unclear = 0
        if fault is None:
            self._kept.settle(notice, kept)
        else:
            for filed in self._kept.fail(notice, fault, context, now=self.now()):
                self._owed.add_notice(filed.key, filed.to)
        return 0.0

    def _put_off(self, notice: Notice, fault: RateLimited, lane: str) -> float:
        """Release a notice that Slack limits.

        It waits at the head of its lane if the lane waits, else until the limit ends.
        """
        wait, end = self._limits.met(fault, lane, now=self.now())
        if wait is None:
            self._claims.release(notice, fault, again_at=end, untried=True)
            return 0.0
        self._claims.unclaim(notice, fault, again_at=notice.send_after, untried=True)
        self._owed.add_notice(notice.key, notice.to)
        return wait

    def _not_answered(self, fault: Unclear) -> None:
        self._unclear += 1
        self.results.problem(f"{fault}; what waits is sent by a later delivery, once")

    def _fail(self, notice: Notice, why: Exception) -> None:
        context = self._contexts.of(notice.launch, now=self.now())
        told = self._claims.fail(notice, why, context=context, now=self.now())
        if told is not None:
            self._owed.add_notice(told.key, told.to)
