from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.soak.__main__ import soak
from tests.soak.house import House


@pytest.mark.timeout(1500)
def test_a_round_in_which_each_kind_of_process_is_killed_ends_without_a_fault(
    tmp_path: Path,
) -> None:
    house = partial(
        House, tmp_path, database_url=f"sqlite:///{tmp_path / 'launch-kits.db'}"
    )
    assert soak(house, launches=2, months=1, minutes=0, kills=1, seed=7) == []
