from __future__ import annotations

from datetime import timedelta

from launch_kits.database.store import Store
from launch_kits.worker.sweeps import last_sweep, note_sweep
from tests.launches import NOW


def test_the_last_sweep_is_remembered(store: Store) -> None:
    assert last_sweep(store) is None
    note_sweep(store, ended_at=NOW, seconds=1, problems=0)
    later = NOW + timedelta(minutes=5)
    note_sweep(store, ended_at=later, seconds=2.5, problems=3)
    found = last_sweep(store)
    assert found is not None
    assert (found.ended_at, found.seconds, found.problems, found.count) == (
        later,
        2.5,
        3,
        2,
    )
