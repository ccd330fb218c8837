"""An installation with the small launch, and its examination."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.server.doctor.defect import Installation
from launch_kits.settings import Settings
from tests.launches import NOW, opened


@pytest.fixture
def installation(
    settings: Settings, sqlite_template: Path, open_store: Callable[[str], Store]
) -> Iterator[Installation]:
    settings.home.mkdir(0o700)
    shutil.copyfile(sqlite_template, settings.home / "launch-kits.db")
    store = open_store(settings.database_url)
    opened(store)
    return Installation(settings, store, NOW)
