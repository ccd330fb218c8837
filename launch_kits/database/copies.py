"""Copies of a database while it is used, and databases made from copies."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from launch_kits.database.store import Store
from launch_kits.errors import DatabaseError, Refused

__all__ = ["SQLITE", "copy_name", "copy_out", "fault_of", "fill"]

#: the names of copies
SQLITE = "launch-kits.db"
POSTGRESQL = "launch-kits.dump"
#: SQLite's word for a file that it cannot read; another reason, such as a full disk, is no damage
UNREADABLE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def copy_name(store: Store) -> str:
    """The name of a copy, by which its kind is known."""
    return SQLITE if store.sqlite else POSTGRESQL


def copy_out(store: Store, folder: Path) -> Path:
    """Copy a database as it is at one instant; returns the file. Raises DatabaseError."""
    target = folder / copy_name(store)
    if store.sqlite:
        _copy_sqlite(_file(store), target)
    else:
        _run("pg_dump", store, "--format=custom", "--no-owner", f"--file={target}")
    return target


def fault_of(copy: Path) -> str | None:
    """The damage of a copy; None if it is whole."""
    if copy.name != SQLITE:
        return _fault_of_dump(copy)
    try:
        with closing(_open_copy(copy)) as opened:
            found = opened.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else str(found)


def _fault_of_dump(copy: Path) -> str | None:
    try:
        said = subprocess.run(  # noqa: S603
            ["pg_restore", "--list", str(copy)],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return "pg_restore is not installed"
    return " ".join(said.stderr.split()) if said.returncode else None


def fill(store: Store, copy: Path, *, aside: str) -> Path | None:
    """Make a database from a copy.

    A SQLite file that is there is renamed with the ending ``aside`` and returned; a PostgreSQL
    must be empty. Raises Refused, DatabaseError.
    """
    if (copy.name == SQLITE) != store.sqlite:
        raise Refused(
            f"{copy} is a copy of another kind of database; set LAUNCH_KITS_DATABASE_URL "
            f"to one of {'SQLite' if copy.name == SQLITE else 'PostgreSQL'}"
        )
    if not store.sqlite:
        if store.revision() is not None:
            raise Refused(
                "the PostgreSQL database is not empty; create an empty one and name it in "
                "LAUNCH_KITS_DATABASE_URL"
            )
        _run("pg_restore", store, "--no-owner", "--single-transaction", str(copy))
        return None
    target = _file(store)
    draft = target.with_name(f"{target.name}.draft")
    draft.unlink(missing_ok=True)
    try:
        _copy_sqlite(copy, draft, open_source=_open_copy)
        moved = _put_aside(target, aside) if target.exists() else None
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return moved


def _put_aside(target: Path, aside: str) -> Path:
    """Keep a SQLite file under another name; returns it.

    Afterwards no log is beside the old name, which would be taken for that of the next file. What
    SQLite cannot read is kept as it is, with its log. Raises DatabaseError.
    """
    moved = target.with_name(f"{target.name}.{aside}")
    logs = [target.with_name(target.name + ending) for ending in ("-wal", "-shm")]
    try:
        # whole in one file
        _copy_sqlite(target, moved)
    except DatabaseError as error:
        moved.unlink(missing_ok=True)
        code: int = getattr(error.__cause__, "sqlite_errorcode", 0)
        if code & 0xFF not in UNREADABLE:
            raise
        for log in filter(Path.exists, logs):
            log.replace(log.with_name(log.name.replace(target.name, moved.name, 1)))
        return target.replace(moved)
    for log in logs:
        log.unlink(missing_ok=True)
    return moved


def _file(store: Store) -> Path:
    return Path(str(make_url(store.url).database))


def _open_copy(copy: Path) -> sqlite3.Connection:
    """Open a copy that no one changes, without a log beside it: its disk may be read-only."""
    return sqlite3.connect(f"{copy.absolute().as_uri()}?immutable=1", uri=True)


def _copy_sqlite(
    source: Path,
    target: Path,
    *,
    open_source: Callable[[Path], sqlite3.Connection] = sqlite3.connect,
) -> None:
    try:
        with (
            closing(open_source(source)) as opened,
            closing(sqlite3.connect(target)) as copy,
        ):
            opened.backup(copy)
    except sqlite3.Error as error:
        raise DatabaseError(
            f"{source} cannot be copied to {target} ({error}); check both and the disk"
        ) from error


def _run(program: str, store: Store, *words: str) -> None:
    """Run a program of PostgreSQL; the password is not among its words."""
    url: URL = make_url(store.url).set(drivername="postgresql")
    password = {"PGPASSWORD": str(url.password)} if url.password else {}
    place = url.set(password=None).render_as_string(hide_password=False)
    command = [program, f"--dbname={place}", *words]
    try:
        said = subprocess.run(  # noqa: S603
            command,
            env={**os.environ, **password},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise DatabaseError(
            f"{program} is not installed; install the client programs of PostgreSQL"
        ) from None
    if said.returncode:
        raise DatabaseError(f"{program} failed: {' '.join(said.stderr.split())[:500]}")
