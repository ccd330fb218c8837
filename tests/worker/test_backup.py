from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from launch_kits.database.store import HEAD, Store
from launch_kits.errors import DatabaseError, Refused
from launch_kits.outbox.restored import restored_from
from launch_kits.settings import Settings
from launch_kits.verbs import done
from launch_kits.worker.backup import make_backup, read_backup, restore
from tests.damage import damage
from tests.launches import NOW, SLUG, at, opened, statuses


@pytest.fixture
def house(tmp_path: Path) -> tuple[Store, Settings]:
    env = {
        "LAUNCH_KITS_HOME": str(tmp_path / "home"),
        "SLACK_BOT_TOKEN": "xoxb-very-secret",
    }
    settings = Settings.read(env)
    store = opened(Store(settings.database_url))
    (settings.documents / SLUG).mkdir(parents=True)
    (settings.documents / SLUG / "card.md").write_text("# Card\n")
    return store, settings


def test_a_house_comes_back_as_it_was(house, tmp_path: Path) -> None:
    store, settings = house
    made = make_backup(store, settings, tmp_path / "backup", now=NOW)
    assert (made.revision, made.documents, made.made_at) == (HEAD, 1, NOW)
    done(store, SLUG, "research", now=NOW)
    card = settings.documents / SLUG / "card.md"
    card.write_text("# Changed\n")
    store.close()
    kept = restore(store, settings, made, now=at("01-12"))
    assert statuses(store)["research"] != "done"
    assert card.read_text() == "# Card\n"
    assert [path.name for path in kept] == [
        "launch-kits.db.before-20270112-150000",
        "documents.before-20270112-150000",
    ]
    assert (kept[1] / SLUG / "card.md").read_text() == "# Changed\n"
    with store.read() as session:
        assert restored_from(session, now=at("01-12")) == NOW


def test_a_backup_has_no_secret(house, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    make_backup(*house, folder, now=NOW)
    shown = json.loads((folder / "settings.json").read_text())
    assert "LAUNCH_KITS_HOME" in shown
    for path in folder.rglob("*"):
        assert not path.is_file() or b"very-secret" not in path.read_bytes()


def test_a_damaged_database_is_not_backed_up(house, tmp_path: Path) -> None:
    store, settings = house
    store.close()
    damage(settings.home / "launch-kits.db")
    folder = tmp_path / "backup"
    with pytest.raises(Refused, match="brings an earlier backup back"):
        make_backup(store, settings, folder, now=NOW)
    assert not folder.exists()


def test_only_an_empty_folder_is_taken(house, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not an empty folder"):
        make_backup(*house, tmp_path, now=NOW)


@pytest.mark.parametrize("name", ["launch-kits.db", f"documents/{SLUG}/card.md"])
def test_a_backup_with_a_changed_file_is_refused(house, tmp_path: Path, name) -> None:
    folder = tmp_path / "backup"
    make_backup(*house, folder, now=NOW)
    with (folder / name).open("ab") as file:
        file.write(b"more")
    with pytest.raises(Refused, match="has changed since the backup"):
        read_backup(folder)
    (folder / name).unlink()
    with pytest.raises(Refused, match="is missing"):
        read_backup(folder)
    (folder / "backup.json").unlink()
    with pytest.raises(Refused, match="is not a complete backup"):
        read_backup(folder)


def _names(home: Path) -> set[str]:
    return {path.name for path in home.iterdir() if path.name != "documents"}


def test_a_file_that_sqlite_cannot_read_is_put_aside(house, tmp_path: Path) -> None:
    store, settings = house
    made = make_backup(store, settings, tmp_path / "backup", now=NOW)
    store.close()
    noise = b"\x8a\x00\xf3" * 1000
    file = settings.home / "launch-kits.db"
    file.write_bytes(noise)
    kept = restore(Store(settings.database_url), settings, made, now=at("01-12"))
    assert kept[0].name == "launch-kits.db.before-20270112-150000"
    assert kept[0].read_bytes() == noise
    assert statuses(Store(settings.database_url))["research"] != "done"
    assert not [name for name in _names(settings.home) if name.endswith(".draft")]


def test_a_restore_that_fails_leaves_no_draft(
    house, tmp_path: Path, monkeypatch
) -> None:
    store, settings = house
    made = make_backup(store, settings, tmp_path / "backup", now=NOW)
    store.close()
    before = _names(settings.home)
    connect = sqlite3.connect

    def full(path, **options):
        if str(path).endswith("before-20270112-150000"):
            connect(path, **options).execute("CREATE TABLE half (a)").connection.close()
            fault = sqlite3.OperationalError("database or disk is full")
            fault.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise fault
        return connect(path, **options)

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(DatabaseError, match="disk is full"):
        restore(store, settings, made, now=at("01-12"))
    monkeypatch.undo()
    assert _names(settings.home) - {"launch-kits.db-wal", "launch-kits.db-shm"} == (
        before - {"launch-kits.db-wal", "launch-kits.db-shm"}
    )
