"""Fixtures for tests of the board that need no server.

Tests that need one are in `tests/flows`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

import tests.served  # noqa: F401  before anything imports Prefect
from launch_kits.database.store import Store
from launch_kits.views.launch import LaunchView, read_launch
from tests.launches import SLUG
from tests.slack.conftest import falcon_office as falcon_office  # noqa: PLC0414  a fixture


@pytest.fixture
def kind() -> str:
    """One kind of database is enough: the board reads it through the store alone."""
    return "sqlite"


@pytest.fixture
def view(falcon: Store, tmp_path: Path) -> Callable[[datetime], LaunchView]:
    """The small launch at an instant."""

    def view(now: datetime) -> LaunchView:
        with falcon.read() as session:
            return read_launch(session, SLUG, now=now, documents=tmp_path)

    return view
