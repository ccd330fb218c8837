"""Fixtures for tests of the processes of `up` that need no running Prefect."""

from __future__ import annotations

from pathlib import Path

import pytest

import tests.served  # noqa: F401  before anything imports Prefect
from launch_kits.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path / "home")})
