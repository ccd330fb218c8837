"""The processes and the HTTP port of one `up`."""

from __future__ import annotations

import errno
import os
import select
import socket
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from starlette.routing import BaseRoute

from launch_kits.board.address import Up, write_up
from launch_kits.errors import PrefectError, SettingsError
from launch_kits.server.application import ErrorPage
from launch_kits.server.environment import for_flows, for_server, ui_of
from launch_kits.server.health import Health, answers
from launch_kits.server.http import Port
from launch_kits.server.processes import ORPHANED, ChildProcess
from launch_kits.server.slack_endpoint import SlackEndpoint
from launch_kits.settings import Settings
from launch_kits.settings.masking import masked

__all__ = ["FLOWS_STOP_WITHIN", "SERVER_STOP_WITHIN", "Supervisor"]

#: seconds in which Prefect's server must answer; in a new home folder it makes its database first
START_WITHIN = 300.0
#: seconds for running flows to finish; together with the server's less than ten
FLOWS_STOP_WITHIN = 5.0
#: seconds for the server to close
SERVER_STOP_WITHIN = 3.0
#: seconds between two looks
PAUSE = 0.25
#: seconds between two looks at the sizes of the logs
ROTATE_EVERY = 30.0


class Supervisor:
    """Starts, watches and ends the processes and the port of one `up`."""

    def __init__(
        self,
        settings: Settings,
        stopping: threading.Event,
        *,
        auth: bool,
        serve_flows: bool = True,
    ) -> None:
        self.settings = settings
        self._stopping = stopping
        self._wants_auth = auth
        self._serve_flows = serve_flows
        self._auth_kept = False
        self._server: ChildProcess | None = None
        self._flows: ChildProcess | None = None
        self._port: Port | None = None
        self._slack: SlackEndpoint | None = None
        self._health: Health | None = None
        self._ready: int | None = None
        self._served = False
        self._api_url = ""
        self._ui_url = ""

    def open(
        self, routes: Sequence[BaseRoute], *, error_page: ErrorPage | None = None
    ) -> None:
        """Take the ports and start the processes; raises SettingsError, PrefectError.

        The HTTP port answers from here on.
        """
        logs = self.settings.home / "logs"
        self._slack = SlackEndpoint(self.settings)
        checks = {"prefect": self._prefect_fault}
        if self._serve_flows:
            checks = {"flows": self._flows_fault, **checks}
        elif not self.settings.prefect_api_url:
            raise SettingsError(
                "--without-prefect leaves the flows to the workers of another server; "
                "set PREFECT_API_URL to its address"
            )
        self._health = Health(self.settings, checks)
        own = [*self._health.routes, *self._slack.routes, *routes]
        app = self._health.application(own, error_page=error_page)
        try:
            self._port = Port(self.settings.host, self.settings.port, app)
        except OSError as error:
            raise SettingsError(_cannot_listen(self.settings, error)) from None
        self._port.open()
        given = self.settings.prefect_api_url
        password = self._use_server() if given else self._open_server(logs)
        if self._serve_flows:
            self._open_flows(logs, password)

    def _open_flows(self, logs: Path, password: str | None) -> None:
        """Start the process that serves the flows."""
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
        """Wait until the flows are served, unless workers run them.

        Returns False if `up` was stopped before that. Raises PrefectError.
        """
        if not self._serve_flows:
            return True
        until = time.monotonic() + START_WITHIN
        with console.status("Prefect is starting …"):
            while not self._stopping.is_set():
                if self._flows_are_ready():
                    self._served = True
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
        rotate_at = time.monotonic()
        while not self._stopping.wait(PAUSE):
            self._must_live()
            if time.monotonic() >= rotate_at:
                rotate_at = time.monotonic() + ROTATE_EVERY
                self._rotate_logs()
        console.print("stopping …")

    def _rotate_logs(self) -> None:
        for child in (self._server, self._flows):
            if child:
                child.rotate_log(megabytes=self.settings.keep.logs)

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
        if self._health:
            self._health.close()
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
                said = child.last_words
                raise PrefectError(
                    f"{child.name} ended: {said}; all processes are stopped, "
                    f"{_remedy(said, self.settings)}see {child.log}"
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
            "Launch room": self.settings.url or f"http://{host}:{port}",
            "Health": f"http://{host}:{port} (/healthz, /readyz, /metrics)",
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

    def _flows_fault(self) -> str | None:
        """The reason why no flow can run, or None."""
        if self._flows is None or not self._served:
            return "the flows are not served yet"
        return None if self._flows.alive else "the process of the flows has ended"

    def _prefect_fault(self) -> str | None:
        """The reason why Prefect cannot be used, or None."""
        if self._api_url and answers(f"{self._api_url}/health"):
            return None
        return "Prefect does not answer"


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


def _remedy(said: str, settings: Settings) -> str:
    """The remedy for the last words of a process; empty if only its log can tell."""
    if "not a database" in said or "malformed" in said:
        return f"move the database in {settings.prefect_home} away (sweeps make the runs anew), "
    return "free some space, " if "is full" in said or "No space" in said else ""
