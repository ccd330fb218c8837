from __future__ import annotations

import os
import socket
import threading
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from rich.console import Console

from launch_kits.errors import PrefectError, SettingsError
from launch_kits.server import supervisor
from launch_kits.server.supervisor import Supervisor
from launch_kits.settings import Settings


def _supervisor(settings: Settings, *, auth: bool = False) -> Supervisor:
    settings.home.mkdir(parents=True, exist_ok=True)
    return Supervisor(settings, threading.Event(), auth=auth)


def test_a_part_that_cannot_work_gives_its_reason(settings: Settings) -> None:
    made = _supervisor(settings)
    assert made._flows_fault() == "the flows are not served yet"
    made._flows = SimpleNamespace(alive=True)
    made._served = True
    assert made._flows_fault() is None
    made._flows.alive = False
    assert made._flows_fault() == "the process of the flows has ended"
    assert made._prefect_fault() == "Prefect does not answer"


def test_a_dead_process_is_named_with_its_last_line(settings: Settings) -> None:
    made = _supervisor(settings)
    made._must_live()
    made._server = SimpleNamespace(
        alive=False,
        name="Prefect's server",
        last_words="killed by signal 9",
        log="x.log",
    )
    with pytest.raises(
        PrefectError, match=r"server ended: killed by signal 9; .* see x.log"
    ):
        made._must_live()


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("DatabaseError: file is not a database", "move the database in .* away"),
        ("OperationalError: database disk image is malformed", "move the database in"),
        ("OperationalError: database or disk is full", "free some space"),
    ],
)
def test_a_process_that_cannot_keep_its_data_names_the_remedy(
    settings: Settings, said: str, remedy: str
) -> None:
    made = _supervisor(settings)
    made._server = SimpleNamespace(
        alive=False, name="Prefect's server", last_words=said, log="x.log"
    )
    with pytest.raises(PrefectError, match=f"{remedy}.*, see x.log"):
        made._must_live()


def test_logs_that_are_too_large_begin_anew(settings: Settings) -> None:
    asked: list[int] = []
    made = _supervisor(settings)
    made._flows = SimpleNamespace(
        rotate_log=lambda *, megabytes: asked.append(megabytes)
    )
    made._rotate_logs()
    assert asked == [settings.keep.logs]


def test_readiness_is_read_from_the_flows(settings: Settings) -> None:
    made = _supervisor(settings)
    assert not made._flows_are_ready()
    made._ready, writer = os.pipe()
    assert not made._flows_are_ready()
    os.write(writer, b"1")
    assert made._flows_are_ready()
    os.close(writer)
    made.close()


def test_auth_is_refused_for_a_server_of_others(tmp_path: Path) -> None:
    settings = Settings.read(
        {"LAUNCH_KITS_HOME": str(tmp_path), "PREFECT_API_URL": "http://127.0.0.1:1/api"}
    )
    with pytest.raises(SettingsError, match="--auth makes a password"):
        _supervisor(settings, auth=True)._use_server()


def test_without_prefect_only_the_port_is_opened(tmp_path: Path) -> None:
    settings = Settings.read(
        {
            "LAUNCH_KITS_HOME": str(tmp_path),
            "LAUNCH_KITS_PORT": "0",
            "PREFECT_API_URL": "http://127.0.0.1:1/api",
        }
    )
    made = Supervisor(settings, threading.Event(), auth=False, serve_flows=False)
    made.open([])
    try:
        assert made.wait_until_ready(Console(file=StringIO()))
        assert made._flows is made._server is None
        answer = httpx.get(f"http://127.0.0.1:{made._port.number}/readyz")
    finally:
        made.close()
    assert answer.status_code == 503
    assert answer.json()["reasons"] == ["Prefect does not answer"]


def test_without_prefect_needs_the_address_of_a_server(settings: Settings) -> None:
    made = Supervisor(settings, threading.Event(), auth=False, serve_flows=False)
    with pytest.raises(SettingsError, match="set PREFECT_API_URL to its address"):
        made.open([])
    made.close()


def test_a_taken_port_is_named_with_its_remedy(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        with pytest.raises(
            PrefectError, match=f"port {number} is taken, .* PREFECT_API_URL"
        ):
            supervisor._must_be_free("127.0.0.1", number)
    supervisor._must_be_free("127.0.0.1", number)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            OSError(98, "Address already in use"),
            "is taken; free it, or set LAUNCH_KITS_PORT",
        ),
        (
            OSError(99, "Cannot assign"),
            r"cannot listen on 127.0.0.1, port \d+ \(Cannot assign\)",
        ),
    ],
)
def test_a_port_that_cannot_be_used_names_the_setting(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(supervisor, "Port", refuse)
    made = _supervisor(settings)
    with pytest.raises(SettingsError, match=words):
        made.open([])
    made.close()


def test_the_processes_stop_in_less_than_ten_seconds() -> None:
    assert supervisor.FLOWS_STOP_WITHIN + supervisor.SERVER_STOP_WITHIN < 10
