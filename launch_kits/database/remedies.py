"""The faults that a database names, each with its remedy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from launch_kits.errors import DatabaseError
from launch_kits.settings.masking import hidden_in, masked
from launch_kits.settings.system_faults import ELSEWHERE, FULL

__all__ = ["instead_of", "named_faults", "remedy"]

#: bytes of free space below which SQLite's I/O errors are those of a full disk
LITTLE = 1_000_000


@contextmanager
def named_faults(url: str) -> Iterator[None]:
    """Name the database in an error, if it cannot be reached or locked."""
    place = masked(url)
    try:
        yield
    except OperationalError as error:
        reason = _reason(error, url)
        said = f"database {place}: {reason}; {remedy(reason, url)}"
        raise DatabaseError(said) from error
    except DBAPIError as error:
        if "malformed" in str(error.orig) or "not a database" in str(error.orig):
            raise DatabaseError(
                f"database {place}: {_reason(error, url)}; restore it, or move the file away"
            ) from error
        if error.statement is None and isinstance(error, ProgrammingError):
            # Not a statement but the connection was refused: the URL has an option that the driver
            # does not know.
            raise DatabaseError(
                f"database {place}: {_reason(error, url)}; check LAUNCH_KITS_DATABASE_URL"
            ) from error
        raise


def instead_of(backend: str) -> str:
    """The remedy for the address of a database of another kind than ours."""
    if backend == "postgres":
        return "write postgresql+psycopg:// in place of postgres://"
    return "SQLite and PostgreSQL are supported"


def remedy(reason: str, url: str) -> str:
    """The remedy for the reason that the driver of a database gives."""
    said = reason.casefold()
    if "locked" in said:
        return "close the other process, then try again"
    if "is full" in said or "no space left" in said:
        return FULL
    if "disk i/o error" in said:
        return FULL if _is_full(url) else "check its disk"
    if "readonly" in said:
        return ELSEWHERE
    if "unable to open database file" in said:
        shut = "its folder cannot be written, or its disk is read-only"
        return f"{shut if _is_shut(url) else 'check that its folder is there'}; {ELSEWHERE}"
    return "check LAUNCH_KITS_DATABASE_URL and that the server is running"


def _is_full(url: str) -> bool:
    file = make_url(url).database
    try:
        return bool(file) and shutil.disk_usage(Path(str(file)).parent).free < LITTLE
    except OSError:
        return False


def _is_shut(url: str) -> bool:
    """Whether the folder of a SQLite file is there, but this user cannot write in it."""
    file = make_url(url).database
    folder = Path(str(file)).parent
    return bool(file) and folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK)


def _reason(error: DBAPIError, url: str) -> str:
    """What the driver says, which may quote the URL."""
    return hidden_in(" ".join(str(error.orig).split()), url=url)
