"""Small files, read without waiting and within a bound."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

__all__ = [
    "MOST_OF_A_SECRET",
    "NotAFile",
    "TooLarge",
    "digest_of",
    "read_end",
    "read_file",
    "read_within",
]

#: larger files are no secrets and no notes of ours
MOST_OF_A_SECRET = 64 * 1024
_READING = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC


class NotAFile(Exception):
    """A path that leads to something else than a file; the text names it."""


class TooLarge(Exception):
    """A file that holds more than the reader wants."""


def read_file(path: Path, *, most: int = MOST_OF_A_SECRET) -> bytes:
    """The content of a regular file.

    Never waits, as one would at a pipe without a writer. The opened file is looked at, not only
    the one that the path named before. Raises NotAFile, TooLarge, OSError, ValueError.
    """
    _must_be_a_file(path.stat().st_mode)
    return _content(os.open(path, _READING), most=most)


def read_within(path: Path, folder: Path, *, most: int = MOST_OF_A_SECRET) -> bytes:
    """The content of a regular file that lies in a folder, links within it followed.

    The opened file is looked at: one that someone puts in its place between a check and the reading
    is not read if it lies elsewhere. Raises NotAFile, TooLarge, OSError, ValueError; ValueError
    also for a file outside.
    """
    _must_be_a_file(path.stat().st_mode)
    descriptor = os.open(path, _READING)
    try:
        _place_of(descriptor, path).relative_to(folder.resolve())
    except BaseException:
        os.close(descriptor)
        raise
    return _content(descriptor, most=most)


def _place_of(descriptor: int, path: Path) -> Path:
    """The place of an opened file; ``path`` is the one by which it was opened."""
    with suppress(OSError):
        return Path(f"/proc/self/fd/{descriptor}").readlink()
    # a system without this folder
    place = path.resolve()
    if not os.path.samestat(os.fstat(descriptor), place.lstat()):
        raise ValueError(f"{path} has changed; read it again")
    return place


def _content(descriptor: int, *, most: int) -> bytes:
    """The content of an opened file, which is closed."""
    with open(descriptor, "rb") as file:
        _must_be_a_file(os.fstat(descriptor).st_mode)
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLarge
    return content


def read_end(path: Path, *, most: int = MOST_OF_A_SECRET) -> bytes:
    """The last bytes of a regular file, however large it is.

    Never waits. Raises NotAFile, OSError, ValueError.
    """
    _must_be_a_file(path.stat().st_mode)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:  # noqa: PTH123  a descriptor, not a path
        status = os.fstat(descriptor)
        _must_be_a_file(status.st_mode)
        file.seek(max(0, status.st_size - most))
        return file.read(most)


def digest_of(path: Path) -> str:
    """The SHA-256 of a regular file, however large it is; raises NotAFile, OSError."""
    _must_be_a_file(path.stat().st_mode)
    descriptor = os.open(path, _READING)
    with open(descriptor, "rb") as file:  # noqa: PTH123  a descriptor, not a path
        _must_be_a_file(os.fstat(descriptor).st_mode)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _must_be_a_file(mode: int) -> None:
    kinds = {
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
    }
    if not stat.S_ISREG(mode):
        raise NotAFile(kinds.get(stat.S_IFMT(mode), "a device"))
