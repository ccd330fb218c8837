from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.database.store import HEAD
from tests.cli.commands import Cli


def test_the_database_is_brought_up_to_date_once(cli: Cli, home: Path):
    assert cli.ok("db", "upgrade").out == f"the database is at {HEAD}, it was empty\n"
    assert cli.ok("db", "upgrade").out == f"the database is at {HEAD} already\n"
    assert (home / "launch-kits.db").is_file()


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
