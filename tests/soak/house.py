"""A house under fire: Prefect's server, `up`, and a Slack that fails."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
from sqlalchemy import text

from launch_kits.database.store import Store
from launch_kits.settings import Settings
from tests.postgres import started
from tests.served import (
    PATIENCE,
    Served,
    alive,
    asking,
    await_up,
    begin_up,
    below_of,
    command_of,
    environment,
    eventually,
    free_port,
    with_prefect_database,
)
from tests.slack.stand_in import TOKEN
from tests.slack.workspace import SECRET, Workspace
from tests.soak.proxy import FaultyProxy

RUNNER = b"launch_kits.server.runner"


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """An empty database on a PostgreSQL of its own; its URL."""
    server = started(folder)
    try:
        driver = "postgresql+psycopg://"
        yield server.get_uri().replace("postgresql://", driver, 1)
    finally:
        server.cleanup()


def database_size(store: Store) -> float:
    """The megabytes of a database."""
    if store.sqlite:
        path = Path(store.url.removeprefix("sqlite:///"))
        files = path.parent.glob(f"{path.name}*")
        return sum(each.stat().st_size for each in files) / 1e6
    with store.read() as session:
        size = text("SELECT pg_database_size(current_database())")
        return float(session.connection().execute(size).scalar_one()) / 1e6


class Board(Served):
    """What Prefect tells of the launches of a house."""

    def __init__(self, url: str, store: Store) -> None:
        self.api = asking(url)
        self.store = store


class House:
    """The processes of `up` on one machine, started again whenever one is gone."""

    #: those that are killed: Prefect's server, `up`, the process that serves the flows, and one
    #: that runs a flow
    kinds: tuple[str, ...] = ("server", "up", "flows", "run")

    def __init__(
        self,
        folder: Path,
        slack: Workspace,
        *,
        database_url: str,
        share: float,
        seed: int,
    ) -> None:
        self.home = with_prefect_database(folder / "home")
        self._random = random.Random(seed)
        self._server_port = free_port()
        port = free_port()
        self.proxy = FaultyProxy(self._server_port, share=share, seed=seed)
        self.endpoint = f"http://127.0.0.1:{port}/slack/events"
        self.more = {
            "LAUNCH_KITS_DATABASE_URL": database_url,
            "PREFECT_API_URL": f"http://127.0.0.1:{self.proxy.port}/api",
            "PREFECT_HOME": str(self.home / "prefect"),
            "LAUNCH_KITS_PORT": str(port),
            "LAUNCH_KITS_SWEEP_EVERY": "5",
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_BASE_URL": slack.url,
        }
        self.settings = Settings.read(environment(self.home, **self.more))
        self.store = Store(self.settings.database_url)
        self.store.upgrade()
        self.server: subprocess.Popen[bytes] | None = None
        self.up: subprocess.Popen[bytes] | None = None

    def stand(self) -> None:
        """Start every process that is gone, and wait until it answers."""
        if self.server is None or self.server.poll() is not None:
            self.server = self._start_server()
        eventually(self._server_answers, what="Prefect")
        while self.up is None or self.up.poll() is not None:
            self.settings.up_file.unlink(missing_ok=True)
            self.up = begin_up(self.home, **self.more)
            # a broken request may end its start; then it is started again, as a supervisor does
            with suppress(AssertionError):
                await_up(self.home, self.up)

    def _start_server(self) -> subprocess.Popen[bytes]:
        log = self.home.parent / "server.log"
        env = environment(
            self.home,
            PREFECT_HOME=str(self.home / "prefect"),
            PREFECT_SERVER_API_PORT=str(self._server_port),
            PREFECT_SERVER_ANALYTICS_ENABLED="false",
        )
        with log.open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "launch_kits.board.prefect_server"],
                env=env,
                stdout=output,
                stderr=output,
            )

    def _server_answers(self) -> bool:
        with suppress(httpx.HTTPError):
            url = f"http://127.0.0.1:{self._server_port}/api/health"
            return httpx.get(url, timeout=5, trust_env=False).status_code == 200
        return False

    def kill(self, kind: str) -> bool:
        """Kill a process of a kind; False if there is none at the moment."""
        found = self._processes(kind)
        if not found:
            return False
        with suppress(ProcessLookupError):
            os.kill(self._random.choice(found), signal.SIGKILL)
        for process in (self.server, self.up):
            if process and process.pid in found:
                process.wait()
        if kind == "flows" and self.up:
            # without them `up` ends by itself
            self.up.wait(timeout=PATIENCE)
        time.sleep(self._random.uniform(0, 3))
        return True

    def board(self) -> Board:
        """Prefect, past the proxy that breaks requests."""
        return Board(f"http://127.0.0.1:{self._server_port}/api", self.store)

    def sizes(self) -> tuple[float, float]:
        """The megabytes of the launch database, and of Prefect's."""
        prefect = (self.home / "prefect").glob("prefect.db*")
        return database_size(self.store), sum(
            each.stat().st_size for each in prefect
        ) / 1e6

    def runs(self) -> bool:
        """Whether a flow runs at the moment."""
        return bool(self._processes("run"))

    def _processes(self, kind: str) -> list[int]:
        if kind == "server":
            return [self.server.pid] if self.server else []
        if self.up is None:
            return []
        if kind == "up":
            return [self.up.pid]
        below = below_of(self.up.pid)
        runners = [pid for pid in below if RUNNER in command_of(pid)]
        if kind == "flows":
            return runners
        return [pid for each in runners for pid in below_of(each) if alive(pid)]

    def close(self) -> None:
        """End everything."""
        end([each for each in (self.up, self.server) if each])
        self.store.close()


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """End processes, one after the other, with all that they began."""
    below: list[int] = []
    for process in processes:
        if process.poll() is None:
            below += below_of(process.pid)
            process.terminate()
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:  # a worker without its API
                process.kill()
                process.wait()
    until = time.monotonic() + 10
    while any(map(alive, below)) and time.monotonic() < until:
        time.sleep(0.1)
    for pid in filter(alive, below):
        os.kill(pid, signal.SIGKILL)
