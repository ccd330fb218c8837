"""The board: calls to Prefect, the time until it shows a verb, and a start without a server."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from uuid import uuid4

import httpx

from bench.measure import Comparison, Measurement, side_by_side
from bench.startup import environment

__all__ = ["measurements"]

TASKS = 60
#: verbs whose way to the board is measured
VERBS = 5
#: allowed calls to open a launch, including those of the flow engine and of `start`
ALLOWED = 2 * TASKS + 30
#: seconds after which a measurement is given up
PATIENCE = 180.0

OURS = [sys.executable, "-c", "from launch_kits.cli import main; main()"]
#: the libraries that a start without a server imports
LIBRARIES = "pydantic, yaml, holidays, sqlmodel, jinja2, markdown_it, httpx"
#: seconds in which the board should show a verb, and a launch that was started
SOON = 5.0
FIRST = 10.0


def measurements() -> Iterator[Measurement]:
    """Calls at opening, ways to the board, and a start beside its imports."""
    served: list[tuple[int, float, float]] = []

    def of_served(which: int) -> float:
        if not served:
            served.append(_measure_served())
        return served[0][which]

    yield Measurement(
        f"Prefect calls to open {TASKS} tasks, against 2 a task + 30",
        lambda: Comparison(of_served(0), ALLOWED, 1.0),
    )
    yield Measurement(
        f"start until the board shows the launch, against {FIRST:.0f} s",
        lambda: Comparison(of_served(1), FIRST, 1.0),
    )
    yield Measurement(
        f"verb until the board shows it, against {SOON:.0f} s",
        lambda: Comparison(of_served(2), SOON, 1.0),
    )
    yield Measurement(
        "start without a server, beside its imports",
        lambda: Comparison(
            *side_by_side(_start_alone, _import_libraries, repeats=3), 5.0
        ),
    )


def _measure_served() -> tuple[int, float, float]:
    """Measure on a server of our own.

    Returns the requests and the seconds from `start` until the run is suspended, and the median of
    the seconds from a verb until the board shows it.
    """
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
            began = time.monotonic()
            _ours("start", str(_brief(Path(folder))), env=env)
            looks = _until(lambda: _suspended(api))
            first = time.monotonic() - began
            calls = _requests(log) - before - looks
            return (
                calls,
                first,
                median(_verb(api, f"t{n}", env=env) for n in range(VERBS)),
            )
        finally:
            up.terminate()
            up.wait(timeout=20)


def _verb(api: httpx.Client, key: str, *, env: dict[str, str]) -> float:
    """The seconds from the beginning of a verb until the board shows its task as done."""
    began = time.monotonic()
    verb = subprocess.Popen(  # noqa: S603  the same
        [*OURS, "done", "sixty", key], env=env, stdout=subprocess.DEVNULL
    )
    wanted = {
        "task_runs": {
            "tags": {"all_": [f"task:{key}"]},
            "state": {"name": {"any_": ["Done"]}},
        }
    }
    _until(lambda: bool(api.post("/task_runs/filter", json=wanted).json()))
    seconds = time.monotonic() - began
    verb.wait(timeout=PATIENCE)
    return seconds


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


def _start_alone() -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = _environment(Path(folder) / "home", LAUNCH_KITS_EMBEDDED_WITHIN="0")
        _ours("start", str(_brief(Path(folder))), env=env)


def _import_libraries() -> None:
    subprocess.run([sys.executable, "-c", f"import {LIBRARIES}"], check=True)  # noqa: S603  the same


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
    ours = {
        "LAUNCH_KITS_PORT": "0",
        "LAUNCH_KITS_SWEEP_EVERY": "3600",
    }
    return {**environment(str(home)), **ours, **more}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
