from __future__ import annotations

import dataclasses
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from datetime import timedelta

import pytest

from launch_kits.board.address import Up, write_up
from launch_kits.database.store import HEAD, Store
from launch_kits.server.doctor import examine, machine
from launch_kits.server.doctor.defect import Installation
from launch_kits.settings import Settings
from launch_kits.settings.masters import Masters
from launch_kits.worker.sweeps import note_sweep
from tests.launches import NOW


def texts(problems: object) -> list[str]:
    return [f"{each.text}; {each.remedy}" for each in problems]


def test_a_sound_installation_has_no_problem(installation: Installation) -> None:
    for check in (machine.database, machine.schema, machine.permissions, machine.clock):
        assert texts(check(installation)) == []
    assert machine.is_readable(installation)


def test_looking_makes_no_database(settings) -> None:
    installation = Installation(settings, Store(settings.database_url), NOW)
    for check in (machine.database, machine.schema, machine.permissions, machine.disk):
        assert texts(check(installation)) == []
    assert not machine.is_readable(installation)
    assert not (settings.home / "launch-kits.db").exists()


def test_a_damaged_database_is_named(settings) -> None:
    settings.home.mkdir()
    (settings.home / "launch-kits.db").write_text("not a database, by far " * 100)
    installation = Installation(settings, Store(settings.database_url), NOW)
    (said,) = texts(machine.database(installation))
    assert said.startswith("sqlite:///"), "the check is named before it"
    assert "file is not a database" in said
    assert "restore it" in said
    assert not machine.is_readable(installation)


def test_a_home_that_cannot_be_made_is_named(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path / "file")})
    (found,) = examine(settings, now=NOW)
    assert found.check == "database"
    assert "a part of its path is a file" in str(found.text)
    assert str(found.remedy).startswith("set LAUNCH_KITS_HOME to a folder")


def _at(installation: Installation, revision: str) -> None:
    with sqlite3.connect(installation.settings.home / "launch-kits.db") as database:
        database.execute("UPDATE alembic_version SET version_num = ?", [revision])


def test_a_schema_of_another_version_is_named(installation: Installation) -> None:
    _at(installation, "9999")
    (newer,) = machine.schema(installation)
    assert (newer.text, newer.fix) == (
        f"the database is at 9999, this version knows {HEAD}",
        None,
    )
    _at(installation, "0019")
    (older,) = machine.schema(installation)
    assert older.remedy == "run `launch-kits db upgrade`"
    assert older.fix


def test_files_of_another_user_are_named(
    installation: Installation, monkeypatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    (said,) = texts(machine.permissions(installation))
    assert "holds some files of another user: launch-kits.db" in said
    assert "chown -R 4242" in said
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "cannot be written" in texts(machine.permissions(installation))[0]


def test_an_up_that_was_killed_is_named(installation: Installation) -> None:
    def checked() -> list[str]:
        found = examine(installation.settings, now=installation.now)
        return [str(each.text) for each in found if each.check == "up"]

    assert checked() == []
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    running = Up("http://127.0.0.1:1/api", "", gone.pid, 1)
    write_up(installation.settings.up_file, running)
    (said,) = checked()
    assert said.startswith(f"`launch-kits up` (process {gone.pid}) ended without")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        running = dataclasses.replace(running, pid=os.getpid(), port=port)
        write_up(installation.settings.up_file, running)
        assert texts(machine.up(installation)) == []


def test_a_disk_with_little_room_is_named(
    installation: Installation, monkeypatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=12_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert "12 MB are free" in texts(machine.disk(installation))[0]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, ""), (30, "30 minutes"), (180, "3 hours"), (60 * 24 * 34, "34 days")],
)
def test_a_sweep_in_the_future_shows_a_wrong_clock(
    installation: Installation, minutes: int, words: str
) -> None:
    at = NOW + timedelta(minutes=minutes)
    note_sweep(installation.store, ended_at=at, seconds=1, problems=0)
    expected = [f"the last sweep is {words} ahead of this machine's clock"]
    found = [each.text for each in machine.clock(installation)]
    assert found == (expected if minutes else [])
    later = dataclasses.replace(installation, now=NOW + timedelta(days=40))
    assert texts(machine.clock(later)) == []


def test_an_unfit_master_is_named_if_one_is_set(
    installation: Installation, tmp_path
) -> None:
    assert "masters" not in [
        each.check for each in examine(installation.settings, now=installation.now)
    ]
    masters = Masters(docx=tmp_path / "company.docx")
    settings = dataclasses.replace(installation.settings, masters=masters)
    found = examine(settings, now=installation.now)
    (fault,) = [each for each in found if each.check == "masters"]
    assert (
        fault.text
        == f"LAUNCH_KITS_DOCX_MASTER {masters.docx}: no such file or directory"
    )
    assert fault.remedy == "correct the setting or unset it"
