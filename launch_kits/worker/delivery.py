"""Delivery: claim pending notices, send them through a channel, settle them."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterable
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
from launch_kits.views.notices.context import ContextLoader
from launch_kits.worker.console import Console
from launch_kits.worker.direct_delivery import DirectDelivery

__all__ = ["PATIENCE", "Delivered", "deliver"]

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
    by = uuid4().hex
    contexts = ContextLoader(store, documents=settings.documents, room=settings.url)
    if settings.slack_bot_token is None:
        console = Console(write or _to_stderr)
        direct = DirectDelivery(store, console, contexts, by=by, now=now)
        direct.deliver_all(launch=launch)
        return _delivered(direct.counts, direct.problems)
    client = connect(settings)
    courier = Courier(store, client, contexts, by=by, now=now, launch=launch)
    if courier.look():
        with delivering(store, by=by, now=courier.now, patience=PATIENCE) as held:
            if held:
                courier.deliver_all()
                if client.accepted:
                    _keep_canvases(
                        courier, client, store, contexts, by=by, launch=launch
                    )
            elif courier.look():
                _log.info("another process delivers", extra={"launch": launch})
                return Delivered(elsewhere=True)
    return _delivered(courier.results.counts, courier.results.problems)


def _keep_canvases(
    courier: Courier,
    client: SlackClient,
    store: Store,
    contexts: ContextLoader,
    *,
    by: str,
    launch: str | None,
) -> None:
    """Bring the canvases of launches up to date, as long as the delivery is ours."""

    def ours() -> bool:
        return renew(store, by=by, now=courier.now())

    keeper = CanvasKeeper(store, client, contexts, now=courier.now, ours=ours)
    keeper.keep_all(launch=launch)


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
