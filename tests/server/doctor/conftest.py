"""A house with the small launch, and its examination."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.server.doctor.defect import Patient
from launch_kits.settings import Settings
from tests.launches import NOW, opened


@pytest.fixture
def patient(
    settings: Settings, sqlite_template: Path, open_store: Callable[[str], Store]
) -> Iterator[Patient]:
    settings.home.mkdir(0o700)
    shutil.copyfile(sqlite_template, settings.home / "launch-kits.db")
    store = open_store(settings.database_url)
    opened(store)
    return Patient(settings, store, NOW)
