"""A house as in `deploy/compose.yaml`, as processes.

Two API servers of Prefect behind one address, its services apart, Redis, PostgreSQL, two workers,
and the launch room with Slack's endpoint.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psycopg
from sqlalchemy import create_engine, make_url, text

from launch_kits.database.store import Store
from launch_kits.settings import Settings
from tests.served import (
    PATIENCE,
    alive,
    below_of,
    command_of,
    environment,
    eventually,
    free_port,
)
from tests.slack.stand_in import TOKEN
from tests.slack.workspace import SECRET, Workspace
from tests.soak.house import Board, House, database_size, end
from tests.soak.proxy import FaultyProxy

ROOT = Path(__file__).parents[2]
PREFECT = (sys.executable, "-m", "prefect")
#: seconds between two sweeps; each of them is a flow run with a process
SWEEP_EVERY = 60
APIS = ("api-1", "api-2")
WORKERS = ("worker-1", "worker-2")
#: kind of process to kill → its processes
KILLED = {
    "api": APIS,
    "services": ("services",),
    "worker": WORKERS,
    "room": ("room",),
    "redis": ("redis",),
}


@contextmanager
def packaged_postgresql() -> Iterator[str]:
    """A PostgreSQL of the system's package: Prefect needs its extension pg_trgm.

    Its server refuses to run as root, so it runs as the package's own user then.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        raise SystemExit("PostgreSQL is missing; install its package")
    user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    port = free_port()
    if user:
        shutil.chown(folder, **user)
    data = str(folder / "data")
    made = [str(found[-1] / "initdb"), "-D", data, "-U", "launch_kits", "-A", "trust"]
    subprocess.run(made, check=True, capture_output=True, cwd=folder, **user)
    options = {"port": port, "unix_socket_directories": folder, "max_connections": 300}
    options |= {"fsync": "off", "listen_addresses": "127.0.0.1"}
    words = [word for item in options.items() for word in ("-c", "{}={}".format(*item))]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [str(found[-1] / "postgres"), "-D", data, *words],
            stdout=log,
            stderr=log,
            cwd=folder,
            **user,
        )
    try:
        eventually(lambda: _accepts(port), what="PostgreSQL")
        yield f"postgresql+psycopg://launch_kits@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=PATIENCE)
        shutil.rmtree(folder)


def _accepts(port: int) -> bool:
    with suppress(psycopg.OperationalError):
        psycopg.connect(
            f"host=127.0.0.1 port={port} user=launch_kits dbname=postgres"
        ).close()
        return True
    return False


class Cluster(House):
    """The processes, each started again whenever it is gone."""

    kinds = (*KILLED, "run")

    def __init__(
        self,
        folder: Path,
        slack: Workspace,
        *,
        database_url: str,
        share: float,
        seed: int,
    ) -> None:
        for needed in ("redis-server", "nginx"):
            if shutil.which(needed) is None:
                raise SystemExit(f"{needed} is missing; install its package")
        self.home = folder / "home"
        self.home.mkdir(0o700)
        self._folder = folder
        self._random = random.Random(seed)
        self._ports = {name: free_port() for name in (*APIS, "redis", "nginx", "room")}
        self.proxy = FaultyProxy(self._ports["nginx"], share=share, seed=seed)
        self.endpoint = f"http://127.0.0.1:{self._ports['room']}/slack/events"
        self._prefect_url = _new_database(database_url, "prefect")
        self._env = environment(
            self.home,
            LAUNCH_KITS_DATABASE_URL=database_url,
            LAUNCH_KITS_PORT=str(self._ports["room"]),
            LAUNCH_KITS_SWEEP_EVERY=str(SWEEP_EVERY),
            PREFECT_API_URL=f"http://127.0.0.1:{self.proxy.port}/api",
            PREFECT_HOME=str(folder / "prefect"),
            PREFECT_WORKER_QUERY_SECONDS="2",
            SLACK_BOT_TOKEN=TOKEN,
            SLACK_SIGNING_SECRET=SECRET,
            SLACK_BASE_URL=slack.url,
        )
        self._server_env = environment(self.home, **self._of_servers())
        self.settings = Settings.read(self._env)
        self.store = Store(self.settings.database_url)
        self.store.upgrade()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._deployed = False
        self._nginx_conf = self._write_nginx()

    def _of_servers(self) -> Mapping[str, str]:
        """The settings of the compose file, with the addresses of these processes."""
        compose = (ROOT / "deploy/compose.yaml").read_text(encoding="utf-8")
        part = compose.partition("x-server-environment:")[2].partition("\n\n")[0]
        given = dict(
            re.findall(r'^  (PREFECT_\w+): "?([^"\n]+)"?$', part, re.MULTILINE)
        )
        redis = f"redis://127.0.0.1:{self._ports['redis']}/0"
        files = {
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": self._prefect_url,
            "PREFECT_REDIS_MESSAGING_URL": redis,
            "PREFECT_SERVER_DOCKET_URL": redis,
        }
        for name in (*files, "PREFECT_SERVER_API_AUTH_STRING"):
            assert given.pop(f"{name}_FILE").startswith("/run/secrets/")
        # its tokens are between a browser and the server, and are tested elsewhere
        given["PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED"] = "false"
        return {**given, **files, "PREFECT_HOME": str(self._folder / "prefect")}

    def _write_nginx(self) -> Path:
        """The part of deploy/nginx.conf for the API servers, with the ports of these processes."""
        conf = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
        conf = conf[: conf.index("    upstream room {")] + "}\n"
        for name in APIS:
            conf = conf.replace(
                f"prefect-{name}:4200", f"127.0.0.1:{self._ports[name]}"
            )
        conf = conf.replace("listen 4200;", f"listen 127.0.0.1:{self._ports['nginx']};")
        conf = conf.replace("/tmp/", f"{self._folder}/")
        if os.geteuid() == 0:
            # its workers, which keep large requests in this private folder
            conf = f"user root;\n{conf}"
        path = self._folder / "nginx.conf"
        path.write_text(conf, encoding="utf-8")
        return path

    # -- processes

    def stand(self) -> None:
        """Start every process that is gone, and wait until all answer."""
        self._start("redis", "redis-server", *self._redis_options(), env=os.environ)
        if not self._deployed:
            self._run(
                *PREFECT, "server", "database", "upgrade", "-y", env=self._server_env
            )
        conf = ("-c", str(self._nginx_conf), "-g", "daemon off;")
        self._start("nginx", "nginx", *conf, env=os.environ)
        eventually(self._apis_stand, what="Prefect")
        services = (*PREFECT, "server", "services", "start")
        self._start("services", *services, env=self._server_env)
        if not self._deployed:
            self._deploy()
        for name in WORKERS:
            pool = ("--pool", "process", "--type", "process", "--name", name)
            self._start(name, *PREFECT, "worker", "start", *pool, env=self._env)
        eventually(self._room_stands, what="the room")

    def _apis_stand(self) -> bool:
        """Start API servers that are gone; whether both answer, and their common address."""
        for name in APIS:
            port = ("--port", str(self._ports[name]))
            words = (*PREFECT, "server", "start", "--no-services", *port)
            env = dict(self._server_env)
            if name != APIS[0]:
                env["PREFECT_SERVER_REGISTER_BLOCKS_ON_START"] = "false"
            self._start(name, *words, env=env)
        return all(_healthy(self._ports[name]) for name in (*APIS, "nginx"))

    def _room_stands(self) -> bool:
        """Start the room if it is gone; whether it answers."""
        up = ("-c", "from launch_kits.cli import main; main()", "up")
        words = (sys.executable, *up, "--without-prefect")
        self._start("room", *words, env=self._env)
        return _healthy(self._ports["room"], "healthz")

    def _redis_options(self) -> tuple[str, ...]:
        port = str(self._ports["redis"])
        return ("--port", port, "--appendonly", "yes", "--dir", str(self._folder))

    def _deploy(self) -> None:
        written = (ROOT / "prefect.yaml").read_text(encoding="utf-8")
        file = self._folder / "prefect.yaml"
        file.write_text(written.replace("interval: 300 ", f"interval: {SWEEP_EVERY} "))
        direct = {**self._env, "PREFECT_API_URL": self._api}
        pool = ("work-pool", "create", "process", "--type", "process", "--overwrite")
        self._run(*PREFECT, *pool, env=direct)
        self._run(
            *(*PREFECT, "--no-prompt", "deploy", "--all", "--prefect-file", str(file)),
            env=direct,
        )
        self._deployed = True

    @property
    def _api(self) -> str:
        return f"http://127.0.0.1:{self._ports['nginx']}/api"

    def _start(self, name: str, *command: str, env: Mapping[str, str]) -> None:
        running = self._processes.get(name)
        if running and running.poll() is None:
            return
        with (self._folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=dict(env), stdout=log, stderr=log
            )

    def _run(self, *command: str, env: Mapping[str, str]) -> None:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=dict(env),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def kill(self, kind: str) -> bool:
        """Kill a process of a kind; False if there is none at the moment."""
        if kind == "run":
            found = self._runs()
            if found:
                with suppress(ProcessLookupError):
                    os.kill(self._random.choice(found), signal.SIGKILL)
            return bool(found)
        process = self._processes[self._random.choice(KILLED[kind])]
        process.kill()
        process.wait(timeout=PATIENCE)
        return True

    def runs(self) -> bool:
        """Whether a flow runs at the moment."""
        return bool(self._runs())

    def _runs(self) -> list[int]:
        """The processes of flows; a killed worker leaves its own to init."""
        below = below_of(os.getpid())
        return [
            pid
            for pid in below
            if b"prefect.engine" in b" ".join(command_of(pid)) and alive(pid)
        ]

    def board(self) -> Board:
        """Prefect, past the proxy that breaks requests."""
        return Board(self._api, self.store)

    def sizes(self) -> tuple[float, float]:
        """The megabytes of the launch database, and of Prefect's."""
        engine = create_engine(self._prefect_url.replace("asyncpg", "psycopg"))
        with engine.connect() as connection:
            size = text("SELECT pg_database_size(current_database())")
            prefects = connection.execute(size).scalar_one()
        engine.dispose()
        return database_size(self.store), float(prefects) / 1e6

    def close(self) -> None:
        """End everything."""
        order = ("room", *WORKERS, "services", "nginx", *APIS, "redis")
        end([self._processes[name] for name in order if name in self._processes])
        self.store.close()


def _new_database(url: str, name: str) -> str:
    """Create another database on the same PostgreSQL; its URL for Prefect."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    made = make_url(url).set(drivername="postgresql+asyncpg", database=name)
    return made.render_as_string(hide_password=False)


def _healthy(port: int, path: str = "api/health") -> bool:
    with suppress(httpx.HTTPError):
        found = httpx.get(f"http://127.0.0.1:{port}/{path}", timeout=5, trust_env=False)
        return found.status_code == httpx.codes.OK
    return False
