"""Where Prefect is: the environment says so, or an `up` that runs on the same home folder."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from launch_kits.settings import Settings

__all__ = ["Up", "api_url", "read_up", "run_page", "write_up"]


@dataclass(frozen=True, slots=True)
class Up:
    """What a running `up` leaves in its home folder."""

    prefect_api_url: str
    prefect_ui_url: str
    pid: int
    #: HTTP on loopback
    port: int

    @property
    def alive(self) -> bool:
        """Whether it still runs: its process lives and its port answers, so that a pid used again does not deceive."""
        try:
            os.kill(self.pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:
            pass
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


def api_url(settings: Settings) -> str | None:
    """The Prefect API to use, without a slash at its end; None where Prefect runs embedded."""
    if settings.prefect_api_url:
        return settings.prefect_api_url.rstrip("/")
    up = read_up(settings.up_file)
    return up.prefect_api_url if up else None


def run_page(settings: Settings, run_id: str) -> str | None:
    """The page of a flow run in Prefect's UI, or None where nobody knows where the UI is."""
    up = read_up(settings.up_file)
    ui = up.prefect_ui_url if up else os.environ.get("PREFECT_UI_URL")
    return f"{ui.rstrip('/')}/runs/flow-run/{run_id}" if ui else None


def read_up(path: Path) -> Up | None:
    """The `up` that left a file and still runs, or None; a file left by one that was killed says nothing."""
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
