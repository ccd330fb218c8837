"""The rounds of a launch's run without a server; `tests/flows` runs its flow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits.board.launch_run import ROUNDS, LaunchRun
from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.verbs import note
from tests.launches import NOW, SLUG, brief_with


@pytest.fixture
def launch_run(
    falcon: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> LaunchRun:
    monkeypatch.setenv("LAUNCH_KITS_HOME", str(tmp_path))
    monkeypatch.setenv("LAUNCH_KITS_DATABASE_URL", falcon.url)
    return LaunchRun(brief_with(), clock=lambda: NOW + timedelta(hours=1))


def _revision(store: Store) -> int:
    with store.read() as session:
        return find_launch(session, SLUG).revision


def test_a_run_goes_on_until_the_drawn_launch_stays_unchanged(
    launch_run: LaunchRun, falcon: Store
) -> None:
    assert launch_run.again()
    note(falcon, SLUG, "research", now=NOW, note="meanwhile")
    assert launch_run.again()
    launch_run._seen = _revision(falcon)
    assert not launch_run.again()
    launch_run.store.close()


def test_a_run_stops_after_some_rounds_if_the_launch_keeps_changing(
    launch_run: LaunchRun, falcon: Store
) -> None:
    rounds = 0
    while launch_run.again():
        rounds += 1
        launch_run._seen = _revision(falcon)
        note(falcon, SLUG, "research", now=NOW, note=f"remark {rounds}")
    assert rounds == ROUNDS
    assert _revision(falcon) > launch_run._seen, (
        "the verb wakes the run again, or the sweep draws it"
    )
    launch_run.store.close()
