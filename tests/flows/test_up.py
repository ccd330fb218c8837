from __future__ import annotations

import json
import os
import signal
import socket
from pathlib import Path

import httpx
import pytest

from launch_kits.database.store import Store
from tests.launches import launch, opened
from tests.served import (
    PATIENCE,
    Served,
    alive,
    asking,
    await_up,
    begin_up,
    below_of,
    command_of,
    current_brief,
    eventually,
    now,
    running,
    with_port,
    with_prefect_database,
)


def test_up_prints_its_addresses_and_is_ready(served: Served) -> None:
    port = served.addresses["port"]
    assert httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE).json() == {
        "status": "ok"
    }
    ready = httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE)
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert (
        httpx.get(f"http://127.0.0.1:{port}/elsewhere", timeout=PATIENCE).status_code
        == 404
    )
    assert served.addresses["pid"] == served.process.pid
    said = (served.home / "up.log").read_text()
    assert str(served.addresses["prefect_ui_url"]) in said
    assert "Traceback" not in said
    assert (
        httpx.get(str(served.addresses["prefect_ui_url"]), timeout=PATIENCE).status_code
        == 200
    )


def test_ctrl_c_stops_up_and_leaves_no_process_behind(
    served: Served, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with running(home, PREFECT_API_URL=served.url) as process:
        below = below_of(process.pid)
        assert below
        address = json.loads((home / "up.json").read_text())
        assert address["prefect_api_url"] == served.url
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0
        assert not [pid for pid in below if alive(pid)]
        assert not (home / "up.json").exists()


def test_a_killed_up_ends_its_processes_and_keeps_the_sweeps_of_the_next(
    served: Served, tmp_path: Path
) -> None:
    with running(tmp_path / "home", PREFECT_API_URL=served.url) as process:
        below = below_of(process.pid)
        assert below
        process.kill()
        process.wait()
        eventually(
            lambda: not any(alive(pid) for pid in below),
            what="the end of its processes",
        )
        assert not served.api.get("/deployments/name/sweep/sweep").json()["paused"]


def test_up_sweeps_at_once_and_stops_if_its_server_dies(
    tmp_path: Path,
) -> None:
    home = with_prefect_database(tmp_path / "home")
    store = opened(
        Store(f"sqlite:///{home / 'launch-kits.db'}"),
        current_brief("before-up"),
        now=now(),
    )
    process = begin_up(home, **with_port())
    try:
        await_up(home, process)
        with asking(
            json.loads((home / "up.json").read_text())["prefect_api_url"]
        ) as api:
            # The interval is an hour here.
            run_id = eventually(
                lambda: launch(store, "before-up").flow_run_id, what="the first sweep"
            )
            named = {"flow_runs": {"id": {"any_": [run_id]}}}
            states = ("Suspended", "Running", "Scheduled", "Submitting", "Pending")
            assert (
                api.post("/flow_runs/filter", json=named).json()[0]["state_name"]
                in states
            )
            sweeps = {"flows": {"name": {"any_": ["sweep"]}}}
            kept = eventually(
                lambda: (
                    (found := api.post("/flow_runs/filter", json=sweeps).json())
                    and found[0]["state_name"] != "Running"
                    and found
                ),
                what="the record of the first sweep",
            )
            assert [(run["name"], run["state_name"]) for run in kept] == [
                ("Sweep", "Completed")
            ]
            assert kept[0]["state"]["message"].endswith("1 given a run")
        below = below_of(process.pid)
        server = next(
            pid
            for pid in below
            if b"launch_kits.board.prefect_server" in command_of(pid)
        )
        os.kill(server, signal.SIGKILL)
        assert process.wait(timeout=PATIENCE) == 1
        said = (home / "up.log").read_text()
        assert "Prefect's server ended: killed by signal 9" in said
        assert "Traceback" not in said
        assert not [pid for pid in below if alive(pid)]
        assert not (home / "up.json").exists()
    finally:
        process.kill()
        process.wait()
        store.close()


def test_a_second_up_on_the_same_home_is_refused(served: Served) -> None:
    refused = served.command("up", check=False)
    assert refused.returncode == 1
    assert f"process {served.process.pid}" in refused.stderr
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("variable", "remedy"),
    [
        ("LAUNCH_KITS_PORT", "LAUNCH_KITS_PORT"),
        ("PREFECT_SERVER_API_PORT", "PREFECT_API_URL"),
    ],
)
def test_a_taken_port_is_named_with_its_remedy(
    tmp_path: Path, variable: str, remedy: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = begin_up(tmp_path / "home", **{variable: str(port)})
        assert process.wait(timeout=PATIENCE) == 1
    starting, refused = (tmp_path / "home" / "up.log").read_text().splitlines()
    assert starting.startswith("starting")
    assert f"port {port} is taken" in refused
    assert remedy in refused
