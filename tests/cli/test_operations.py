from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from launch_kits.database.store import HEAD
from tests.cli.commands import Cli
from tests.launches import events, notices, status

#: the next morning
TOMORROW = "2027-01-12T10:00:00-05:00"


@pytest.mark.parametrize(
    ("variable", "value", "shown"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-very-secret", "********"),
        ("SLACK_SIGNING_SECRET", "very-secret", "********"),
        ("SLACK_APP_TOKEN", "xapp-very-secret", "********"),
        (
            "LAUNCH_KITS_DATABASE_URL",
            "postgresql+psycopg://ann:very-secret@db/x",
            "postgresql+psycopg://ann:********@db/x",
        ),
        ("LAUNCH_KITS_SWEEP_EVERY", "60", "60"),
        ("LAUNCH_KITS_PATH", f"/a{os.pathsep}/b", f"/a{os.pathsep}/b"),
        ("PREFECT_API_URL", "http://127.0.0.1:4200/api", "http://127.0.0.1:4200/api"),
    ],
)
def test_the_settings_in_force_keep_their_secrets(
    cli: Cli, monkeypatch, variable, value, shown
):
    monkeypatch.setenv(variable, value)
    said = cli.ok("config", "--json")
    assert said.json[variable] == shown
    assert "very-secret" not in said.out + cli.ok("config").out


@pytest.mark.parametrize("name", ["PREFECT_API_URL", "SLACK_BASE_URL"])
def test_a_password_within_an_address_is_masked(cli: Cli, monkeypatch, name):
    monkeypatch.setenv(name, "https://ann:very-secret@example.com/api")
    assert (
        cli.ok("config", "--json").json[name] == "https://ann:********@example.com/api"
    )


def test_the_home_is_made_absolute(cli: Cli, monkeypatch, tmp_path):
    monkeypatch.setenv("LAUNCH_KITS_HOME", "somewhere")
    assert cli.ok("config", "--json").json["LAUNCH_KITS_HOME"] == str(
        tmp_path / "somewhere"
    )


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_config_leaves_an_address_whole_however_narrow_the_terminal(
    cli: Cli, monkeypatch, columns
):
    url = "postgresql+psycopg://launch_kits@db.example.com:5432/launch_kits?application_name=launch-kits"
    monkeypatch.setenv("LAUNCH_KITS_DATABASE_URL", url)
    monkeypatch.setenv("COLUMNS", str(columns))
    said = cli.ok("config").out
    assert url in said
    assert "the Prefect server, unless `up` runs here" in said


@pytest.mark.parametrize(
    "command",
    [["config"], ["status"], ["check", "."], ["sweep"], ["kits"]],
    ids=" ".join,
)
@pytest.mark.parametrize(
    ("name", "value"),
    [("LAUNCH_KITS_SWEEP_EVERY", "often"), ("LAUNCH_KITS_PORT", "70000")],
)
def test_a_setting_that_cannot_be_used_is_named(
    cli: Cli, monkeypatch, command, name, value
):
    monkeypatch.setenv(name, value)
    assert cli.refused(*command).startswith(f'{name}="{value}" is not a whole number')


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


def test_a_sweep_says_what_it_did_on_stderr(cli: Cli, flying):
    said = cli.ok("sweep", "--now", TOMORROW)
    assert said.out == ""
    assert "swept:" in said.err
    assert {notice.status for notice in notices(flying, "task")} == {"sent"}


def test_a_sweep_without_launches_does_nothing(cli: Cli):
    assert "0 notices sent" in cli.ok("sweep").err


def test_a_sweep_is_done_once(cli: Cli, flying):
    cli.ok("sweep", "--now", TOMORROW)
    before = [(notice.key, notice.sent_at) for notice in notices(flying)]
    said = cli.ok("sweep", "--now", TOMORROW)
    assert [(notice.key, notice.sent_at) for notice in notices(flying)] == before
    assert "0 notices sent" in said.err


def test_a_sweep_says_what_could_not_be_delivered(cli: Cli, flying, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_BASE_URL", "http://127.0.0.1:1/api/")
    assert (
        "warning: Slack could not be reached" in cli.ok("sweep", "--now", TOMORROW).err
    )
    assert "sent" not in {notice.status for notice in notices(flying)}


def test_an_instant_is_refused_where_a_server_keeps_the_clock(
    cli: Cli, flying, monkeypatch
):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    before = len(events(flying))
    for words in (
        ["begin", "falcon-2", "research"],
        ["sweep"],
        ["move", "falcon-2", "--on", "2027-02-16", "--apply"],
    ):
        assert "--now" in cli.refused(*words, "--now", TOMORROW)
    assert len(events(flying)) == before
    assert cli.ok("status", "--now", TOMORROW, "--json").json


def test_an_up_that_was_killed_is_not_waited_for(cli: Cli, flying, home):
    stale = {
        "prefect_api_url": "http://127.0.0.1:1/api",
        "prefect_ui_url": "x",
        "pid": 2**22 + 1,
        "port": 1,
    }
    (home / "up.json").write_text(json.dumps(stale), encoding="utf-8")
    cli.ok("begin", "falcon-2", "research", "--now", TOMORROW)
    assert status(flying, "research") == "doing"
