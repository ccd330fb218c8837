from __future__ import annotations

import os
from dataclasses import Field, fields
from pathlib import Path

import pytest

from launch_kits.errors import SettingsError
from launch_kits.settings import SECRETS, Settings
from launch_kits.settings.masking import SECRET
from launch_kits.settings.masters import Masters
from launch_kits.settings.oidc import Oidc
from launch_kits.settings.retention import Retention


def settings() -> list[Field]:
    """Every setting, those of its groups too."""
    groups = {"keep": Retention, "oidc": Oidc, "masters": Masters}
    own = [item for item in fields(Settings) if item.name not in groups]
    return [*own, *(item for group in groups.values() for item in fields(group))]


def shown(environ: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value, _ in Settings.read(environ).shown()}


def test_an_empty_environment_has_its_defaults(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings.read({})
    assert settings.home == tmp_path / ".launch-kits"
    assert (
        settings.database_url
        == f"sqlite:///{tmp_path / '.launch-kits' / 'launch-kits.db'}"
    )
    assert (settings.sweep_every, settings.host, settings.port) == (
        300,
        "127.0.0.1",
        8080,
    )
    assert (settings.path, settings.templates) == ((), ())
    assert {
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.prefect_api_url,
    } == {None}


def test_what_is_set_to_nothing_is_not_set():
    names = [str(item.metadata["env"]) for item in settings()]
    assert Settings.read(dict.fromkeys(names, "")) == Settings.read({})


def test_the_process_has_an_environment_too(monkeypatch):
    monkeypatch.setenv("LAUNCH_KITS_PORT", "9090")
    assert Settings.read().port == 9090


def test_folders_are_made_absolute_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written = os.pathsep.join(["kits", "", "/shared", "~/mine"])
    settings = Settings.read(
        {
            "LAUNCH_KITS_HOME": "home",
            "LAUNCH_KITS_PATH": written,
            "LAUNCH_KITS_TEMPLATES": "x",
        }
    )
    assert settings.path == (tmp_path / "kits", Path("/shared"), Path.home() / "mine")
    assert settings.templates == (tmp_path / "x",)
    assert settings.documents == tmp_path / "home" / "documents"
    assert settings.prefect_home == tmp_path / "home" / "prefect"
    assert settings.up_file == tmp_path / "home" / "up.json"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("LAUNCH_KITS_SWEEP_EVERY", "0"),
        ("LAUNCH_KITS_SWEEP_EVERY", "-5"),
        ("LAUNCH_KITS_SWEEP_EVERY", "1.5"),
        ("LAUNCH_KITS_SWEEP_EVERY", "often"),
        ("LAUNCH_KITS_SWEEP_EVERY", "86401"),
        ("LAUNCH_KITS_EMBEDDED_WITHIN", "3601"),
        ("LAUNCH_KITS_PORT", "65536"),
        ("LAUNCH_KITS_PORT", "http"),
    ],
)
def test_a_number_out_of_bounds_names_its_variable(name, written):
    with pytest.raises(
        SettingsError,
        match=rf'^{name}="{written}" is not a whole number from \d+ to \d+; correct it',
    ):
        Settings.read({name: written})


@pytest.mark.parametrize(
    "name",
    [
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_APP_TOKEN",
        "PREFECT_API_AUTH_STRING",
    ],
)
def test_a_secret_is_masked_wherever_it_could_show(name):
    environ = {name: "very-secret"}
    assert shown(environ)[name] == SECRET
    assert "very-secret" not in repr(Settings.read(environ))


def test_the_secrets_are_known():
    assert set(SECRETS) == {
        "LAUNCH_KITS_DATABASE_URL",
        "LAUNCH_KITS_OIDC_CLIENT_SECRET",
        "PREFECT_API_AUTH_STRING",
        "SLACK_APP_TOKEN",
        "SLACK_BOT_TOKEN",
        "SLACK_CLIENT_SECRET",
        "SLACK_REFRESH_TOKEN",
        "SLACK_SIGNING_SECRET",
    }


@pytest.mark.parametrize(
    "name",
    [
        "LAUNCH_KITS_HOME",
        "LAUNCH_KITS_PATH",
        "LAUNCH_KITS_TEMPLATES",
        "LAUNCH_KITS_PPTX_MASTER",
        "LAUNCH_KITS_DOCX_MASTER",
    ],
)
def test_a_path_in_the_home_of_no_user_names_its_variable(name):
    with pytest.raises(SettingsError, match=rf'^{name}="~nobody-here/x": the ~ in it'):
        Settings.read({name: "~nobody-here/x"})


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_comes_from_a_file_as_from_its_variable(name, tmp_path):
    file = tmp_path / "secret"
    for written in ("sqlite:////x.db", "sqlite:////x.db\n"):
        file.write_text(written)
        assert Settings.read({f"{name}_FILE": str(file)}) == Settings.read(
            {name: "sqlite:////x.db"}
        )
        assert shown({f"{name}_FILE": str(file)}) == shown({name: "sqlite:////x.db"})


def test_a_secret_keeps_its_blanks(tmp_path):
    (tmp_path / "secret").write_text(" a b \n")
    assert (
        Settings.read(
            {"SLACK_BOT_TOKEN_FILE": str(tmp_path / "secret")}
        ).slack_bot_token
        == " a b "
    )


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_given_once(name, tmp_path):
    (tmp_path / "secret").write_text("very-secret")
    environ = {name: "very-secret", f"{name}_FILE": str(tmp_path / "secret")}
    with pytest.raises(
        SettingsError, match=f"^{name} and {name}_FILE are both set; unset one of them$"
    ):
        Settings.read(environ)
    assert Settings.read({**environ, f"{name}_FILE": ""}) == Settings.read(
        {name: "very-secret"}
    )


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (
            None,
            r"cannot be read \(No such file or directory\); name a file that holds the secret",
        ),
        (b"", "must hold the secret on one line"),
        (b"\n", "must hold the secret on one line"),
        (b"very\nsecret\n", "must hold the secret on one line"),
        (b"\xffvery-secret", "is not text in UTF-8"),
    ],
)
def test_a_file_without_a_secret_is_named(written, fault, tmp_path):
    file = tmp_path / "token"
    if written is not None:
        file.write_bytes(written)
    with pytest.raises(
        SettingsError, match=f'^SLACK_BOT_TOKEN_FILE="{file}" {fault}'
    ) as found:
        Settings.read({"SLACK_BOT_TOKEN_FILE": str(file)})
    assert "very" not in str(found.value)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_read_from_files_alone_and_never_waited_for(name, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, kind in (
        (tmp_path / "pipe", "a pipe"),
        (tmp_path, "a folder"),
        ("/dev/zero", "a device"),
    ):
        with pytest.raises(SettingsError, match=rf"cannot be read \(it is {kind}\)"):
            Settings.read({f"{name}_FILE": str(path)})
    for path in ("~nobody-of-this-name/x", "a\0b"):
        with pytest.raises(SettingsError, match=r"cannot be read \(it is not a path\)"):
            Settings.read({f"{name}_FILE": path})


def test_a_large_file_is_not_a_secret(tmp_path):
    (tmp_path / "token").write_text("x" * 64 * 1024 + "x")
    with pytest.raises(SettingsError, match="is larger than 64 KiB"):
        Settings.read({"SLACK_BOT_TOKEN_FILE": str(tmp_path / "token")})


def test_a_secret_that_is_not_set_is_not_masked():
    assert shown({})["SLACK_BOT_TOKEN"] == ""


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        (
            "postgresql+psycopg://ann:very-secret@db/x",
            f"postgresql+psycopg://ann:{SECRET}@db/x",
        ),
        (
            "postgresql+psycopg://ann:very@secret@db/x",
            f"postgresql+psycopg://ann:{SECRET}@db/x",
        ),
        ("postgresql+psycopg://ann@db/x", "postgresql+psycopg://ann@db/x"),
        (
            "postgresql+psycopg://db/x?user=ann&password=very-secret",
            f"postgresql+psycopg://db/x?user=ann&password={SECRET}",
        ),
        ("sqlite:////var/x.db", "sqlite:////var/x.db"),
    ],
)
def test_a_databases_password_is_masked(url, masked):
    assert (
        shown({"LAUNCH_KITS_DATABASE_URL": url})["LAUNCH_KITS_DATABASE_URL"] == masked
    )
    assert "secret" not in repr(Settings.read({"LAUNCH_KITS_DATABASE_URL": url}))


def test_addresses_keep_their_passwords_to_themselves():
    for name in ("PREFECT_API_URL", "SLACK_BASE_URL"):
        assert (
            shown({name: "http://ann:very-secret@host/api"})[name]
            == f"http://ann:{SECRET}@host/api"
        )


def test_every_setting_says_what_it_is_for():
    assert [item.name for item in settings() if not item.metadata["doc"]] == []
    assert [
        name for name, _, doc in Settings.read({}).shown() if not (name and doc)
    ] == []
