from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from prefect.settings import (
    PREFECT_SERVER_API_AUTH_STRING,
    PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS,
    PREFECT_SERVER_API_HOST,
    PREFECT_SERVER_EVENTS_RETENTION_PERIOD,
    PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED,
    temporary_settings,
)

from launch_kits.errors import SettingsError
from launch_kits.server.environment import (
    READY_FD,
    for_embedded,
    for_embedded_server,
    for_flows,
    for_server,
)
from launch_kits.settings import Settings


@pytest.fixture(autouse=True)
def _prefect_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))


def test_the_server_listens_on_loopback_without_a_password(settings: Settings) -> None:
    env, address = for_server(settings, auth=False)
    assert address.host == env["PREFECT_SERVER_API_HOST"] == "127.0.0.1"
    assert address.api_url == f"http://127.0.0.1:{address.port}/api"
    assert (address.auth, address.auth_kept) == (None, False)
    assert "PREFECT_SERVER_API_AUTH_STRING" not in env
    assert env["PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED"] == "true"
    origins = env["PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS"].split(",")
    assert f"http://localhost:{address.port}" in origins
    assert "*" not in origins


def test_the_server_deletes_old_runs_and_events(tmp_path: Path) -> None:
    keep = {"LAUNCH_KITS_KEEP_RUNS": "7", "LAUNCH_KITS_KEEP_EVENTS": "2"}
    home = {"LAUNCH_KITS_HOME": str(tmp_path)}
    vacuum = "PREFECT_SERVER_SERVICES_DB_VACUUM"
    env, _ = for_server(Settings.read({**home, **keep}), auth=False)
    assert env[f"{vacuum}_ENABLED"] == "events,flow_runs"
    assert env[f"{vacuum}_RETENTION_PERIOD"] == str(7 * 86_400)
    assert env["PREFECT_SERVER_EVENTS_RETENTION_PERIOD"] == "P2D"
    never = Settings.read({**home, "LAUNCH_KITS_KEEP_RUNS": "0"})
    assert for_server(never, auth=False)[0][f"{vacuum}_ENABLED"] == "events"


def test_prefects_own_retention_stays(settings: Settings) -> None:
    own = {
        PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED: "events",
        PREFECT_SERVER_EVENTS_RETENTION_PERIOD: timedelta(hours=1),
    }
    with temporary_settings(own):
        env, _ = for_server(settings, auth=False)
    assert "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED" not in env
    assert "PREFECT_SERVER_EVENTS_RETENTION_PERIOD" not in env


def test_the_server_gets_a_password_that_is_kept(settings: Settings) -> None:
    env, address = for_server(settings, auth=True)
    assert address.auth_kept
    assert env["PREFECT_SERVER_API_AUTH_STRING"] == address.auth
    assert settings.auth_file.read_text().strip() == address.auth
    again = for_server(settings, auth=False)[1]
    assert (again.auth, again.auth_kept) == (address.auth, True)


def test_the_server_uses_the_password_of_prefects_settings(settings: Settings) -> None:
    with temporary_settings({PREFECT_SERVER_API_AUTH_STRING: "admin:secret"}):
        address = for_server(settings, auth=True)[1]
    assert (address.auth, address.auth_kept) == ("admin:secret", False)
    assert not settings.auth_file.exists()


def test_an_open_server_is_refused_without_a_password(settings: Settings) -> None:
    with temporary_settings({PREFECT_SERVER_API_HOST: "0.0.0.0"}):
        with pytest.raises(
            SettingsError, match="without a login; run `launch-kits up --auth`"
        ):
            for_server(settings, auth=False)
        env, address = for_server(settings, auth=True)
    assert env["PREFECT_SERVER_API_HOST"] == "0.0.0.0"
    assert address.api_url.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("every", ["*", "null", " null"])
def test_origins_of_all_pages_are_refused(settings: Settings, every: str) -> None:
    with (
        temporary_settings(
            {PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS: f"https://a.example,{every}"}
        ),
        pytest.raises(SettingsError, match="lets every web page send requests"),
    ):
        for_server(settings, auth=False)


def test_the_flows_get_absolute_paths_and_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", "token")
    monkeypatch.setenv("PREFECT_API_AUTH_STRING_FILE", "password")
    settings = Settings.read(
        {"LAUNCH_KITS_HOME": str(tmp_path), "LAUNCH_KITS_PATH": os.pathsep.join("ab")}
    )
    env = for_flows(settings, api_url="http://h/api", auth="user:secret", ready=7)
    assert env["PREFECT_API_URL"] == "http://h/api"
    assert env["PREFECT_API_AUTH_STRING"] == "user:secret"
    assert "PREFECT_API_AUTH_STRING_FILE" not in env
    assert env[READY_FD] == "7"
    assert env["SLACK_BOT_TOKEN_FILE"] == str(Path("token").absolute())
    folders = env["LAUNCH_KITS_PATH"].split(os.pathsep)
    assert all(Path(folder).is_absolute() for folder in folders)


def test_an_embedded_server_has_a_new_password_each_time(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_SERVER_API_BASE_PATH", "/prefect")
    env, password = for_embedded_server(settings, port=4321)
    assert env["PREFECT_SERVER_API_AUTH_STRING"] == password
    assert for_embedded_server(settings, port=4321)[1] != password
    assert env["PREFECT_SERVER_API_HOST"] == "127.0.0.1"
    assert env["PREFECT_SERVER_API_PORT"] == "4321"
    assert "PREFECT_SERVER_API_BASE_PATH" not in env


def test_a_flow_on_an_embedded_server_is_quiet(settings: Settings) -> None:
    env = for_embedded(
        settings, api_url="http://127.0.0.1:4321/api", auth="user:secret"
    )
    assert env["PREFECT_API_URL"] == "http://127.0.0.1:4321/api"
    assert env["PREFECT_API_AUTH_STRING"] == "user:secret"
    assert env["PREFECT_LOGGING_LEVEL"] == "CRITICAL"
    assert env["DO_NOT_TRACK"] == "1"
