"""A database with launches at each status, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from tests.verbs.statuses import COPIES, REVIEWED, lead_to, slug_at
from tests.verbs.verbs import STATUSES


@pytest.fixture(scope="session")
def prepared(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """A database with launches whose task is at each status, made once for each task."""
    folder = tmp_path_factory.mktemp("prepared")

    def prepared(key: str) -> Path:
        path = folder / f"{key.replace(':', '-')}.db"
        if not path.exists():
            shutil.copyfile(sqlite_template, path)
            store = Store(f"sqlite:///{path}")
            for target, copy in product(STATUSES, COPIES if key == REVIEWED else [0]):
                if key == REVIEWED or target != "review":
                    lead_to(store, key, target, slug=slug_at(target, copy))
            store.close()
        return path

    return prepared


@pytest.fixture
def standing(
    prepared: Callable[[str], Path], tmp_path: Path, open_store: Callable[[str], Store]
) -> Callable[..., Store]:
    def standing(key: str = REVIEWED) -> Store:
        path = tmp_path / "launch-kits.db"
        shutil.copyfile(prepared(key), path)
        return open_store(f"sqlite:///{path}")

    return standing
