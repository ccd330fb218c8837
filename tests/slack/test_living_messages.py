"""Whatever happens: after a sweep each message says what would be written now, or is closed."""

from __future__ import annotations

import dataclasses
import shutil
from collections import Counter
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.slack.api import transport
from launch_kits.slack.outbound import client
from tests.launches import opened
from tests.slack.living_world import PEOPLE, World, world_brief
from tests.slack.stand_in import TOKEN, StandIn

SEEDS, STEPS = range(5), 60


@pytest.fixture
def play(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch):
    def play(seed: int) -> World:
        monkeypatch.setattr(transport, "PACE", 0)
        client.connect.cache_clear()
        shutil.copy(sqlite_template, tmp_path / "launch-kits.db")
        store = Store(f"sqlite:///{tmp_path / 'launch-kits.db'}")
        opened(store, world_brief())
        settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})
        with StandIn(*PEOPLE) as slack:
            settings = dataclasses.replace(
                settings, slack_bot_token=TOKEN, slack_base_url=slack.url
            )
            world = World(seed, store, settings, slack)
            for step in range(STEPS):
                world.sweep()
                assert world.faults() == [], (seed, step, world.acted)
                world.pass_time()
                for _ in range(world.random.randint(0, 3)):
                    world.act()
            world.cancel()
            world.sweep()
            assert world.faults() == [], (seed, "cancelled")
        store.close()
        return world

    return play


@pytest.mark.parametrize("seed", SEEDS)
def test_every_message_says_what_would_be_written_now_or_is_closed(play, seed) -> None:
    world = play(seed)
    print(world.acted, Counter(each.kind for each in world.notices()))  # noqa: T201  shown by `pytest -s`
