"""The processes and the HTTP port of one `up`."""

from __future__ import annotations

import errno
import os
import select
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from rich.console import Console
from rich.table import Table

from launch_kits.board.address import Up, write_up
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError, PrefectError, SettingsError
from launch_kits.server.environment import for_flows, for_server, ui_of
from launch_kits.server.http import Handler, Port, Request, Response, as_json
from launch_kits.server.processes import ORPHANED, ChildProcess
from launch_kits.server.slack_endpoint import SlackEndpoint
from launch_kits.settings import Settings
from launch_kits.settings.masking import masked

__all__ = ["FLOWS_STOP_WITHIN", "SERVER_STOP_WITHIN", "Supervisor", "check_database"]

#: seconds in which Prefect's server must answer; in a new home folder it makes its database first
START_WITHIN = 120.0
#: seconds for running flows to finish; together with the server's less than ten
FLOWS_STOP_WITHIN = 5.0
#: seconds for the server to close
SERVER_STOP_WITHIN = 3.0
#: seconds between two looks
PAUSE = 0.25


class Supervisor:
    """Starts, watches and ends the processes and the port of one `up`."""

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
        self._slack: SlackEndpoint | None = None
        self._ready: int | None = None
        self._api_url = ""
        self._ui_url = ""

    def open(self, routes: dict[str, Handler]) -> None:
        """Take the ports and start the processes; raises SettingsError, PrefectError."""
        logs = self.settings.home / "logs"
        self._slack = SlackEndpoint(self.settings)
        own = {"/healthz": _healthz, "/readyz": self._readyz, **self._slack.routes}
        try:
            self._port = Port(self.settings.host, self.settings.port, {**own, **routes})
        except OSError as error:
            raise SettingsError(_cannot_listen(self.settings, error)) from None
        given = self.settings.prefect_api_url
        password = self._use_server() if given else self._open_server(logs)
        self._ready, ready = os.pipe()
        env = for_flows(
            self.settings, api_url=self._api_url, auth=password, ready=ready
        )
        command = [sys.executable, "-m", "launch_kits.server.runner"]
        self._flows = ChildProcess(
            "the process that serves the flows",
            command,
            env=env,
            log=logs / "flows.log",
            pass_fds=[ready],
            when_orphaned=ORPHANED,
        )
        os.close(ready)

    def _open_server(self, logs: Path) -> str | None:
        """Start Prefect's server; returns its password."""
        env, address = for_server(self.settings, auth=self._wants_auth)
        _must_be_free(address.host, address.port)
        self._api_url = address.api_url
        self._ui_url = address.ui_url
        self._auth_kept = address.auth_kept
        command = [sys.executable, "-m", "launch_kits.board.prefect_server"]
        self._server = ChildProcess(
            "Prefect's server", command, env=env, log=logs / "prefect-server.log"
        )
        return address.auth

    def _use_server(self) -> str | None:
        """Use the server that PREFECT_API_URL names; returns its password."""
        if self._wants_auth:
            raise SettingsError(
                "--auth makes a password for the server that `up` starts, "
                "but PREFECT_API_URL names another server; "
                "set PREFECT_API_AUTH_STRING to its password, or unset PREFECT_API_URL"
            )
        self._api_url = str(self.settings.prefect_api_url).rstrip("/")
        self._ui_url = ui_of(self._api_url)
        return self.settings.prefect_auth

    def wait_until_ready(self, console: Console) -> bool:
        """Wait until the flows are served.

        Returns False if `up` was stopped before that. Raises PrefectError.
        """
        until = time.monotonic() + START_WITHIN
        with console.status("Prefect is starting …"):
            while not self._stopping.is_set():
                if self._flows_are_ready():
                    return True
                self._must_live()
                if time.monotonic() > until:
                    raise PrefectError(
                        f"Prefect at {self._api_url} did not start within {START_WITHIN:.0f} s; "
                        f"see {self.settings.home / 'logs'}"
                    )
        return False

    def serve(self, console: Console) -> None:
        """Print the addresses, and watch the processes until `up` is stopped.

        Raises PrefectError if a process dies.
        """
        if self._port is None or self._slack is None:
            return
        self._port.open()
        running = Up(
            self._api_url,
            self._ui_url,
            os.getpid(),
            self._port.number,
            host=self.settings.host,
            auth=self._auth_kept,
        )
        write_up(self.settings.up_file, running)
        self._slack.open()
        console.print(self._addresses())
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
        if self._slack:
            self._slack.close()
        if self._ready is not None:
            os.close(self._ready)

    def _flows_are_ready(self) -> bool:
        """Whether the flows are served; waits for a moment."""
        if self._ready is None:
            return False
        readable, _, _ = select.select([self._ready], [], [], PAUSE)
        return bool(readable and os.read(self._ready, 1))

    def _must_live(self) -> None:
        for child in (self._server, self._flows):
            if child and not child.alive:
                raise PrefectError(
                    f"{child.name} ended: {child.last_words}; "
                    f"all processes are stopped, see {child.log}"
                )

    def _addresses(self) -> Table:
        table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
        host = self.settings.host
        if ":" in host:
            host = f"[{host}]"
        login: dict[str, str] = {}
        if self._auth_kept:
            login["Login"] = f"the line in {self.settings.auth_file}"
        port = self._port.number if self._port else 0
        rows = {
            "Prefect UI": masked(self._ui_url),
            **login,
            "Prefect API": masked(self._api_url),
            "HTTP": f"http://{host}:{port} (/healthz, /readyz)",
            "Slack": self._slack.place if self._slack else "",
            "Home": str(self.settings.home),
            "Logs": str(self.settings.home / "logs"),
            "Start a launch": (
                'launch-kits start BRIEF, or "Run" on the deployment launch in the UI'
            ),
            "Stop": "Ctrl-C",
        }
        for name, value in rows.items():
            table.add_row(f"[bold]{name}[/bold]", value)
        return table

    def _readyz(self, _: Request) -> Response:
        """Answer whether `up` is ready to work.

        It is if its processes run, and Prefect and the database answer.
        """
        checks = {
            "flows": self._flows is not None and self._flows.alive,
            "prefect": _answers(f"{self._api_url}/health"),
            "database": _succeeds(lambda: check_database(self.settings)),
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
        # It asks for a password, so it is running.
        return error.code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    except (OSError, ValueError):
        return False


def _succeeds(check: Callable[[], None]) -> bool:
    try:
        check()
    except LaunchKitsError:
        return False
    return True


def check_database(settings: Settings) -> None:
    """Raise DatabaseError if the database cannot be reached or needs a migration.

    A missing SQLite database is created.
    """
    store = Store(settings.database_url)
    try:
        with store.read():
            return
    finally:
        store.close()


def _cannot_listen(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {settings.port} is taken; "
            "free it, or set LAUNCH_KITS_PORT to another port (0 for any free port)"
        )
    return (
        f"cannot listen on {settings.host}, port {settings.port} ({error.strerror}); "
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
                f"port {port} is taken, but Prefect's server needs it; "
                "set PREFECT_SERVER_API_PORT to another port, "
                "or PREFECT_API_URL to the server on this port"
            ) from None
