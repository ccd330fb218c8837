"""Where Prefect is: the environment says so, or an `up` that runs on the same home folder."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from launch_kits.board.password import read_password
from launch_kits.settings import Settings

__all__ = [
    "LOOPBACK",
    "WILDCARDS",
    "Up",
    "api_auth",
    "api_url",
    "reached",
    "read_up",
    "run_page",
    "write_up",
]

#: the names of this machine that no other machine can answer to, as they stand in a URL
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
#: addresses that mean every interface, with one under which this machine is reached then
WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  compared with, not bound to


@dataclass(frozen=True, slots=True)
class Up:
    """What a running `up` leaves in its home folder."""

    prefect_api_url: str
    prefect_ui_url: str
    pid: int
    #: HTTP
    port: int
    host: str = "127.0.0.1"
    #: whether its Prefect wants the password that is kept in the home folder
    auth: bool = False

    @property
    def alive(self) -> bool:
        """Whether it still runs.

        Its process lives and its port answers, so that a pid used again does not deceive.
        """
        try:
            os.kill(self.pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:
            pass
        try:
            socket.create_connection((reached(self.host), self.port), timeout=1).close()
        except OSError:
            return False
        return True


def api_url(settings: Settings) -> str | None:
    """The Prefect API to use, without a slash at its end; None where Prefect runs embedded."""
    if settings.prefect_api_url:
        return settings.prefect_api_url.rstrip("/")
    up = read_up(settings.up_file)
    return up.prefect_api_url if up else None


def api_auth(settings: Settings) -> str | None:
    """The password for that API, ``user:password``: kept by the `up` that serves it, else as the
    environment says.

    Raises SettingsError for a kept password that cannot be read.
    """
    up = read_up(settings.up_file)
    if up and up.auth and api_url(settings) == up.prefect_api_url:
        return read_password(settings.auth_file)
    return settings.prefect_auth


def reached(host: str) -> str:
    """The address under which this machine reaches a server that is bound to a host."""
    return WILDCARDS.get(host, host)


def run_page(settings: Settings, run_id: str) -> str | None:
    """The page of a flow run in Prefect's UI, or None where nobody knows where the UI is."""
    up = read_up(settings.up_file)
    ui = up.prefect_ui_url if up else os.environ.get("PREFECT_UI_URL")
    return f"{ui.rstrip('/')}/runs/flow-run/{run_id}" if ui else None


def read_up(path: Path) -> Up | None:
    """The `up` that left a file and still runs, or None.

    A file left by one that was killed says nothing.
    """
    try:
        up = Up(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return up if up.alive else None


def write_up(path: Path, up: Up) -> None:
    """Leave the file whole: who reads it never sees half of it."""
    draft = path.with_suffix(f".{up.pid}")
    draft.write_text(json.dumps(asdict(up)) + "\n", encoding="utf-8")
    draft.replace(path)
