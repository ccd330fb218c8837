"""An `up` of our own to ask.

Prefect's server and UI with the flows served, started once, on free ports.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import yaml

from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.settings import Settings
from tests.launches import KIT, brief_with

# Before anything imports Prefect: the tests leave the Prefect of the person who runs them alone.
os.environ.setdefault("PREFECT_HOME", tempfile.mkdtemp(prefix="launch-kits-prefect-"))
os.environ["DO_NOT_TRACK"] = "1"

T = TypeVar("T")

#: seconds after which something that has not happened will not happen: one busy core is slow
PATIENCE = 300.0

UP = [sys.executable, "-c", "from launch_kits.cli import main; main()"]


def now() -> datetime:
    return datetime.now(UTC)


def eventually(
    look: Callable[[], T], *, within: float = PATIENCE, what: str = "it"
) -> T:
    """The result of a look, as soon as there is one."""
    until = time.monotonic() + within
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < until, f"{what} did not happen within {within:.0f} s"
        time.sleep(0.2)


def free_port() -> int:
    """A port that no one else gets.

    Of those for this worker alone, below what the system gives out by itself.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 40
    for port in random.SystemRandom().sample(
        range(10_000 + worker * 500, 10_500 + worker * 500), 500
    ):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


def current_brief(slug: str, **changes: Any) -> Brief:
    """The small launch with today as its first day, so that it can be run by the clock."""
    begin = now().date()
    kit = {
        **KIT,
        "stages": [
            {**stage, "tasks": _undated(stage["tasks"])} for stage in KIT["stages"]
        ],
    }
    given = {
        "launch": slug,
        "product": f"Product {slug}",
        "kit": kit,
        "timezone": "UTC",
        "begin_on": begin.isoformat(),
    }
    return brief_with(
        **{
            **given,
            "launch_on": _weekday(begin + timedelta(days=120)).isoformat(),
            **changes,
        }
    )


def _undated(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in task.items() if key not in ("not_before", "due")}
        for task in tasks
    ]


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


class Careful(httpx.Auth):
    """Requests as Prefect's own clients send them.

    A CSRF token with each change, and patience with a server that is busy.
    """

    requires_response_body = True

    def __init__(self, url: str, password: str | None = None) -> None:
        self.url = url
        self.basic = httpx.BasicAuth(*password.split(":", 1)) if password else None

    def auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, None]:
        if request.method != "GET":
            name = str(uuid4())
            answer = yield from self._ask(
                httpx.Request("GET", f"{self.url}/csrf-token?client={name}")
            )
            # 422 from a server that checks no tokens
            if answer.status_code != httpx.codes.UNPROCESSABLE_ENTITY:
                answer.raise_for_status()
                request.headers.update(
                    {
                        "Prefect-Csrf-Client": name,
                        "Prefect-Csrf-Token": answer.json()["token"],
                    }
                )
        yield from self._ask(request)

    def _ask(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, httpx.Response]:
        if self.basic:
            next(self.basic.sync_auth_flow(request))
        until = time.monotonic() + PATIENCE
        while (
            answer := (yield request)
        ).status_code == httpx.codes.SERVICE_UNAVAILABLE:
            assert time.monotonic() < until, f"{request.url} stays busy"
            time.sleep(0.2)
        return answer


def asking(url: str, password: str | None = None) -> httpx.Client:
    """A client of a Prefect API."""
    return httpx.Client(base_url=url, timeout=PATIENCE, auth=Careful(url, password))


class Served:
    """The running `up`: its API, its home, and commands that use it."""

    def __init__(self, home: Path, process: subprocess.Popen[bytes]) -> None:
        self.home = home
        self.process = process
        self.env = environment(home)
        self.settings = Settings.read(self.env)
        self.store = Store(self.settings.database_url)
        self.addresses: dict[str, Any] = json.loads(self.settings.up_file.read_text())
        self.url = str(self.addresses["prefect_api_url"])
        kept = self.settings.auth_file
        self.api = asking(self.url, kept.read_text().strip() if kept.exists() else None)

    def command(
        self, *words: str, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*UP, *words], env=self.env, capture_output=True, text=True, check=False
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def start(self, brief: Brief) -> None:
        """Start a launch as its operator does.

        Waits until its run was picked up, however busy the machine is.
        """
        done = self.command("start", str(self.write(brief)), check=False)
        assert (
            done.returncode == 0 or "no process has started its run" in done.stderr
        ), done.stdout + done.stderr
        self.await_run(brief.launch, "Running", "Suspended", "Completed")

    def write(self, brief: Brief) -> Path:
        """A brief and its kit and ledgers as files."""
        folder = Path(tempfile.mkdtemp(dir=self.home.parent))
        written = brief.model_dump(mode="json", by_alias=True, exclude_none=True)
        (folder / "kit.yaml").write_text(
            yaml.safe_dump(written["kit"], sort_keys=False)
        )
        for alternative in written["positioning"]["alternatives"]:
            if "claims" in alternative:
                name = f"{alternative['key']}.yaml"
                (folder / name).write_text(
                    yaml.safe_dump(alternative["claims"], sort_keys=False)
                )
                alternative["claims"] = name
        path = folder / "brief.yaml"
        path.write_text(yaml.safe_dump({**written, "kit": "kit.yaml"}, sort_keys=False))
        return path

    def launch(self, slug: str) -> Any:
        with self.store.read() as session:
            return find_launch(session, slug)

    def run(self, slug: str) -> dict[str, Any]:
        """The launch's flow run, as Prefect tells it."""
        return self.run_of(self.launch(slug).flow_run_id)

    def run_of(self, run_id: str) -> dict[str, Any]:
        answer = self.api.get(f"/flow_runs/{run_id}")
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def ask_for_run(self, **parameters: object) -> str:
        """The id of a run asked for as Prefect's form does.

        Asked again while the server is too busy to answer.
        """
        deployment = self.api.get("/deployments/name/launch/launch").json()["id"]

        def ask() -> str | None:
            asked = self.api.post(
                f"/deployments/{deployment}/create_flow_run",
                json={"parameters": parameters},
            )
            assert asked.status_code in (
                httpx.codes.CREATED,
                httpx.codes.SERVICE_UNAVAILABLE,
            ), asked.text
            return (
                str(asked.json()["id"])
                if asked.status_code == httpx.codes.CREATED
                else None
            )

        return str(eventually(ask, what="a run"))

    def await_run(self, slug: str, *states: str) -> dict[str, Any]:
        """The launch's run once it is in one of some states."""

        def look() -> dict[str, Any] | None:
            run = self.run(slug)
            return run if run["state_name"] in states else None

        return eventually(
            look,
            what=f"{' or '.join(states)} of {slug}, now {self.run(slug)['state_name']},",
        )

    def set_state(
        self, run_id: str, type_: str, name: str | None = None, *, force: bool = False
    ) -> None:
        """Set a run's state as the UI does, or by force."""
        state = {"type": type_, "name": name or type_.title()}
        self.api.post(
            f"/flow_runs/{run_id}/set_state", json={"state": state, "force": force}
        ).raise_for_status()

    def task_runs(self, run_id: str) -> list[dict[str, Any]]:
        body = {"flow_runs": {"id": {"any_": [run_id]}}}
        found: list[dict[str, Any]] = self.api.post(
            "/task_runs/filter", json=body
        ).json()
        return found

    def board(self, run_id: str) -> dict[str, dict[str, Any]]:
        """The run's task runs for the launch's tasks, by key; each key once."""
        found: dict[str, dict[str, Any]] = {}
        for run in self.task_runs(run_id):
            for tag in run["tags"]:
                if tag.startswith("task:"):
                    assert tag not in found
                    found[tag.removeprefix("task:")] = run
        return found

    def states(self, slug: str) -> dict[str, str]:
        board = self.board(self.launch(slug).flow_run_id)
        return {key: run["state_name"] for key, run in board.items()}

    def arrows(self, run_id: str) -> dict[str, set[str]]:
        """The tasks before each task, as the run graph of the UI draws them."""
        graph = self.api.get(f"/flow_runs/{run_id}/graph-v2").json()
        keys = {run["id"]: key for key, run in self.board(run_id).items()}
        return {
            keys[node_id]: {keys[parent["id"]] for parent in node["parents"]}
            for node_id, node in graph["nodes"]
            if node_id in keys
        }

    def artifacts(self, slug: str) -> dict[str, dict[str, Any]]:
        """The latest artifacts of a launch, by the rest of their keys after its name."""
        found = self.api.post(
            "/artifacts/latest/filter",
            json={"artifacts": {"key": {"like_": f"{slug}-%"}}},
        ).json()
        return {each["key"].removeprefix(f"{slug}-"): each for each in found}

    @contextmanager
    def without_runner(self) -> Iterator[None]:
        """A while in which the flows are not served, although the server is there."""
        runner = next(
            pid
            for pid in below_of(self.process.pid)
            if b"launch_kits.server.runner" in command_of(pid)
        )
        os.killpg(runner, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(runner, signal.SIGCONT)

    def close(self) -> None:
        """Stop it as an operator does, leaving nothing behind."""
        self.api.close()
        self.store.close()
        below = below_of(self.process.pid)
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=PATIENCE) == 0
        assert not [pid for pid in below if alive(pid)]


def below_of(pid: int) -> list[int]:
    """Every process below one, as Linux tells it."""
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent == pid:
            child = int(path.parent.name)
            found += [child, *below_of(child)]
    return found


def command_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for init to take note of it does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[
            0
        ] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment in which nothing of the tester's own Prefect, Slack or launches is seen."""
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
    ours["PREFECT_RUNNER_POLL_FREQUENCY"] = "1"
    return {**kept, "DO_NOT_TRACK": "1", "COLUMNS": "120", **ours, **more}


@cache
def _prefect_database() -> Path:
    """A database of Prefect, made once: its migrations take longer than a start."""
    folder = Path(tempfile.mkdtemp(prefix="launch-kits-prefect-"))
    code = "import asyncio; from prefect.server.database import provide_database_interface as of"
    subprocess.run(
        [sys.executable, "-c", f"{code}; asyncio.run(of().create_db())"],
        env=environment(folder, PREFECT_HOME=str(folder)),
        check=True,
    )
    return folder / "prefect.db"


def with_prefect_database(home: Path) -> Path:
    """Give a home a database of Prefect; returns the home."""
    folder = home / "prefect"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    copied = shutil.copyfile(_prefect_database(), folder / "prefect.db")
    copied.chmod(0o600)
    return home


def begin_up(
    home: Path, *words: str, umask: int = -1, **more: str
) -> subprocess.Popen[bytes]:
    """Start `up`; its words go to a file in its home, which is as private as `up` makes one."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / "up.log").touch(0o600)
    command = [*UP, "up", *words]
    env = environment(home, **more)
    with (home / "up.log").open("wb") as log:
        return subprocess.Popen(command, env=env, stdout=log, stderr=log, umask=umask)


def await_up(home: Path, process: subprocess.Popen[bytes]) -> None:
    def look() -> bool:
        assert process.poll() is None, (home / "up.log").read_text()
        return (home / "up.json").exists()

    eventually(look, what="up")


@contextmanager
def running(home: Path, *words: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """An `up` that runs, and is ended whatever the test does."""
    process = begin_up(home, *words, **more)
    try:
        await_up(home, process)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=PATIENCE)


def with_port(**more: str) -> Mapping[str, str]:
    return {"PREFECT_SERVER_API_PORT": str(free_port()), **more}
