"""Everything that files news: each happening files one notice in the small launch."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from launch_kits import outbox
from launch_kits.database.records import Notice, NoticeKind
from launch_kits.database.store import Store
from launch_kits.slack.outbound.dead_letters import fail_and_tell
from launch_kits.verbs import (
    advance,
    approve,
    block,
    decide,
    done,
    drop,
    extend,
    reject,
    reopen,
    submit,
)
from launch_kits.views.notices.context import ContextLoader
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SLUG,
    at,
    brief_with,
    kit_with,
    ledger_of,
    notices,
    opened,
    statuses,
)

#: research is due on 8 February, the day before the launch
AFTER_LAUNCH = date(2027, 3, 5)
BEYOND = date(2027, 3, 8)
REVIEWED = "battlecard:kite"


def finished(store: Store) -> None:
    opened(store)
    for key in statuses(store):
        drop(store, SLUG, key, now=NOW)


def no_go(store: Store) -> None:
    decide(opened(store), SLUG, go=False, now=NOW, note="Sales is *not* trained")


def go(store: Store) -> None:
    decide(opened(store), SLUG, go=True, now=NOW)


def blocked(store: Store) -> None:
    block(opened(store), SLUG, "research", now=NOW, note="No <access>\nyet")


def blocked_without_a_note(store: Store) -> None:
    block(opened(store), SLUG, "research", now=NOW)


def sent_back(store: Store) -> None:
    done(opened(store), SLUG, "positioning", now=NOW)
    submit(store, SLUG, REVIEWED, now=NOW)
    reject(store, SLUG, REVIEWED, now=NOW, note="No source for y1")


def _extended_again(store: Store, key: str, until: date) -> None:
    """The lead moves a due day; the task is closed and reopened, and its owner needs it again."""
    done(opened(store), SLUG, "positioning", now=NOW)
    extend(store, SLUG, key, until=until, by=LEAD, now=NOW)
    done(store, SLUG, key, now=NOW)
    reopen(store, SLUG, key, now=NOW)
    extend(store, SLUG, key, until=until, now=NOW)


def extended_past_a_start(store: Store) -> None:
    _extended_again(store, "legal_review", date(2027, 2, 8))


def extended_past_the_launch(store: Store) -> None:
    _extended_again(store, "research", AFTER_LAUNCH)


def granted(store: Store) -> None:
    extend(opened(store), SLUG, "research", until=BEYOND, now=NOW, note="Data is late")
    approve(store, SLUG, "research", now=at("01-12"), note="Fine")


def refused(store: Store) -> None:
    extend(opened(store), SLUG, "research", until=BEYOND, now=NOW)
    reject(store, SLUG, "research", now=at("01-12"))


def _with_osprey(store: Store, **card: object) -> Store:
    ledger = ledger_of("osprey")
    ledger = ledger | {"card": {**ledger["card"], **card}}
    alternative = {"key": "osprey", "name": "Osprey & Sons", "claims": ledger}
    return opened(
        store,
        brief_with(
            positioning={"alternatives": [alternative]},
            kit=kit_with(battlecard={"after": []}),
        ),
    )


def card_due(store: Store) -> None:
    _with_osprey(store, review_every_days=30)
    advance(store, SLUG, now=at("01-27"))


def card_overdue(store: Store) -> None:
    _with_osprey(store, review_every_days=30)
    advance(store, SLUG, now=at("02-04"))


def claim_ended(store: Store) -> None:
    ending = ledger_of("osprey")
    ending["why_we_win"][0] |= {"valid_until": "2027-01-20"}
    alternative = {"key": "osprey", "name": "Osprey", "claims": ending}
    opened(store, brief_with(positioning={"alternatives": [alternative]}))
    advance(store, SLUG, now=at("01-21"))


def _undelivered(store: Store, *, task: str | None, to: str) -> None:
    opened(store)
    with store.write() as session:
        key = outbox.enqueue(
            session,
            kind=NoticeKind.HEADLINE if task is None else NoticeKind.NUDGE,
            launch=SLUG,
            task=task,
            to=to,
            occasion="9",
            now=NOW,
            send_after=NOW - timedelta(days=1),
        ).key
    with store.write() as session:
        (notice,) = outbox.claim(session, by="us", now=NOW, keys=[key])
    context = ContextLoader(store, documents=Path("/nowhere")).of(SLUG, now=NOW)
    error = "Slack: invalid_blocks"
    with store.write() as session:
        fail_and_tell(session, notice, context, by="us", error=error, now=NOW)


def undelivered(store: Store) -> None:
    _undelivered(store, task="research", to=PMM)


def undelivered_to_a_channel(store: Store) -> None:
    _undelivered(store, task=None, to="#falcon")


#: name → the change, and the name of its event
HAPPENINGS: Mapping[str, tuple[str, Callable[[Store], None]]] = {
    "finished": ("finished", finished),
    "no-go": ("decided", no_go),
    "go": ("decided", go),
    "blocked": ("blocked", blocked),
    "blocked without a note": ("blocked", blocked_without_a_note),
    "sent back": ("sent back", sent_back),
    "extended past a start": ("extended", extended_past_a_start),
    "extended past the launch": ("extended", extended_past_the_launch),
    "granted": ("extension answered", granted),
    "refused": ("extension answered", refused),
    "card due": ("card due", card_due),
    "card overdue": ("card due", card_overdue),
    "claim ended": ("claim ended", claim_ended),
    "undelivered": ("undelivered", undelivered),
    "undelivered to a channel": ("undelivered", undelivered_to_a_channel),
}


#: the same news as notices stored it before: a sentence instead of data
OLD_NOTICES: Mapping[str, Mapping[str, Any]] = json.loads(
    (Path(__file__).parent / "notices_of_the_old_shape.json").read_text("utf-8")
)


def news_of(store: Store, name: str) -> Notice:
    """Let a thing happen in an empty database; returns the last news of it."""
    HAPPENINGS[name][1](store)
    return notices(store, "news")[-1]
