"""The file that a command writes for the user, with `--out`."""

from __future__ import annotations

from pathlib import Path

from launch_kits.errors import Refused
from launch_kits.settings import Settings

__all__ = ["write_out"]


def write_out(path: Path, written: bytes, *, remedy: str) -> Path:
    """Write a whole file and its folder; returns its path.

    Raises Refused with a remedy, such as ``name another folder with --out``.
    """
    from launch_kits.settings.private_home import as_the_user
    from launch_kits.settings.whole_file import write_whole

    if path.exists() and not path.is_file():
        raise Refused(f"{path} is there and is not a file; move it away, or {remedy}")
    try:
        with as_the_user(path.parent, home=Settings.read().home):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, written)
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise Refused(f"{path}: {reason}; {remedy}") from None
    return path
