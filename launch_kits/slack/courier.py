"""The courier: takes notices to Slack one by one, each posted once, and keeps sent messages true."""

from __future__ import annotations

import logging
import time
from collections import Counter
from datetime import datetime, timedelta

from launch_kits import outbox
from launch_kits.errors import DatabaseError
from launch_kits.records import Notice
from launch_kits.slack.blocks import Message, addressed
from launch_kits.slack.client import SlackClient
from launch_kits.slack.faults import NotAllowed, RateLimited, Rejected, SlackFault, TokenRefused, Unclear
from launch_kits.slack.messages import render
from launch_kits.slack.scene import Scene, Scenes
from launch_kits.store import Store

__all__ = ["Courier"]

#: what must be left of a claim's lease when a message is posted, so that nobody else holds the notice by then
MARGIN = timedelta(seconds=30)
#: a notice whose end is unclear waits 1, 2, 4 … seconds, at most this long
LONGEST_WAIT = timedelta(minutes=10)
#: how long to wait for somebody to grant the app a permission
PERMISSION_WAIT = timedelta(minutes=5)
#: so many unclear ends in a row, and Slack is left alone until the next delivery
ENOUGH = 3

_log = logging.getLogger(__name__)


class Courier:
    """One delivery to Slack, from ``now`` on; what became of each notice is in ``counts`` and ``problems``."""

    def __init__(
        self, store: Store, client: SlackClient, scenes: Scenes, *, by: str, now: datetime, launch: str | None
    ) -> None:
        self._store, self._client, self._scenes = store, client, scenes
        self._by, self._launch = by, launch
        self._began, self._started = now, time.monotonic()
        self._unclear = 0
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []
        client.look_again()

    def send_all(self) -> None:
        """Send what is owed, oldest first, until nothing is or Slack does not answer. Raises TokenRefused."""
        while self._unclear < ENOUGH:
            with self._store.write() as session:
                claimed = outbox.claim(session, by=self._by, now=self._now(), limit=1, launch=self._launch)
            if not claimed:
                return
            self._send(claimed[0])

    def edit_all(self) -> None:
        """Edit the outdated messages in place, each once, until Slack limits it or does not answer."""
        tried: set[str] = set()
        while self._unclear < ENOUGH:
            with self._store.write() as session:
                claimed = outbox.claim_outdated(session, launch=self._launch, limit=1, besides=tried)
            if not claimed:
                return
            tried.add(claimed[0].key)
            if not self._edit(claimed[0]):
                return

    def _now(self) -> datetime:
        """The instant it is by now, as the delivery counts time."""
        return self._began + timedelta(seconds=time.monotonic() - self._started)

    def _send(self, notice: Notice) -> None:
        try:
            self._take(notice)
        except TokenRefused as fault:
            self._give_back(notice, fault, again_at=notice.send_after, untried=True)
            raise
        except RateLimited as fault:
            again_at = self._now() + timedelta(seconds=fault.retry_after)
            self._give_back(notice, fault, again_at=again_at, untried=not fault.asked)
        except NotAllowed as fault:
            self._give_back(notice, fault, again_at=self._now() + PERMISSION_WAIT)
            self.problems.append(str(fault))
        except Unclear as fault:
            self._unclear += 1
            wait = max(timedelta(seconds=fault.settles_in), _patience(notice))
            self._give_back(notice, fault, again_at=self._now() + wait)
            self.problems.append(f"{fault}; what waits is sent by a later delivery, once")
        except SlackFault as fault:
            self._bury(notice, fault)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  a fault of ours in one notice must not hold up the others
            _log.exception("a notice could not be made into a message", extra={"notice": notice.key})
            self._give_back(notice, error, again_at=self._now() + _patience(notice))
            self.problems.append(f"{notice.key}: {type(error).__name__}: {error}")

    def _take(self, notice: Notice) -> None:
        """Send a notice and settle it, or let it go, or let it wait for its reader's hours."""
        scene = self._scenes.of(notice.launch, now=self._now())
        untrue = scene.untrue(notice)
        if untrue is not None:
            with self._store.write() as session:
                outbox.dismiss(session, notice.key, by=self._by, why=untrue)
            self.counts["dropped"] += 1
            return
        opens = scene.hours(notice.to, now=self._now())
        if opens > self._now():
            with self._store.write() as session:
                outbox.give_back(session, notice.key, by=self._by, again_at=opens, error=notice.error, untried=True)
            self.counts["given_back"] += 1
            return
        channel, ts, found = self._post_to_reader(notice, scene)
        self._unclear = 0
        with self._store.write() as session:
            ours = outbox.settle(session, notice.key, by=self._by, now=self._now(), channel=channel, ts=ts)
            if found:  # it says what was true when an earlier delivery posted it
                outbox.settle_edit(session, notice.key, error=None, again=True)
        self.counts["sent"] += 1
        _log.info("notice sent", extra={"notice": notice.key, "channel": channel, "ts": ts, "ours": ours})

    def _post_to_reader(self, notice: Notice, scene: Scene) -> tuple[str, str, bool]:
        """Where the message stands, with the person or else in the launch's channel, and whether it stood there."""
        message = self._message(notice, scene)
        lead = scene.view.lead
        if notice.to.startswith("#"):
            channel = self._client.channel(notice.to.removeprefix("#"), lead=lead)
            return channel, *self._post(notice, channel, message)
        unreached: Rejected | None = None
        try:
            dm = self._client.dm(notice.to)
            if dm is not None:
                return dm, *self._post(notice, dm, message)
        except Rejected as refused:
            unreached = refused
        try:
            channel = self._client.channel(scene.view.channel, lead=lead)
            return channel, *self._post(notice, channel, _for_channel(message, notice, scene))
        except Rejected as refused:
            whom = f"Slack: {unreached}" if unreached else f"Slack knows nobody as {notice.to}"
            raise Rejected(f"{whom}; and in #{scene.view.channel}: {refused}", code=refused.code) from refused

    def _post(self, notice: Notice, channel: str, message: Message) -> tuple[str, bool]:
        """The ``ts`` of the one message of a notice, and whether it was there already."""
        if notice.attempts > 1:
            there = self._client.find(channel, notice.key, age=self._now() - notice.filed_at)
            if there is not None:
                return there, True
        if notice.lease_until is not None and self._now() + MARGIN > notice.lease_until:
            raise Unclear("Slack took so long that somebody else may take this notice over")
        return self._client.post(channel, message, payload=_payload(notice)), False

    def _edit(self, notice: Notice) -> bool:
        """Bring one message up to date; False where Slack takes no more edits now."""
        if notice.channel is None or notice.ts is None:
            return True
        try:
            scene = self._scenes.of(notice.launch, now=self._now())
            message = self._message(notice, scene)
            if "@" in notice.to and not notice.channel.startswith("D"):  # a direct message's id begins with D
                message = _for_channel(message, notice, scene)
            self._client.update(notice.channel, notice.ts, message, payload=_payload(notice))
        except TokenRefused:
            self._settle_edit(notice, error=None, again=True)
            raise
        except (RateLimited, Unclear, NotAllowed) as fault:
            self._unclear += isinstance(fault, Unclear)
            self._settle_edit(notice, error=str(fault), again=True)
            if not isinstance(fault, RateLimited):
                self.problems.append(str(fault))
            return not isinstance(fault, RateLimited)
        except SlackFault as fault:
            self._settle_edit(notice, error=str(fault), again=False)
            self.problems.append(f"{notice.key} cannot be edited: {fault}")
            return True
        self._unclear = 0
        self._settle_edit(notice, error=None, again=False)
        self.counts["edited"] += 1
        return True

    def _message(self, notice: Notice, scene: Scene) -> Message:
        return render(notice, scene.view, reader=scene.reader(notice.to, now=self._now()))

    def _give_back(self, notice: Notice, why: Exception, *, again_at: datetime, untried: bool = False) -> None:
        with self._store.write() as session:
            outbox.give_back(session, notice.key, by=self._by, again_at=again_at, error=_line(why), untried=untried)
        self.counts["given_back"] += 1
        _log.info("notice given back", extra={"notice": notice.key, "reason": _line(why)})

    def _bury(self, notice: Notice, why: Exception) -> None:
        with self._store.write() as session:
            outbox.bury(session, notice.key, by=self._by, error=_line(why))
        self.counts["dead"] += 1
        self.problems.append(f"{notice.key} is dead: {_line(why)}")
        _log.info("notice dead", extra={"notice": notice.key, "reason": _line(why)})

    def _settle_edit(self, notice: Notice, *, error: str | None, again: bool) -> None:
        with self._store.write() as session:
            outbox.settle_edit(session, notice.key, error=error, again=again)


def _for_channel(message: Message, notice: Notice, scene: Scene) -> Message:
    return addressed(message, name=scene.name(notice.to), email=notice.to)


def _payload(notice: Notice) -> dict[str, str]:
    """What the message's metadata says of its notice."""
    task = {"task": notice.task} if notice.task else {}
    return {"key": notice.key, "launch": notice.launch, **task}


def _patience(notice: Notice) -> timedelta:
    return min(timedelta(seconds=2 ** min(notice.attempts - 1, 20)), LONGEST_WAIT)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:500] or type(error).__name__
