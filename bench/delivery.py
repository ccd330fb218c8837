"""Delivery to many channels at once, beside Slack's limit of a message a second in each."""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import insert

from bench.measure import Comparison, Measurement, print_table
from launch_kits.database.records import Launch, Notice
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.worker.delivery import deliver
from tests.slack.stand_in import TOKEN, StandIn

NOW = datetime(2027, 1, 11, 15, tzinfo=UTC)
CHANNELS = 32
MESSAGES = 30
#: the days of a launch that keep their first value as their baseline
DAYS = ("release_on", "launch_on")
#: seconds that the stand-in takes to answer a call
LATENCY = 0.12
#: the share of Slack's limit that delivery must reach
SHARE = 0.9


def slack(ends: Connection) -> None:
    """A strict stand-in for Slack in another process.

    It refuses a message that comes less than a second after the last one of its channel.
    """
    with StandIn("lee@example.com", pace=1.0, latency=LATENCY) as stand_in:
        ends.send(stand_in.url)
        ends.recv()
        keys = {
            message["metadata"]["event_payload"]["key"] for message in stand_in.posted
        }
        ends.send((stand_in.limited, len(keys)))


def filled(settings: Settings) -> Store:
    """A database with a launch for each channel, and pending news for it."""
    store = Store(settings.database_url)
    day = date(2027, 3, 2)
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
                    **dict.fromkeys(("planned_at", "opened_at"), NOW),
                    **dict.fromkeys(("begin_on", *DAYS), day),
                    **dict.fromkeys((f"baseline_{name}" for name in DAYS), day),
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


def measurements() -> Iterator[Measurement]:
    """The time against Slack's limit of a message a second, and the refused messages."""
    took, limited = _delivery()
    allowed = float(MESSAGES)
    yield Measurement(
        f"{CHANNELS} channels, {MESSAGES} messages each : a second each",
        lambda: Comparison(took, allowed, 1 / SHARE),
    )
    yield Measurement("answers 429 among them", lambda: Comparison(limited, 0, 0))


def _delivery() -> tuple[float, int]:
    """Deliver all messages; returns the seconds and the number of refusals."""
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
    return took, limited


if __name__ == "__main__":
    print_table(measurements())
