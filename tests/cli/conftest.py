"""Fixtures of the tests of the command line.

A home of their own, a clean environment, a small launch.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from launch_kits.database.store import Store
from tests.cli.commands import Cli
from tests.launches import brief_with, opened


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and nothing in the environment that could lead elsewhere."""
    for name in os.environ:
        if name.startswith(("PREFECT_", "SLACK_", "LAUNCH_KITS_")):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    monkeypatch.setenv("LAUNCH_KITS_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("launch_kits.settings.place.this_place", lambda: "pia@desk-4")
    return home


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The command line."""
    return Cli(monkeypatch, capsys)


@pytest.fixture
def database(
    home: Path, sqlite_template: Path, open_store: Callable[[str], Store]
) -> Store:
    """The home's database, migrated and empty."""
    home.mkdir(0o700)
    shutil.copyfile(sqlite_template, home / "launch-kits.db")
    (home / "launch-kits.db").chmod(0o600)
    return open_store(f"sqlite:///{home / 'launch-kits.db'}")


@pytest.fixture
def flying(database: Store) -> Store:
    """The home's database with the small launch, whose first working day it is."""
    return opened(database)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes the small brief, with some of it written differently, into a file."""

    def write(name: str = "brief.yaml", **changes: Any) -> Path:
        given = brief_with(**changes).model_dump(mode="json", by_alias=True)
        path = tmp_path / name
        path.write_text(yaml.safe_dump(given, sort_keys=False), encoding="utf-8")
        return path

    return write
