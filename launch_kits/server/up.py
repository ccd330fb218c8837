"""Everything on one machine.

Prefect's server and UI, the flows, and an HTTP port, until somebody stops it.
"""

from __future__ import annotations

import errno
import os
import select
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path

from rich.console import Console
from rich.table import Table

from launch_kits.board.address import Up, read_up, write_up
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError, PrefectError, SettingsError
from launch_kits.server.environment import for_flows, for_server, ui_of
from launch_kits.server.http import Handler, Port, Request, Response, as_json
from launch_kits.server.processes import ORPHANED, ChildProcess
from launch_kits.server.slack_endpoint import Answering
from launch_kits.settings import Settings
from launch_kits.settings.masking import masked

__all__ = ["up"]

#: seconds that Prefect's server may take to come up: the first time it makes its database
START_WITHIN = 120.0
#: seconds for a step to come to its end, then for the server to close; together less than ten
FLOWS_STOP_WITHIN, SERVER_STOP_WITHIN = 5.0, 3.0
#: seconds between two looks
PAUSE = 0.25


def up(
    settings: Settings,
    *,
    auth: bool = False,
    routes: Mapping[str, Handler] | None = None,
    console: Console | None = None,
) -> None:
    """Run everything until SIGTERM or Ctrl-C, and leave no process behind.

    Prefect's server is started unless PREFECT_API_URL names one; with ``auth`` it wants a password,
    which is kept in the home folder. ``routes`` are answered on the HTTP port beside ``/healthz``
    and ``/readyz``. Raises SettingsError for settings that cannot be used, SettingsError or
    PrefectError for a port that is taken, and PrefectError if another `up` runs on this home, or a
    process of ours dies.
    """
    console = console or Console()
    other = read_up(settings.up_file)
    if other:
        raise PrefectError(
            f"an `up` (process {other.pid}) runs on {settings.home} already; stop it, or set another LAUNCH_KITS_HOME"
        )
    settings.home.mkdir(parents=True, exist_ok=True)
    _check_database(settings)
    with ExitStack() as stack:
        stopping = stack.enter_context(_told_to_stop())
        supervisor = Supervisor(settings, stopping, auth=auth)
        stack.callback(supervisor.close)
        supervisor.open({**(routes or {})})
        if supervisor.wait_until_ready(console):
            supervisor.serve(console)


class Supervisor:
    """The processes and the port of one `up`."""

    def __init__(
        self, settings: Settings, stopping: threading.Event, *, auth: bool
    ) -> None:
        self.settings = settings
        self._stopping = stopping
        self._wants_auth = auth
        self._auth_kept = False
        self._server: ChildProcess | None = None
        self._flows: ChildProcess | None = None
        self._port: Port | None = None
        self._answering: Answering | None = None
        self._ready: int | None = None
        self._api_url = ""
        self._ui_url = ""

    def open(self, routes: dict[str, Handler]) -> None:
        """Take the ports and start the processes; raises SettingsError, PrefectError."""
        logs = self.settings.home / "logs"
        self._answering = Answering(self.settings)
        own = {"/healthz": _healthz, "/readyz": self._readyz, **self._answering.routes}
        try:
            self._port = Port(self.settings.host, self.settings.port, {**own, **routes})
        except OSError as error:
            raise SettingsError(_cannot_listen(self.settings, error)) from None
        password = (
            self._open_server(logs)
            if not self.settings.prefect_api_url
            else self._use_server()
        )
        self._ready, told = os.pipe()
        env = for_flows(self.settings, api_url=self._api_url, auth=password, ready=told)
        command = [sys.executable, "-m", "launch_kits.server.runner"]
        self._flows = ChildProcess(
            "the process that serves the flows",
            command,
            env=env,
            log=logs / "flows.log",
            pass_fds=[told],
            when_orphaned=ORPHANED,
        )
        os.close(told)

    def _open_server(self, logs: Path) -> str | None:
        """Start Prefect's server; gives its password."""
        env, place = for_server(self.settings, auth=self._wants_auth)
        _must_be_free(place.host, place.port)
        self._api_url, self._ui_url, self._auth_kept = (
            place.api_url,
            place.ui_url,
            place.auth_kept,
        )
        command = [sys.executable, "-m", "launch_kits.board.prefect_server"]
        self._server = ChildProcess(
            "Prefect's server", command, env=env, log=logs / "prefect-server.log"
        )
        return place.auth

    def _use_server(self) -> str | None:
        """Take the server that PREFECT_API_URL names; gives its password."""
        if self._wants_auth:
            raise SettingsError(
                "--auth makes a password for the server that `up` starts, and PREFECT_API_URL names another; "
                "set PREFECT_API_AUTH_STRING to that server's, or unset PREFECT_API_URL"
            )
        self._api_url = str(self.settings.prefect_api_url).rstrip("/")
        self._ui_url = ui_of(self._api_url)
        return self.settings.prefect_auth

    def wait_until_ready(self, console: Console) -> bool:
        """Wait until the flows are served.

        False where somebody stopped it before. Raises PrefectError.
        """
        until = time.monotonic() + START_WITHIN
        with console.status("Prefect is coming up …"):
            while not self._stopping.is_set():
                if self._told_ready():
                    return True
                self._must_live()
                if time.monotonic() > until:
                    raise PrefectError(
                        f"Prefect at {self._api_url} did not come up within {START_WITHIN:.0f} s; "
                        f"see {self.settings.home / 'logs'}"
                    )
        return False

    def serve(self, console: Console) -> None:
        """Say where everything is, and watch until somebody stops it.

        Raises PrefectError when a process dies.
        """
        if self._port is None or self._answering is None:
            return
        self._port.open()
        here = Up(
            self._api_url,
            self._ui_url,
            os.getpid(),
            self._port.number,
            host=self.settings.host,
            auth=self._auth_kept,
        )
        write_up(self.settings.up_file, here)
        self._answering.open()
        console.print(self._places())
        while not self._stopping.wait(PAUSE):
            self._must_live()
        console.print("stopping …")

    def close(self) -> None:
        """End everything, within ten seconds."""
        self.settings.up_file.unlink(missing_ok=True)
        if self._flows:
            self._flows.stop(within=FLOWS_STOP_WITHIN)
        if self._server:
            self._server.stop(within=SERVER_STOP_WITHIN)
        if self._port:
            self._port.close()
        if self._answering:
            self._answering.close()
        if self._ready is not None:
            os.close(self._ready)

    def _told_ready(self) -> bool:
        """Whether the flows are served, after a short wait for it."""
        if self._ready is None:
            return False
        readable, _, _ = select.select([self._ready], [], [], PAUSE)
        return bool(readable and os.read(self._ready, 1))

    def _must_live(self) -> None:
        for child in (self._server, self._flows):
            if child and not child.alive:
                raise PrefectError(
                    f"{child.name} ended: {child.last_words}; everything is stopped, see {child.log}"
                )

    def _places(self) -> Table:
        table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
        host = (
            f"[{self.settings.host}]"
            if ":" in self.settings.host
            else self.settings.host
        )
        login = (
            {"Login": f"the line in {self.settings.auth_file}"}
            if self._auth_kept
            else {}
        )
        rows = {
            "Prefect UI": masked(self._ui_url),
            **login,
            "Prefect API": masked(self._api_url),
            "HTTP": f"http://{host}:{self._port.number if self._port else 0} (/healthz, /readyz)",
            "Slack": self._answering.place if self._answering else "",
            "Home": str(self.settings.home),
            "Logs": str(self.settings.home / "logs"),
            "Start a launch": 'launch-kits start BRIEF, or "Run" on the deployment launch in the UI',
            "Stop": "Ctrl-C",
        }
        for name, value in rows.items():
            table.add_row(f"[bold]{name}[/bold]", value)
        return table

    def _readyz(self, _: Request) -> Response:
        """Whether work is picked up now.

        Our processes live, and Prefect and the database answer.
        """
        checks = {
            "flows": self._flows is not None and self._flows.alive,
            "prefect": _answers(f"{self._api_url}/health"),
            "database": _holds(lambda: _check_database(self.settings)),
        }
        ready = all(checks.values())
        return as_json(
            {"ready": ready, **checks},
            status=HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE,
        )


def _healthz(_: Request) -> Response:
    return as_json({"status": "ok"})


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  Prefect's own address
            return bool(answer.status == HTTPStatus.OK)
    except urllib.error.HTTPError as error:
        # It wants credentials, but it is there.
        return error.code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    except (OSError, ValueError):
        return False


def _holds(check: Callable[[], None]) -> bool:
    try:
        check()
    except LaunchKitsError:
        return False
    return True


def _check_database(settings: Settings) -> None:
    """Raise DatabaseError where the database is away or behind; a new one on SQLite is made."""
    store = Store(settings.database_url)
    try:
        with store.read():
            return
    finally:
        store.close()


def _cannot_listen(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {settings.port} is taken; free it, or set LAUNCH_KITS_PORT to another (0: any free one)"
    return (
        f"nothing can listen on {settings.host}, port {settings.port} ({error.strerror}); "
        "correct LAUNCH_KITS_HOST and LAUNCH_KITS_PORT"
    )


def _must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PrefectError(
                f"port {port} is taken, and Prefect's server wants it; set PREFECT_SERVER_API_PORT to another, "
                "or PREFECT_API_URL to the server that is there"
            ) from None


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """An event that SIGTERM and Ctrl-C set, in place of their usual effect."""
    stopping = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stopping.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
