from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from tests.outbox.rows import prepare


@pytest.fixture
def empty(store: Store) -> Store:
    """A launch without tasks and notices."""
    prepare(store)
    return store
