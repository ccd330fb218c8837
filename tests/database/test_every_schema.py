"""A launch with rows in every table goes on from a database of each earlier schema."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from sqlmodel import select

from launch_kits import verbs
from launch_kits.database.records import Event, Launch
from launch_kits.database.store import HEAD, Store, _unlinked
from launch_kits.settings import Settings
from tests.database.test_earlier_database import as_before, rows
from tests.database.test_migrations import config
from tests.launches import NOW, SLUG, opened
from tests.traces import leave_traces

#: the first schema whose checks of gates have keys; `test_earlier_database` begins before it
FIRST = 7
SCHEMAS = [f"{number:04}" for number in range(FIRST, int(HEAD))]


def take_back(path: Path, schema: str) -> None:
    """Give a SQLite database an earlier schema; its rows stay as far as they fit."""
    store = Store(f"sqlite:///{path}")
    with store._writer.connect() as connection, _unlinked(connection):
        command.downgrade(config(connection), schema)
        connection.commit()
    store.close()


@pytest.fixture(scope="module")
def lived(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A launch at work, with rows in every table."""
    path = tmp_path_factory.mktemp("lived") / "launch-kits.db"
    shutil.copyfile(sqlite_template, path)
    store = Store(f"sqlite:///{path}")
    settings = Settings.read({"LAUNCH_KITS_HOME": str(path.parent / "home")})
    opened(store)
    leave_traces(store, settings=settings)
    store.close()
    return path


def test_every_table_has_rows(lived: Path) -> None:
    assert {name for name, found in rows(lived).items() if not found} == set()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_launch_goes_on_from_each_schema(
    schema: str, lived: Path, tmp_path: Path, open_store: Callable[[str], Store]
) -> None:
    path = tmp_path / "launch-kits.db"
    shutil.copyfile(lived, path)
    take_back(path, schema)
    before = rows(path)
    # figures are computed again
    before.pop("overview", None)

    store = open_store(f"sqlite:///{path}")
    assert store.upgrade() == schema
    store.close()
    after = rows(path)
    for table, there in before.items():
        assert as_before(after[table], there) == there, table

    assert verbs.done(store, SLUG, "positioning", now=NOW).changed
    with store.read() as session:
        assert session.exec(select(Launch.status)).one() == "running"
        assert session.exec(select(Event).where(Event.verb == "done")).one()
