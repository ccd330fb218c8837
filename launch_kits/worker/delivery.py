"""Delivery: claim pending notices, send them through a channel, settle them."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from launch_kits.database.delivery_lease import delivering, renew
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line
from launch_kits.slack.outbound.canvases import CanvasKeeper
from launch_kits.slack.outbound.client import SlackClient, connect
from launch_kits.slack.outbound.courier import Courier
from launch_kits.views.notices.channel import Channel
from launch_kits.views.notices.context import ContextLoader
from launch_kits.worker.console import Console
from launch_kits.worker.direct_delivery import DirectDelivery

__all__ = [
    "CHANNELS",
    "PATIENCE",
    "ChannelChoice",
    "Delivered",
    "DeliveryOrder",
    "deliver",
    "through",
]

#: seconds for which a delivery waits for another process; then it leaves the pending notices to
#: that process
PATIENCE = 20.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The results of a delivery, counted, and its problems."""

    sent: int = 0
    #: pending again, to be tried later
    given_back: int = 0
    dead: int = 0
    #: no longer true
    dropped: int = 0
    #: messages edited in place
    edited: int = 0
    #: whether another process was delivering; the rest was left to it or to the next sweep
    elsewhere: bool = False
    #: a sentence for each thing that went wrong, with its remedy
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryOrder:
    """One delivery: its notices, its instant, and the name that it has in leases."""

    store: Store
    settings: Settings
    contexts: ContextLoader
    by: str
    now: datetime
    #: the only launch whose notices are delivered; None for all
    launch: str | None
    #: prints a line of the console
    write: Callable[[str], None]


Deliver = Callable[[DeliveryOrder], Delivered]


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    """A channel, the setting that chooses it, and its delivery."""

    name: str
    is_chosen_by: Callable[[Settings], bool]
    deliver: Deliver


def deliver(
    store: Store,
    *,
    settings: Settings,
    now: datetime,
    launch: str | None = None,
    write: Callable[[str], None] | None = None,
) -> Delivered:
    """Deliver the notices that are pending at ``now``, which is aware.

    Delivers those of one launch or of all, and edits the messages that are outdated. Notices
    that are filed or changed meanwhile are left to the next delivery, so that this one ends.
    If there is a bot token, notices go to Slack, within people's hours. If there is none, they
    go at any hour, line by line, to ``write`` (standard error by default). Any number of
    processes may call this. One at a time delivers to Slack; the others wait for it a while,
    then deliver the rest. A notice that fails becomes pending again, or dead if it can never
    succeed. ``problems`` names it, and the other notices go out all the same. If Slack refuses
    the token, nothing is sent for a quarter of an hour. Returns the results. Raises SettingsError
    for an unusable SLACK_BASE_URL.
    """
    contexts = ContextLoader(store, documents=settings.documents, room=settings.url)
    asked = DeliveryOrder(
        store,
        settings,
        contexts,
        by=uuid4().hex,
        now=now,
        launch=launch,
        write=write or _to_stderr,
    )
    return next(each.deliver(asked) for each in CHANNELS if each.is_chosen_by(settings))


def through(make: Callable[[DeliveryOrder], Channel]) -> Deliver:
    """Return the delivery through a channel that needs no pacing, one notice after the other."""

    def deliver_all(asked: DeliveryOrder) -> Delivered:
        direct = DirectDelivery(
            asked.store, make(asked), asked.contexts, by=asked.by, now=asked.now
        )
        direct.deliver_all(launch=asked.launch)
        return _delivered(direct.counts, direct.problems)

    return deliver_all


def _to_slack(asked: DeliveryOrder) -> Delivered:
    client = connect(asked.settings)
    courier = Courier(
        asked.store,
        client,
        asked.contexts,
        by=asked.by,
        now=asked.now,
        launch=asked.launch,
    )
    if courier.look():
        now = courier.now
        by = asked.by
        with delivering(asked.store, by=by, now=now, patience=PATIENCE) as held:
            if held:
                courier.deliver_all()
                if client.accepted:
                    _keep_canvases(courier, client, asked)
            elif courier.look():
                _log.info("another process delivers", extra={"launch": asked.launch})
                return Delivered(elsewhere=True)
    return _delivered(courier.results.counts, courier.results.problems)


def _keep_canvases(courier: Courier, client: SlackClient, asked: DeliveryOrder) -> None:
    """Bring the canvases of launches up to date, as long as the delivery is ours."""

    def ours() -> bool:
        return renew(asked.store, by=asked.by, now=courier.now())

    keeper = CanvasKeeper(
        asked.store, client, asked.contexts, now=courier.now, ours=ours
    )
    keeper.keep_all(launch=asked.launch)


def _delivered(counts: Counter[str], problems: Iterable[str]) -> Delivered:
    return Delivered(
        sent=counts["sent"],
        given_back=counts["given_back"],
        dead=counts["dead"],
        dropped=counts["dropped"],
        edited=counts["edited"],
        problems=tuple(dict.fromkeys(problems)),
    )


def _to_stderr(line: str) -> None:
    print(one_line(line), file=sys.stderr)  # noqa: T201  the console is where these notices go


#: the first one that the settings choose delivers
CHANNELS: Sequence[ChannelChoice] = (
    ChannelChoice("slack", lambda each: each.slack_bot_token is not None, _to_slack),
    ChannelChoice("console", lambda _: True, through(lambda it: Console(it.write))),
)
