"""Whatever happens: after a sweep each message says what would be written now, or is closed."""

from __future__ import annotations

import dataclasses
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from launch_kits.database.records import LIVING, NoticeKind, NoticeStatus
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.slack.api import transport
from launch_kits.slack.outbound import client
from launch_kits.verbs.actors import Door
from tests.counted import Count
from tests.effort import seeds
from tests.launches import opened
from tests.slack.living_acts import PEOPLE, VERBS, world_brief
from tests.slack.living_world import OPENED, World
from tests.slack.stand_in import TOKEN, StandIn

SEEDS = seeds(3)
#: worlds in which each act and each kind of message must have come
MOST = 2 * len(SEEDS) + 2
STEPS = 50
ABOUT_TASKS = LIVING - {NoticeKind.HEADLINE, NoticeKind.QUESTION}
#: everything that people do in the worlds
ACTS = VERBS | {"delete", "cancel", "end"}


@pytest.fixture
def play(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[int, Counter[str]], World]]:
    """A world that is played to its end, with the rules asked for after each sweep."""
    monkeypatch.setattr(transport, "PACE", 0)
    with ExitStack() as stack:
        yield lambda seed, acted: _play(
            seed, tmp_path / str(seed), sqlite_template, stack, acted
        )


def _play(
    seed: int, home: Path, template: Path, stack: ExitStack, acted: Counter[str]
) -> World:
    client.connect.cache_clear()
    home.mkdir(mode=0o700)
    shutil.copy(template, home / "launch-kits.db")
    store = Store(f"sqlite:///{home / 'launch-kits.db'}", door=Door.SLACK)
    stack.callback(store.close)
    opened(store, world_brief(), now=OPENED)
    slack = stack.enter_context(StandIn(*PEOPLE))
    settings = Settings.read({"LAUNCH_KITS_HOME": str(home)})
    settings = dataclasses.replace(
        settings, slack_bot_token=TOKEN, slack_base_url=slack.url
    )
    world = World(seed, store, settings, slack, acted)
    for step in range(STEPS):
        world.sweep()
        assert world.faults() == [], (seed, step, acted)
        world.pass_time()
        for _ in range(world.random.randint(0, 3)):
            world.act()
    world.end() if seed % 2 else world.cancel()
    world.sweep()
    assert world.faults() == [], (seed, "ended")
    return world


def has_all(acts: Counter[str], kinds: Counter[tuple[str, bool]]) -> bool:
    """Whether everything was done, and every kind of message was sent and closed."""
    sent = {kind for kind, _ in kinds}
    closed = all(kinds[kind, True] for kind in ABOUT_TASKS)
    return set(acts) >= ACTS and sent >= LIVING and closed


def test_every_message_says_what_would_be_written_now_or_is_closed(
    play: Callable[[int, Counter[str]], World],
    show_counts: Count,
) -> None:
    acts: Counter[str] = Counter()
    kinds: Counter[tuple[str, bool]] = Counter()
    for seed in range(MOST):
        if seed not in SEEDS and has_all(acts, kinds):
            break
        world = play(seed, acts)
        sent = [each for each in world.notices() if each.status == NoticeStatus.SENT]
        kinds += Counter((each.kind, each.closed is not None) for each in sent)
        if not seed % 2:
            assert world.asking(sent) == [], "the launch was cancelled"
    show_counts(f"{dict(acts)}\n{dict(kinds)}")
    assert has_all(acts, kinds), ACTS - set(acts)
    assert not any(kinds[kind, False] for kind in ABOUT_TASKS), "all launches ended"
