"""Launches worked on while every process is killed, and Prefect and Slack fail.

Run it as ``python -m tests.soak``, or with ``--short`` for a round of two minutes.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from launch_kits.board.repair import PENDING_FOR
from launch_kits.board.sweep import sweep
from tests.launches import LEAD, LEGAL, OPS, PMM, SALES
from tests.served import Served, now
from tests.slack.stand_in import Channel
from tests.slack.workspace import People, Workspace, over_http
from tests.soak.checks import faults, is_stuck, unfinished
from tests.soak.house import KINDS, House
from tests.soak.people import CHANNEL, Clicks, live_quarter

PEOPLE = (LEAD, PMM, LEGAL, SALES, OPS)
#: the share of calls to Slack and of requests to Prefect that fail
SHARE = 0.1
WEATHER = ("lost", "drop", "broken", "page", "limited")
#: seconds within which the house must be calm once nothing fails any more
CALM_WITHIN = 900.0
#: seconds after which a pending run is stuck, if nothing else is left to do
STUCK_FOR = 30.0


def storm(
    house: House, clicks: Clicks, slugs: list[str], *, kills: int
) -> Counter[str]:
    """Click and kill until each kind of process was killed often enough."""
    chance = random.Random(kills)
    killed: Counter[str] = Counter()
    while left := [kind for kind in KINDS if killed[kind] < kills]:
        house.stand()
        for _ in range(chance.randint(1, 4)):
            clicks.act(chance.choice(slugs))
        # a run may take some seconds to be there
        until = time.monotonic() + chance.uniform(0, 10)
        kind = chance.choice(left)
        while kind == "run" and time.monotonic() < until and not house.runs():
            time.sleep(0.1)
        killed[kind] += house.kill(kind)
        print(f"\rkilled: {dict(killed)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return killed


def calm(house: House) -> list[str]:
    """Wait until nothing is left to do; returns what still is when time is up."""
    house.stand()
    assert house.up is not None
    served = Served(house.home, house.up)
    began = looked = time.monotonic()
    try:
        while (left := unfinished(house, served)) and (
            time.monotonic() - began < CALM_WITHIN
        ):
            time.sleep(2)
            house.stand()
            if time.monotonic() - looked > STUCK_FOR and all(map(is_stuck, left)):
                looked = time.monotonic()
                # as a sweep does that comes when the run has been pending for too long
                later = now() + PENDING_FOR + timedelta(minutes=1)
                sweep(
                    house.store,
                    settings=house.settings,
                    now=later,
                    write=lambda _: None,
                )
    finally:
        served.api.close()
        served.store.close()
    return left


def soak(folder: Path, *, launches: int, kills: int, seed: int) -> list[str]:
    """Run a round; returns its faults."""
    chance = random.Random(seed)
    weather = random.Random(seed)
    with Workspace(*PEOPLE, channels=(Channel(CHANNEL, "soak"),)) as slack:
        house = House(folder, slack, share=SHARE, seed=seed)
        slugs = [f"soak-{number}" for number in range(launches)]
        for slug in slugs:
            live_quarter(house.store, slug, chance)
        failed: Counter[str] = Counter()

        def fails(method: str) -> str:
            kind = weather.choice(WEATHER) if weather.random() < SHARE else ""
            failed[kind] += 1
            return kind

        clicks = Clicks(house, People(slack, over_http(house.endpoint)), chance)
        with house.proxy:
            try:
                slack.weather = fails
                killed = storm(house, clicks, slugs, kills=kills)
                slack.weather = lambda _method: ""
                house.proxy.share = 0.0
                found = calm(house)
            finally:
                house.close()
        found += faults(house, slack, clicks.acknowledged)
        calls = failed.pop("", 0)
        print(
            f"{launches} launches, {clicks.acknowledged.total()} requests acknowledged, "
            f"{clicks.lost} sent again; killed {dict(killed)}; "
            f"{failed.total()} of {calls + failed.total()} calls to Slack failed, "
            f"{house.proxy.broken} requests to Prefect; "
            f"{len(slack.posted)} messages in Slack"
        )
        return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--short", action="store_true", help="2 launches, each kill once"
    )
    parser.add_argument("--launches", type=int, default=100)
    parser.add_argument("--kills", type=int, default=50, help="of each kind of process")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    asked = parser.parse_args()
    launches, kills = (2, 1) if asked.short else (asked.launches, asked.kills)
    print(f"seed {asked.seed}", file=sys.stderr)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = soak(Path(folder), launches=launches, kills=kills, seed=asked.seed)
    print(f"{time.monotonic() - began:.0f} s; {len(found)} faults")
    for fault in found:
        print(f"  {fault}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
