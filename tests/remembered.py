"""What tests need again and again, made once: statements compiled, launches opened, plans levelled.

Each test has a database of its own or an empty one, so without this SQLAlchemy would compile every
statement anew for each, and the same brief would be planned and opened thousands of times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, exists, insert, select
from sqlmodel import SQLModel

from launch_kits.database import store as store_module
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.plan import levelled_plan, levelling
from launch_kits.plan.levelling import DueDays, Levelling
from launch_kits.plan.plan_input import PlanInput

#: the rows of a launch: table → rows, in the order of their keys
Rows = dict[str, list[dict[str, Any]]]

T = TypeVar("T")

#: a tenth of the search for levelled dates; the tests of levelling call it themselves, and whole
PLACEMENTS = levelling.PLACEMENTS // 10

_opened: dict[object, Rows] = {}
_levelled: dict[object, Any] = {}
_uncounted: Callable[[], AbstractContextManager[None]] = nullcontext


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


def share_levelling(uncounted: Callable[[], AbstractContextManager[None]]) -> None:
    """Let a launch that was levelled before in this process have the same dates again.

    They are computed from the plan, its due days, its demand and its people alone, whose texts are
    complete. The launch day of an example takes seconds, and five times as long while coverage
    counts: the tests of levelling call it themselves, for all others it is ``uncounted``.
    """
    global _uncounted  # noqa: PLW0603
    _uncounted = uncounted
    levelled_plan.level = _level
    levelled_plan.earliest_levelled_launch_on = _earliest_launch_on


def _level(given: PlanInput, **options: Any) -> Levelling:
    """What `levelling.level` gives if it tries fewer schedules."""
    options = {"placements": PLACEMENTS, **options}
    return _once(levelling.level, given, options, options)


def _earliest_launch_on(
    given: PlanInput, *, due_on: DueDays, **options: Any
) -> date | None:
    """What its namesake gives if it tries fewer schedules.

    ``due_on`` is that of the plan, and so follows from the others.
    """
    options = {"placements": PLACEMENTS, **options}
    everything = {**options, "due_on": due_on}
    return _once(levelling.earliest_levelled_launch_on, given, options, everything)


def _once(
    compute: Callable[..., T],
    given: PlanInput,
    known_by: Mapping[str, Any],
    options: Mapping[str, Any],
) -> T:
    text = repr((given, *known_by.items()))
    if " at 0x" in text:  # something without a text of its own: no key
        with _uncounted():
            return compute(given, **options)
    key = compute, sha256(text.encode()).digest()
    if key not in _levelled:
        with _uncounted():
            _levelled[key] = compute(given, **options)
    found: T = _levelled[key]
    return found


def forget() -> None:
    """Open and level each launch by the code itself again, as at the beginning of a run."""
    _opened.clear()
    _levelled.clear()


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
