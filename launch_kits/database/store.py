"""The database: engine, transactions and migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from copy import copy
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from launch_kits.database.remedies import instead_of, named_faults
from launch_kits.errors import DatabaseBehind, DatabaseError, SettingsError

__all__ = ["HEAD", "Store", "is_there"]

#: the newest migration; a test holds it equal to that of the migrations folder
HEAD = "0028"

#: how long a writer waits for another, in seconds
BUSY_SECONDS = 30
#: marks the connections that take SQLite's write lock when they begin
WRITES = "launch_kits_writes"
#: an arbitrary number that every migrating process agrees on
MIGRATION_LOCK = 7_204_871


def is_there(url: str) -> bool:
    """Whether opening a store would find a database, and not make a new SQLite file.

    An unusable URL counts as there, since opening names the fault.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return True
    in_file = parsed.get_backend_name() == "sqlite"
    return not in_file or Path(parsed.database or "").exists()


class Store:
    """One database, with read and write transactions.

    Writers take their lock at the beginning (SQLite's write lock, or on PostgreSQL the launch's row
    through `find_launch`), so that two verbs on one launch follow each other and none works on rows
    that another changes.
    """

    def __init__(
        self, url: str, *, door: str | None = None, origin: str | None = None
    ) -> None:
        """Open a database; ``door`` is the way by which changes come in, for their events.

        ``origin`` is the place from which they come, such as a user and a machine.

        Raises SettingsError for an unusable URL, DatabaseError if it cannot be reached.
        """
        self.url = url
        self.door = door
        self.origin = origin
        engine = _engine(url)
        self.sqlite = engine.dialect.name == "sqlite"
        self._writer = engine.execution_options(**{WRITES: True})
        self._reader = (
            engine
            if self.sqlite
            else engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self._checked = False
        self.around: Callable[[], AbstractContextManager[object]] = nullcontext

    def within(self, around: Callable[[], AbstractContextManager[object]]) -> Self:
        """The same database, for work that enters ``around`` for each transaction."""
        mine = copy(self)
        mine.around = around
        return mine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view of the database; changes in it are lost."""
        self._be_current()
        with (
            self.around(),
            named_faults(self.url),
            _session(self._reader, autoflush=False) as session,
        ):
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction.

        All of it is committed at the end, or nothing when an error leaves the block.
        """
        self._be_current()
        with (
            self.around(),
            named_faults(self.url),
            _session(self._writer) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def trial(self) -> Iterator[Session]:
        """One transaction, as `write` gives it; all changes in it are taken back at its end."""
        self._be_current()
        with (
            self.around(),
            named_faults(self.url),
            _session(self._writer) as session,
        ):
            yield session

    def revision(self) -> str | None:
        """The migration that the database is at; None for an empty one."""
        with named_faults(self.url), self._reader.connect() as connection:
            return _revision(connection)

    def fault(self) -> str | None:
        """The first damage that SQLite finds in its file; None if it is whole."""
        with named_faults(self.url), self._reader.connect() as connection:
            found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
        return None if found == "ok" else str(found)

    def upgrade(self) -> str | None:
        """Migrate to HEAD, one process at a time.

        Returns the revision that the database was at.
        """
        with (
            named_faults(self.url),
            self._writer.connect() as connection,
            _unlinked(connection) if self.sqlite else nullcontext(),
            connection.begin(),
        ):
            if not self.sqlite:
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK}
                )
            before = _revision(connection)
            self._must_be_known(before)
            if before != HEAD:
                _migrate(connection)
        self._checked = True
        return before

    def shrink(self) -> None:
        """Make a SQLite file anew, so that it keeps nothing of deleted and changed rows.

        PostgreSQL does it by itself, and its dumps hold present rows only.
        """
        if not self.sqlite:
            return
        with named_faults(self.url), self._reader.connect() as connection:
            # neither can be done within a transaction
            driver = connection.connection.driver_connection
            if driver is None:
                raise TypeError("the connection to SQLite is closed")
            connection.rollback()
            driver.execute("VACUUM")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give back every connection."""
        self._writer.dispose()

    def _be_current(self) -> None:
        if self._checked:
            return
        revision = self.revision()
        self._must_be_known(revision)
        if revision != HEAD:
            if not self.sqlite:
                state = f"is at {revision}" if revision else "is empty"
                raise DatabaseBehind(
                    f"the database {state}, this version needs {HEAD}; run `launch-kits db upgrade`"
                )
            self.upgrade()
        self._checked = True

    def _must_be_known(self, revision: str | None) -> None:
        # Revisions are numbers of one width: they compare as text.
        if revision is not None and revision > HEAD:
            raise DatabaseError(
                f"the database is at {revision}, newer than {HEAD}: "
                "install the launch-kits that made it"
            )


def _session(engine: Engine, *, autoflush: bool = True) -> Session:
    """A session for one transaction, which refuses all questions after its end.

    SQLAlchemy's sessions would begin another transaction. It would have no end, and on SQLite no
    other session could write.
    """
    return Session(
        engine, expire_on_commit=False, autoflush=autoflush, close_resets_only=False
    )


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # SQLAlchemy leaves it to int() to say that a port is no number.
        raise SettingsError(
            "LAUNCH_KITS_DATABASE_URL is not a database URL; write sqlite:///path or postgresql+psycopg://user@host/name"
        ) from None
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(parsed, pool_pre_ping=True)
    if backend != "sqlite":
        raise SettingsError(
            f"LAUNCH_KITS_DATABASE_URL names {backend}; {instead_of(backend)}"
        )
    if parsed.database and parsed.database != ":memory:":
        try:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise DatabaseError(
                f"{parsed.database}: a part of its path is a file, and a folder is needed; "
                "set LAUNCH_KITS_HOME to a folder in which this user can write"
            ) from None
        except OSError as error:
            raise DatabaseError(
                f"{parsed.database}: its folder cannot be made ({error.strerror}); "
                "set LAUNCH_KITS_HOME to a folder in which this user can write"
            ) from None
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  the driver's own connection
    # The driver would begin transactions only at the first write, too late to lock; `_begin_sqlite`
    # does it.
    connection.isolation_level = None
    with suppress(sqlite3.OperationalError):
        # Refused at once, whatever the timeout, while another process uses a new file: one of them
        # will have done it.
        connection.execute("PRAGMA journal_mode = WAL")
    for pragma in (
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _unlinked(connection: Connection) -> Iterator[None]:
    """Let SQLite drop a table without the rows that point at it.

    SQLite changes a constraint by making the table anew, and dropping the old one would
    delete rows of other tables by ON DELETE CASCADE. The pragma has no effect within a
    transaction, so it is set before one begins.
    """
    driver = connection.connection.driver_connection
    if driver is None:
        raise TypeError("the connection to SQLite is closed")
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    return found


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).with_name("migrations"))
    )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
