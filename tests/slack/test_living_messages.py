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
from tests.launches import opened
from tests.slack.living_world import OPENED, PEOPLE, World, world_brief
from tests.slack.stand_in import TOKEN, StandIn

SEEDS, STEPS = range(4), 50
ABOUT_TASKS = LIVING - {NoticeKind.HEADLINE}
#: everything that people do in the worlds
ACTS = {
    *("begin", "done", "approve", "reject", "block", "unblock", "reopen", "drop"),
    *("note", "extend", "grant", "reassign", "edit", "move", "delegate", "delete"),
}


@pytest.fixture
def play(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[int], World]]:
    """A world that is played to its end, with the rules asked for after each sweep."""
    monkeypatch.setattr(transport, "PACE", 0)
    with ExitStack() as stack:
        yield lambda seed: _play(seed, tmp_path / str(seed), sqlite_template, stack)


def _play(seed: int, home: Path, template: Path, stack: ExitStack) -> World:
    client.connect.cache_clear()
    home.mkdir()
    shutil.copy(template, home / "launch-kits.db")
    store = Store(f"sqlite:///{home / 'launch-kits.db'}")
    stack.callback(store.close)
    opened(store, world_brief(), now=OPENED)
    slack = stack.enter_context(StandIn(*PEOPLE))
    settings = Settings.read({"LAUNCH_KITS_HOME": str(home)})
    settings = dataclasses.replace(
        settings, slack_bot_token=TOKEN, slack_base_url=slack.url
    )
    world = World(seed, store, settings, slack)
    for step in range(STEPS):
        world.sweep()
        assert world.faults() == [], (seed, step, world.acted)
        world.pass_time()
        for _ in range(world.random.randint(0, 2)):
            world.act()
    world.cancel()
    world.sweep()
    assert world.faults() == [], (seed, "cancelled")
    return world


def test_every_message_says_what_would_be_written_now_or_is_closed(
    play: Callable[[int], World],
) -> None:
    acts: Counter[str] = Counter()
    kinds: Counter[tuple[str, bool]] = Counter()
    for seed in SEEDS:
        world = play(seed)
        acts += world.acted
        kinds += Counter(
            (each.kind, each.closed is not None)
            for each in world.notices()
            if each.status == NoticeStatus.SENT
        )
    print(acts, kinds)  # noqa: T201  shown by `pytest -s`
    # the worlds change with the program, so an act or a kind may be missing in a version
    assert len(acts) >= len(ACTS) - 2
    assert sum(kinds[kind, True] > 0 for kind in ABOUT_TASKS) >= len(ABOUT_TASKS) - 1
    assert not any(kinds[kind, False] for kind in ABOUT_TASKS), "all launches ended"
