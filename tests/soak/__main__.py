"""Months of launches, worked on while every process is killed, and Prefect and Slack fail."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx

from launch_kits.board.repair import PENDING_FOR
from launch_kits.board.sweep import sweep
from tests.launches import LEAD, LEGAL, OPS, PMM, SALES
from tests.served import now
from tests.slack.stand_in import Channel
from tests.slack.workspace import People, Workspace, over_http
from tests.soak.checks import faults, is_stuck, unfinished
from tests.soak.house import Board, House, postgresql
from tests.soak.people import CHANNEL, Clicks, live

PEOPLE = (LEAD, PMM, LEGAL, SALES, OPS)
#: the share of calls to Slack and of requests to Prefect that fail
SHARE = 0.1
WEATHER = ("lost", "drop", "broken", "page", "limited")
#: seconds within which the house must be calm once nothing fails any more
CALM_WITHIN = 1800.0
#: seconds after which a pending run is stuck, if nothing changes meanwhile
STUCK_FOR = 30.0


def storm(
    house: House,
    clicks: Clicks,
    slugs: list[str],
    *,
    minutes: float,
    kills: int,
    chance: random.Random,
) -> Counter[str]:
    """Click and kill until time is up, and each kind of process was killed so many times."""
    killed: Counter[str] = Counter()
    until = time.monotonic() + 60 * minutes
    while time.monotonic() < until or min(killed[kind] for kind in house.kinds) < kills:
        house.stand()
        for _ in range(chance.randint(1, 4)):
            clicks.act(chance.choice(slugs))
        kind = min(house.kinds, key=lambda each: (killed[each], chance.random()))
        # a run may take some seconds to be there
        patience = time.monotonic() + chance.uniform(0, 10)
        while kind == "run" and time.monotonic() < patience and not house.runs():
            time.sleep(0.1)
        if kind == "run" and not house.runs():
            kind = chance.choice([each for each in house.kinds if each != "run"])
        killed[kind] += house.kill(kind)
        print(f"\rkilled: {dict(killed)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return killed


def calm(house: House) -> list[str]:
    """Wait until nothing is left to do; returns what still is when time is up."""
    house.stand()
    served = house.board()
    began = changed = time.monotonic()
    before: list[str] = []
    try:
        while (left := _left(house, served)) and (
            time.monotonic() - began < CALM_WITHIN
        ):
            if left != before:
                _tell(f"{len(left)} things left to do, such as: {left[0]}")
                before = left
                changed = time.monotonic()
            time.sleep(2)
            house.stand()
            if time.monotonic() - changed > STUCK_FOR and any(map(is_stuck, left)):
                changed = time.monotonic()
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
    return left


def _left(house: House, served: Board) -> list[str]:
    """The work that is still to be done, as far as Prefect tells it."""
    try:
        return unfinished(house, served)
    except httpx.TransportError as error:
        # a busy server may close a connection that was kept
        return [f"Prefect does not answer: {error}"]


def soak(
    build: Callable[..., House],
    *,
    launches: int,
    months: int,
    minutes: float,
    kills: int,
    seed: int,
) -> list[str]:
    """Run a round in a house; returns its faults."""
    chance = random.Random(seed)
    weather = random.Random(seed)
    with Workspace(*PEOPLE, channels=(Channel(CHANNEL, "soak"),)) as slack:
        house = build(slack=slack, share=SHARE, seed=seed)
        slugs = [f"soak-{number}" for number in range(launches)]
        began = time.monotonic()
        live(house, slugs, chance, days=30 * months)
        _tell(f"{months} months passed in {time.monotonic() - began:.0f} s")
        failed: Counter[str] = Counter()

        def fails(_method: str) -> str:
            kind = weather.choice(WEATHER) if weather.random() < SHARE else ""
            failed[kind] += 1
            return kind

        clicks = Clicks(house, People(slack, over_http(house.endpoint)), chance)
        with house.proxy:
            try:
                slack.weather = fails
                killed = storm(
                    house, clicks, slugs, minutes=minutes, kills=kills, chance=chance
                )
                slack.weather = lambda _method: ""
                house.proxy.share = 0.0
                found = calm(house)
            finally:
                house.close()
        found += faults(house, slack, clicks.acknowledged)
        ours, prefects = house.sizes()
        calls = failed.pop("", 0)
        print(
            f"{launches} launches over {months} months; "
            f"{clicks.acknowledged.total()} requests acknowledged, {clicks.lost} sent again; "
            f"killed {dict(killed)}; "
            f"{failed.total()} of {calls + failed.total()} calls to Slack failed, "
            f"{house.proxy.broken} requests to Prefect; "
            f"{len(slack.posted)} messages in Slack; "
            f"databases of {ours:.1f} and {prefects:.1f} MB"
        )
        house.store.close()
        return found


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument(
        "--minutes", type=float, default=15, help="of kills and failing calls"
    )
    parser.add_argument(
        "--kills", type=int, default=1, help="of each kind of process, at least"
    )
    parser.add_argument("--launches", type=int, default=20)
    parser.add_argument("--months", type=int, default=3, help="before the kills")
    parser.add_argument(
        "--kind",
        choices=("one", "sqlite", "cluster"),
        default="one",
        help="one machine, with PostgreSQL or SQLite; or two API servers and two workers",
    )
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    asked = parser.parse_args()
    _tell(f"seed {asked.seed}")
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found = soak(
            _builder(asked.kind, folder, stack),
            launches=asked.launches,
            months=asked.months,
            minutes=asked.minutes,
            kills=asked.kills,
            seed=asked.seed,
        )
    print(f"{time.monotonic() - began:.0f} s; {len(found)} faults")
    for fault in found:
        print(f"  {fault}")
    return 1 if found else 0


def _builder(kind: str, folder: Path, stack: ExitStack) -> Callable[..., House]:
    """The maker of a house of some kind."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'launch-kits.db'}"
        return partial(House, folder, database_url=url)
    if kind == "one":
        uri = stack.enter_context(postgresql(folder / "postgresql"))
        return partial(House, folder, database_url=uri)
    from tests.soak.cluster import Cluster, packaged_postgresql

    uri = stack.enter_context(packaged_postgresql())
    return partial(Cluster, folder, database_url=uri)


if __name__ == "__main__":
    sys.exit(main())
