from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch_kits.board.address import (
    Up,
    api_auth,
    api_url,
    ended_up,
    read_up,
    run_page,
    write_up,
)
from launch_kits.errors import SettingsError
from launch_kits.settings import Settings

API = "http://127.0.0.1:4200/api"


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})


def test_the_environment_names_the_api(tmp_path: Path) -> None:
    environ = {"LAUNCH_KITS_HOME": str(tmp_path), "PREFECT_API_URL": f"{API}/"}
    assert api_url(Settings.read(environ)) == API


def test_a_running_up_names_the_api_if_the_environment_does_not(
    settings: Settings, listening: int
) -> None:
    assert api_url(settings) is None
    up = Up(API, "http://127.0.0.1:4200", os.getpid(), listening)
    write_up(settings.up_file, up)
    assert read_up(settings.up_file) == up
    assert api_url(settings) == API
    assert ended_up(settings.up_file) is None
    assert [path.name for path in settings.home.iterdir()] == ["up.json"]


def test_the_file_of_a_killed_up_is_ignored(settings: Settings, listening: int) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert ended_up(settings.up_file) is None
    left = Up(API, "", gone.pid, listening)
    write_up(settings.up_file, left)
    assert api_url(settings) is None
    assert ended_up(settings.up_file) == left


def test_the_file_is_ignored_if_its_process_number_was_used_again(
    settings: Settings,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    write_up(settings.up_file, Up(API, "", os.getpid(), port))
    assert api_url(settings) is None


SOUND = {"prefect_api_url": API, "prefect_ui_url": "", "pid": 1, "port": 1}


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        "[]",
        "{}",
        json.dumps({"pid": 1}),
        '"up"',
        "[" * 60_000,
        " " * 65 * 1024,
        json.dumps({**SOUND, "pid": "one"}),
        json.dumps({**SOUND, "port": 99_999}),
        json.dumps({**SOUND, "host": []}),
    ],
)
def test_a_broken_file_is_ignored(settings: Settings, written: str) -> None:
    settings.up_file.write_text(written)
    assert api_url(settings) is None


def test_a_pipe_in_its_place_is_not_waited_for(settings: Settings) -> None:
    os.mkfifo(settings.up_file)
    assert api_url(settings) is None


def test_the_kept_password_is_sent_only_to_its_own_server(
    settings: Settings, listening: int
) -> None:
    home = {
        "LAUNCH_KITS_HOME": str(settings.home),
        "PREFECT_API_AUTH_STRING": "other:password",
    }
    settings.auth_file.write_text("launch-kits:kept\n")
    assert api_auth(settings) is None
    write_up(settings.up_file, Up(API, "", os.getpid(), listening, auth=True))
    assert api_auth(settings) == "launch-kits:kept"
    assert (
        api_auth(Settings.read({**home, "PREFECT_API_URL": f"{API}/"}))
        == "launch-kits:kept"
    )
    assert (
        api_auth(
            Settings.read({**home, "PREFECT_API_URL": "http://elsewhere.example/api"})
        )
        == "other:password"
    )
    write_up(settings.up_file, Up(API, "", os.getpid(), listening))
    assert api_auth(Settings.read(home)) == "other:password"


@pytest.mark.parametrize("written", [None, "", "no colon"])
def test_an_unusable_password_file_is_named(
    settings: Settings, listening: int, written: str | None
) -> None:
    write_up(settings.up_file, Up(API, "", os.getpid(), listening, auth=True))
    if written is not None:
        settings.auth_file.write_text(written)
    with pytest.raises(
        SettingsError,
        match=r"prefect-auth cannot be used; delete it, and run `launch-kits up --auth`",
    ):
        api_auth(settings)


def test_run_page_is_known_if_the_address_of_the_ui_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listening: int
) -> None:
    monkeypatch.delenv("PREFECT_UI_URL", raising=False)
    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})
    assert run_page(settings, "1") is None
    monkeypatch.setenv("PREFECT_UI_URL", "https://prefect.example.com/")
    assert run_page(settings, "1") == "https://prefect.example.com/runs/flow-run/1"
    write_up(
        settings.up_file,
        Up("http://127.0.0.1:1/api", "http://127.0.0.1:1", os.getpid(), listening),
    )
    assert run_page(settings, "1") == "http://127.0.0.1:1/runs/flow-run/1"
