"""A home is private: whatever is written into it, only its owner can read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from launch_kits.errors import Refused

__all__ = ["as_the_user", "keep_private", "tighten"]

#: the umask under which every process of ours writes: nothing for the group, nothing for others
PRIVATE = 0o077
#: the beginnings of the names in a home
OURS = ("backups", "documents", "launch-kits.", "logs", "prefect", "up.")

#: the umask that the user gave the process, for files that they ask for elsewhere
_given: list[int] = []


def keep_private() -> None:
    """Let only this user read files written from now on.

    Holds for this process and those that it starts.
    """
    before = os.umask(PRIVATE)
    if before != PRIVATE:
        _given[:] = [before]


@contextmanager
def as_the_user(folder: Path, *, home: Path) -> Iterator[None]:
    """Write into a folder that the user named, readable by those they let.

    In the home it stays private.
    """
    try:
        inside = folder.resolve().is_relative_to(home.resolve())
    except RuntimeError:
        raise Refused(
            f"{folder}: its links lead back to itself; name another folder"
        ) from None
    if not _given or inside:
        yield
        return
    os.umask(_given[0])
    try:
        yield
    finally:
        os.umask(PRIVATE)


def tighten(home: Path) -> bool:
    """Make an existing home private if others could see into it.

    Of a folder that holds other things as well, such as a whole project, only the parts of a
    home are changed. No link is followed, and files of another user stay as they are. Returns
    whether anything was changed.
    """
    try:
        entries = list(os.scandir(home))
    except OSError:
        return False
    own = [Path(entry) for entry in entries if entry.name.startswith(OURS)]
    loose = [path for path in own if _is_open(path)]
    shared = len(own) < len(entries) or home.stat().st_mode & stat.S_ISVTX
    changed = not shared and _close(home)
    for path in loose:
        changed |= _close(path)
    for folder in (
        path for path in own if loose and path.is_dir() and not path.is_symlink()
    ):
        for root, folders, files in os.walk(folder):
            for name in (*folders, *files):
                changed |= _close(Path(root, name))
    return changed


def _is_open(path: Path) -> bool:
    with suppress(OSError):
        mode = path.lstat().st_mode
        return not stat.S_ISLNK(mode) and bool(mode & PRIVATE)
    return False


def _close(path: Path) -> bool:
    """Take the rights of the group and of others from a file or folder.

    False if they have none, or for a link.
    """
    if not _is_open(path):
        return False
    with suppress(OSError):
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~PRIVATE)
        return True
    return False
