"""What tests need again and again, made once: statements compiled, launches opened.

Each test has a database of its own or an empty one, so without this SQLAlchemy would compile every
statement anew for each, and the same brief would be planned and opened thousands of times.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, exists, insert, select
from sqlmodel import SQLModel

from launch_kits.database import store as store_module
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief

#: the rows of a launch: table → rows, in the order of their keys
Rows = dict[str, list[dict[str, Any]]]

_opened: dict[object, Rows] = {}


def share_statements() -> None:
    """Let all databases of this process share what was compiled for one of them.

    Only SQLite's: PostgreSQL's engines are few, and each asks its server what it can do.
    """
    store_module.create_engine = _engine


def _engine(url: Any, **options: Any) -> Engine:
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        first = _first_engine()
        engine.dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    return engine


@cache
def _first_engine() -> Engine:
    engine = create_engine("sqlite://")
    engine.connect().close()  # the dialect learns what this SQLite can do
    engine.dispose()
    return engine


def forget() -> None:
    """Open each launch by the code itself again, as at the beginning of a run of the tests."""
    _opened.clear()


def opened_once(
    store: Store,
    brief: Brief,
    now: datetime,
    *options: bool | str | None,
    open_it: Callable[[], Any],
) -> None:
    """Write the rows that the same opening wrote before; the first time, open the launch.

    In a database that is not empty it may turn out differently, so there it is opened anew.
    """
    with store.read() as session:
        alone = _is_empty(session.connection())
    key = (store.door, brief.model_dump_json(by_alias=True), now.isoformat(), options)
    if alone and key in _opened:
        with store.write() as session:
            _insert(session.connection(), _opened[key])
        return
    open_it()
    if alone:
        with store.read() as session:
            _opened[key] = _rows(session.connection())


def _is_empty(connection: Connection) -> bool:
    tables = SQLModel.metadata.sorted_tables
    found = connection.execute(select(*(exists(select(table)) for table in tables)))
    return not any(found.one())


def _rows(connection: Connection) -> Rows:
    found = {
        table.name: connection.execute(select(table).order_by(*table.primary_key))
        for table in SQLModel.metadata.sorted_tables
    }
    return {
        name: [dict(row) for row in rows.mappings()] for name, rows in found.items()
    }


def _insert(connection: Connection, kept: Rows) -> None:
    """Write rows; the database numbers them, and links follow the new numbers of the tasks."""
    number = SQLModel.metadata.tables["task"].c.id
    numbers: dict[int, int] = {}
    for table in SQLModel.metadata.sorted_tables:
        rows = kept[table.name]
        if not rows:
            continue
        ends = [column.name for column in table.c if column.references(number)]
        renumbered = [
            {name: value for name, value in row.items() if name != "id"}
            | {end: numbers[row[end]] for end in ends}
            for row in rows
        ]
        connection.execute(insert(table), renumbered)
        if table is number.table:
            new = connection.execute(select(number).order_by(number)).scalars()
            numbers = dict(zip((row["id"] for row in rows), new, strict=True))
