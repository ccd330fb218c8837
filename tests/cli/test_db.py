from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from launch_kits.database.store import HEAD
from tests.cli.commands import Cli
from tests.launches import NOW

DUMP = (
    Path(__file__).parents[1] / "database" / "fixtures" / "database_0003.sql"
).read_text(encoding="utf-8")


def test_the_database_is_brought_up_to_date_once(cli: Cli, home: Path):
    assert cli.ok("db", "upgrade").out == f"the database is at {HEAD}, it was empty\n"
    assert cli.ok("db", "upgrade").out == f"the database is at {HEAD} already\n"
    assert (home / "launch-kits.db").is_file()


def test_an_upgrade_takes_a_backup_first_which_brings_the_old_state_back(
    cli: Cli, home: Path
):
    home.mkdir(0o700)
    file = home / "launch-kits.db"
    with closing(sqlite3.connect(file)) as old:
        old.executescript(DUMP)
    said = cli.ok("db", "upgrade", "--now", NOW.isoformat())
    assert said.out == f"the database is at {HEAD}, it was 0003\n"
    folder = home / "backups" / f"before-{HEAD}-20270111-150000"
    assert str(folder) in said.err
    assert "database at 0003" in cli.ok("restore", folder, "--verify").out
    with closing(sqlite3.connect(folder / "launch-kits.db")) as kept:
        (revision,) = kept.execute("SELECT version_num FROM alembic_version").fetchone()
    assert revision == "0003"


def test_an_older_version_refuses_a_newer_database_with_one_line(
    cli: Cli, flying, home: Path
):
    with closing(sqlite3.connect(home / "launch-kits.db")) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    for words in (["sweep"], ["status"], ["db", "upgrade"]):
        said = cli.refused(*words)
        assert said.startswith(f"the database is at 9999, newer than {HEAD}: install")
        assert said.count("\n") == 1


READS = [
    ["status"],
    ["tasks"],
    ["outbox"],
    ["history", "x"],
    ["begin", "x", "y"],
    ["sweep"],
    ["db", "upgrade"],
]


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_database_that_is_none_is_named(cli: Cli, home, words):
    home.mkdir()
    (home / "launch-kits.db").write_text(
        "this is no database, but a text that is long enough" * 40, encoding="utf-8"
    )
    assert str(home / "launch-kits.db") in cli.refused(*words)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "is not a database URL"),
        ("postgresql+psycopg://ann:very-secret@db:port/x", "is not a database URL"),
        (
            "postgresql+psycopg://ann:very-secret@127.0.0.1:1/x?nonsense=1",
            'invalid connection option "nonsense"',
        ),
        ("mysql://u@h/x", "SQLite and PostgreSQL are supported"),
        ("postgresql+psycopg://ann:very-secret@127.0.0.1:1/x", "127.0.0.1"),
        ("sqlite:////proc/nowhere/x.db", "/proc/nowhere"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_without_its_password(
    cli: Cli, monkeypatch, url, said
):
    monkeypatch.setenv("LAUNCH_KITS_DATABASE_URL", url)
    told = cli.refused("status")
    assert said in told
    assert "very-secret" not in told


def test_a_home_that_is_a_file_is_named(cli: Cli, home):
    home.write_text("not a folder", encoding="utf-8")
    assert str(home) in cli.refused("status")


def test_a_home_that_no_database_url_can_name_is_refused(
    cli: Cli, monkeypatch, tmp_path
):
    monkeypatch.setenv("LAUNCH_KITS_HOME", str(tmp_path / "what?"))
    assert cli.refused("status").startswith("LAUNCH_KITS_HOME=")
    assert list(tmp_path.iterdir()) == []
