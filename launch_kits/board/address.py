"""The address of Prefect.

It comes from the environment, or from an `up` that runs on the same home folder.
"""

from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from launch_kits.board.password import read_password
from launch_kits.settings import Settings
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file

__all__ = [
    "LOOPBACK",
    "WILDCARDS",
    "Up",
    "api_auth",
    "api_url",
    "ended_up",
    "reached",
    "read_up",
    "run_page",
    "write_up",
]

#: the names of this machine that no other machine can answer to, as written in a URL
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
#: addresses that mean every interface, each with the address by which this machine is reached
WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  compared with, not bound to


@dataclass(frozen=True, slots=True)
class Up:
    """The file that a running `up` leaves in its home folder."""

    prefect_api_url: str
    prefect_ui_url: str
    pid: int
    #: the HTTP port
    port: int
    host: str = "127.0.0.1"
    #: whether its Prefect asks for the password in the home folder
    auth: bool = False

    @property
    def alive(self) -> bool:
        """Whether it still runs.

        Returns True only if its process lives and its port answers, because the system may give the
        same pid to another process.
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
    """The URL of the Prefect API.

    Returns it without a slash at its end, or None if Prefect runs embedded.
    """
    if settings.prefect_api_url:
        return settings.prefect_api_url.rstrip("/")
    up = read_up(settings.up_file)
    return up.prefect_api_url if up else None


def api_auth(settings: Settings) -> str | None:
    """The password of the Prefect API.

    Returns it as ``user:password``: from the home folder if its `up` serves the API, otherwise from
    the environment. Raises SettingsError if the file with the password cannot be read.
    """
    up = read_up(settings.up_file)
    if up and up.auth and api_url(settings) == up.prefect_api_url:
        return read_password(settings.auth_file)
    return settings.prefect_auth


def reached(host: str) -> str:
    """The address to reach a server that is bound to a host."""
    return WILDCARDS.get(host, host)


def run_page(settings: Settings, run_id: str) -> str | None:
    """The page of a flow run in Prefect's UI.

    Returns None if the address of the UI is unknown.
    """
    up = read_up(settings.up_file)
    ui = up.prefect_ui_url if up else os.environ.get("PREFECT_UI_URL")
    return f"{ui.rstrip('/')}/runs/flow-run/{run_id}" if ui else None


def read_up(path: Path) -> Up | None:
    """Read the file of a running `up`.

    Returns None if there is no such file, or if its `up` no longer runs.
    """
    found = _read(path)
    return found[0] if found and found[1] else None


def ended_up(path: Path) -> Up | None:
    """Read the file of an `up` that ended without stopping; None if there is no such file."""
    found = _read(path)
    return None if found is None or found[1] else found[0]


def _read(path: Path) -> tuple[Up, bool] | None:
    """The file of an `up`, and whether it still runs; None if no `up` wrote it."""
    try:
        up = Up(**json.loads(read_file(path)))
        alive = up.alive
    except (NotAFile, TooLarge, OSError, ValueError, TypeError, AttributeError):
        return None
    except (OverflowError, RecursionError):
        # a port or a depth that no `up` writes
        return None
    return up, alive


def write_up(path: Path, up: Up) -> None:
    """Write the file of an `up` in one step, so that no reader sees half of it."""
    draft = path.with_suffix(f".{up.pid}")
    draft.write_text(json.dumps(asdict(up)) + "\n", encoding="utf-8")
    draft.replace(path)
