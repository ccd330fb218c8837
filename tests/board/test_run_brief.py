from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prefect.utilities.callables import parameter_schema
from pydantic import TypeAdapter, ValidationError

from flows.launch import launch
from launch_kits.board.run_brief import RunBrief
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from tests.database.test_earlier_database import DUMP
from tests.launches import brief_with, opened

#: allowed when its launch was opened, and not today
EARLIER = [{"key": "Nord & Sons", "name": "Nord"}]


def given(**changes: object) -> dict[str, Any]:
    written = brief_with().model_dump(mode="json", by_alias=True, exclude_none=True)
    return {**written, **changes}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The database that a process of a run finds by its settings."""
    monkeypatch.setenv("LAUNCH_KITS_HOME", str(tmp_path))
    store = Store(f"sqlite:///{tmp_path / 'launch-kits.db'}")
    store.upgrade()
    yield store
    store.close()


def read(brief: dict[str, Any]) -> Brief:
    checked: dict[str, Any] = launch.validate_parameters({"brief": brief})
    return checked["brief"]


def test_a_run_from_the_form_is_checked_by_the_rules_of_today(home: Store) -> None:
    assert read(given()) == brief_with()
    with pytest.raises(Exception, match=r"partners\.0\.key"):
        read(given(partners=EARLIER))
    assert home.revision() is not None


def test_the_run_of_an_open_launch_goes_by_the_rules_of_its_opening(
    home: Store,
) -> None:
    opened(home, brief_with())
    assert read(given(partners=EARLIER)).partners[0].key == "Nord & Sons"


@pytest.mark.parametrize("brief", ["text", {}, {"launch": 3}, {"launch": "unknown"}])
def test_what_is_not_a_brief_of_an_open_launch_is_refused(
    home: Store, brief: object
) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(RunBrief).validate_python(brief)


def test_the_form_is_that_of_a_brief() -> None:
    def plain(brief: Brief, *, accept_past: bool = False) -> None:
        """Take a brief as it is."""

    assert (
        parameter_schema(launch.fn).definitions == parameter_schema(plain).definitions
    )


def test_the_runs_of_the_earliest_schema_are_taken(home: Store) -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(DUMP)
    briefs = [
        json.loads(brief) for (brief,) in database.execute("SELECT brief FROM launch")
    ]
    database.close()
    assert len(briefs) == 3
    for brief in briefs:
        assert read(brief) == Brief.kept(brief)
