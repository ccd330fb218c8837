"""The board: the number of calls to Prefect, and the time of a start without a server."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx

from bench.measure import Comparison, Measurement, side_by_side

__all__ = ["measurements"]

TASKS = 60
#: allowed calls to open a launch, including those of the flow engine and of `start`
ALLOWED = 2 * TASKS + 30
#: seconds after which a measurement is given up
PATIENCE = 180.0

OURS = [sys.executable, "-c", "from launch_kits.cli import main; main()"]
EMPTY = """
from prefect import flow

@flow
def empty():
    pass

empty()
"""


def measurements() -> Iterator[Measurement]:
    """Calls at opening, and an embedded start against an empty flow on a fresh Prefect."""
    yield Measurement(
        f"Prefect calls to open {TASKS} tasks, against 2 a task + 30",
        lambda: Comparison(_calls_to_open(), ALLOWED, 1.0),
    )
    yield Measurement(
        "start embedded, against an empty flow, fresh Prefect",
        lambda: Comparison(
            *side_by_side(_start_embedded, _run_empty_flow, repeats=2), 1.3
        ),
    )


def _calls_to_open() -> int:
    """Count the requests to Prefect's server from `start` until the run is suspended."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        env = _environment(
            home,
            PREFECT_SERVER_API_PORT=str(_free_port()),
            PREFECT_SERVER_LOGGING_LEVEL="INFO",
        )
        up = subprocess.Popen([*OURS, "up"], env=env, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
        try:
            _until((home / "up.json").exists)
            api = _client(json.loads((home / "up.json").read_text())["prefect_api_url"])
            log = home / "logs" / "prefect-server.log"
            before = _requests(log)
            _ours("start", str(_brief(Path(folder))), env=env)
            looks = _until(lambda: _suspended(api))
            return _requests(log) - before - looks
        finally:
            up.terminate()
            up.wait(timeout=20)


def _requests(log: Path) -> int:
    return sum(
        'HTTP/1.1"' in line and "/api/" in line for line in log.read_text().splitlines()
    )


def _client(url: str) -> httpx.Client:
    """A client with a CSRF token."""
    name = str(uuid4())
    answer = httpx.get(f"{url}/csrf-token", params={"client": name}).raise_for_status()
    headers = {
        "Prefect-Csrf-Client": name,
        "Prefect-Csrf-Token": answer.json()["token"],
    }
    return httpx.Client(base_url=url, headers=headers)


def _suspended(api: httpx.Client) -> bool:
    wanted = {
        "flow_runs": {
            "tags": {"all_": ["launch:sixty"]},
            "state": {"name": {"any_": ["Suspended"]}},
        }
    }
    return bool(api.post("/flow_runs/filter", json=wanted).json())


def _until(look: Callable[[], bool]) -> int:
    """Look until the result is true; returns the number of looks."""
    until = time.monotonic() + PATIENCE
    looks = 1
    while not look():
        assert time.monotonic() < until, f"no result within {PATIENCE:.0f} s"
        time.sleep(0.25)
        looks += 1
    return looks


def _start_embedded() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _ours(
            "start", str(_brief(Path(folder))), env=_environment(Path(folder) / "home")
        )


def _run_empty_flow() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        env = _environment(folder / "home", PREFECT_HOME=str(folder / "prefect"))
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", EMPTY], env=env, check=True, capture_output=True
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ours(*words: str, env: dict[str, str]) -> None:
    subprocess.run([*OURS, *words], env=env, check=True, capture_output=True)  # noqa: S603  the same


def _brief(folder: Path) -> Path:
    """Sixty tasks in a chain, in six stages."""
    tasks = [
        {
            "key": f"t{n}",
            "title": f"Task {n}",
            "role": "lead",
            "days": 1,
            "after": [f"t{n - 1}"] if n else [],
        }
        for n in range(TASKS)
    ]
    stages = [
        {"key": f"s{n}", "title": f"Stage {n}", "tasks": tasks[n * 10 : n * 10 + 10]}
        for n in range(TASKS // 10)
    ]
    (folder / "kit.yaml").write_text(
        json.dumps({"kit": "sixty", "title": "Sixty", "stages": stages})
    )
    team = {"lead": {"name": "Lee", "email": "lee@example.com"}}
    brief = {
        "launch": "sixty",
        "product": "Sixty",
        "kit": "kit.yaml",
        "launch_on": "2032-10-01",
        "team": team,
    }
    (folder / "brief.yaml").write_text(json.dumps(brief))
    return folder / "brief.yaml"


def _environment(home: Path, **more: str) -> dict[str, str]:
    foreign = ("PREFECT_", "SLACK_", "LAUNCH_KITS_")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(foreign)
    }
    ours = {
        "LAUNCH_KITS_HOME": str(home),
        "LAUNCH_KITS_PORT": "0",
        "LAUNCH_KITS_SWEEP_EVERY": "3600",
    }
    return {**kept, **ours, **more}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
