"""Delivery to many channels at once, beside what Slack allows: a message a second in each."""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import insert

from bench.measure import Row, print_table
from launch_kits.database.records import Launch, Notice
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.worker.delivery import deliver
from tests.slack.stand_in import TOKEN, StandIn

NOW = datetime(2027, 1, 11, 15, tzinfo=UTC)
CHANNELS, MESSAGES = 20, 30
#: seconds that the stand-in takes to answer a call
LATENCY = 0.12
#: of what Slack allows, what delivery has to reach
SHARE = 0.9


def slack(ends: Connection) -> None:
    """A strict stand-in in a process of its own.

    It refuses what comes before its second is over.
    """
    with StandIn("lee@example.com", pace=1.0, latency=LATENCY) as stand_in:
        ends.send(stand_in.url)
        ends.recv()
        ends.send(
            (
                stand_in.limited,
                len(
                    {
                        message["metadata"]["event_payload"]["key"]
                        for message in stand_in.posted
                    }
                ),
            )
        )


def filled(settings: Settings) -> Store:
    """A launch for each channel, and the news that wait for it."""
    store, day = Store(settings.database_url), date(2027, 3, 2)
    launches = [f"launch-{number}" for number in range(CHANNELS)]
    team = {"lead": {"name": "Lee", "email": "lee@example.com"}}
    with store.write() as session:
        connection = session.connection()
        connection.execute(
            insert(Launch),
            [
                {
                    "slug": slug,
                    "product": "Falcon 2",
                    "kit": "major_release",
                    "tier": 1,
                    "status": "running",
                    "brief": {
                        "launch": slug,
                        "product": "Falcon 2",
                        "kit": {
                            "kit": "bare",
                            "title": "Bare",
                            "stages": [{"key": "all", "title": "All"}],
                        },
                        "launch_on": str(day),
                        "team": team,
                    },
                    "opened_at": NOW,
                    **dict.fromkeys(("begin_on", "release_on", "launch_on"), day),
                }
                for slug in launches
            ],
        )
        connection.execute(
            insert(Notice),
            [_news(slug, number) for slug in launches for number in range(MESSAGES)],
        )
    return store


def _news(slug: str, number: int) -> dict[str, object]:
    to = f"#{slug}-launch"
    return {
        "key": f"news:{slug}:-:{to}:{number}",
        "kind": "news",
        "launch": slug,
        "to": to,
        "status": "pending",
        "attempts": 0,
        "outdated": False,
        "facts": {"text": f"News {number}"},
        **dict.fromkeys(("filed_at", "send_after"), NOW),
    }


def rows() -> Iterator[Row]:
    """The time it took against the time that Slack's limit alone takes, and what was refused for coming too soon."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=slack, args=(theirs,))
    process.start()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.read(
            {
                "LAUNCH_KITS_HOME": str(Path(folder)),
                "SLACK_BOT_TOKEN": TOKEN,
                "SLACK_BASE_URL": ours.recv(),
            }
        )
        store = filled(settings)
        started = time.perf_counter()
        delivered = deliver(store, settings=settings, now=NOW)
        took = time.perf_counter() - started
        store.close()
    ours.send("done")
    limited, posted = ours.recv()
    process.join()
    assert delivered.sent == posted == CHANNELS * MESSAGES, delivered
    allowed = float(MESSAGES)
    yield Row(
        f"{CHANNELS} channels, {MESSAGES} messages each : a second each",
        took,
        allowed,
        took / allowed,
        1 / SHARE,
    )
    yield Row("answers 429 among them", limited, 0, limited, 0)


if __name__ == "__main__":
    print_table(rows())
