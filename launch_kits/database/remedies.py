"""The remedy for a fault that a database names."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import make_url

from launch_kits.settings.system_faults import ELSEWHERE, FULL

__all__ = ["remedy"]

#: bytes of free space below which SQLite's I/O errors are those of a full disk
LITTLE = 1_000_000


def remedy(reason: str, url: str) -> str:
    """The remedy for the reason that the driver of a database gives."""
    said = reason.casefold()
    if "locked" in said:
        return "another process holds it"
    if "is full" in said or "no space left" in said:
        return FULL
    if "disk i/o error" in said:
        return FULL if _is_full(url) else "check its disk"
    if "readonly" in said:
        return ELSEWHERE
    if "unable to open database file" in said:
        return f"check that its folder is there; {ELSEWHERE}"
    return "check LAUNCH_KITS_DATABASE_URL and that it runs"


def _is_full(url: str) -> bool:
    file = make_url(url).database
    try:
        return bool(file) and shutil.disk_usage(Path(str(file)).parent).free < LITTLE
    except OSError:
        return False
