from __future__ import annotations

import os

import pytest

from tests.cli.commands import Cli


@pytest.mark.parametrize(
    ("variable", "value", "shown"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-very-secret", "********"),
        ("SLACK_SIGNING_SECRET", "very-secret", "********"),
        ("SLACK_APP_TOKEN", "xapp-very-secret", "********"),
        ("SLACK_REFRESH_TOKEN", "xoxe-very-secret", "********"),
        ("SLACK_CLIENT_SECRET", "very-secret", "********"),
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
