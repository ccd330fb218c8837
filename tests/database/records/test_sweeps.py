from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from launch_kits.database.records import LastSweep
from launch_kits.database.store import Store
from tests.launches import NOW


def test_only_the_last_sweep_has_a_row(store: Store) -> None:
    with store.write() as session:
        session.add(LastSweep(ended_at=NOW, seconds=1))
    with pytest.raises(IntegrityError), store.write() as session:
        session.add(LastSweep(ended_at=NOW, seconds=2))
