"""What a turn can be asked without a server; its flow is run in `tests/flows`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits.board.launch_run import ROUNDS, LaunchRun
from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.verbs import note
from tests.launches import NOW, SLUG, brief_with


@pytest.fixture
def turn(falcon: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> LaunchRun:
    monkeypatch.setenv("LAUNCH_KITS_HOME", str(tmp_path))
    monkeypatch.setenv("LAUNCH_KITS_DATABASE_URL", falcon.url)
    return LaunchRun(brief_with(), clock=lambda: NOW + timedelta(hours=1))


def _revision(store: Store) -> int:
    with store.read() as session:
        return find_launch(session, SLUG).revision


def test_a_turn_goes_on_until_nothing_has_changed_since_it_was_drawn(
    turn: LaunchRun, falcon: Store
) -> None:
    assert turn.again()
    note(falcon, SLUG, "research", now=NOW, note="meanwhile")
    assert turn.again()
    turn._seen = _revision(falcon)
    assert not turn.again()
    turn.store.close()


def test_a_launch_that_changes_all_the_time_ends_its_turn(
    turn: LaunchRun, falcon: Store
) -> None:
    rounds = 0
    while turn.again():
        rounds += 1
        turn._seen = _revision(falcon)
        note(falcon, SLUG, "research", now=NOW, note=f"remark {rounds}")
    assert rounds == ROUNDS
    assert _revision(falcon) > turn._seen, (
        "the verb wakes the run again, or the sweep draws it"
    )
    turn.store.close()
