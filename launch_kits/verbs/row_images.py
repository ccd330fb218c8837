"""The rows of a launch before and after an act, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    Column,
    ColumnElement,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    insert,
    select,
    update,
)
from sqlmodel import Session, SQLModel

__all__ = [
    "LEFT_OUT",
    "TRACKED",
    "ChangedRow",
    "RowImages",
    "brief_text",
    "put_back",
    "read_stored",
    "stored",
]

#: the tables whose rows an act of a person changes; those that others refer to come first
TRACKED = (
    "launch",
    "task",
    *("link", "extension"),
    *("gate_check", "waiver", "decision"),
    *("question", "card_use"),
)
#: tables of a launch that only grow, are filled anew, or are no part of its state
LEFT_OUT = frozenset(
    [
        *("event", "day_change", "notice", "undoable", "compared"),
        *("overview", "kept_tasks", "document_version"),
        *("launch_canvas", "card_canvas", "page_file", "room_link"),
    ]
)
#: columns that say how far the board, a process or a sweep is
_OWN_COURSE = frozenset(
    [
        *("revision", "drawn", "events_sent", "risk_sent", "flow_run_id"),
        *("step_by", "step_until", "look_at", "state_told", "reminded"),
    ]
)
#: the column that is large and seldom changes: the brief of a launch, read only if it is asked for
BRIEF = ("launch", "brief")
#: columns that a sweep may write in the meantime: only an unchanged value is put back
_SOFT = frozenset(
    [
        *("overdue_told", "handed_out_at", "in_hands_of"),
        *("document", "lacks", "document_owed_at"),
    ]
)

Values = Mapping[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that an act changed; only the columns that differ, or all of a new or deleted row."""

    table: str
    key: Key
    #: None if there was no row
    before: Values | None
    #: None if there is no row any more
    after: Values | None


class RowImages:
    """The rows of a launch at one instant."""

    def __init__(self, rows: Mapping[str, Mapping[Key, Sequence[Any]]]) -> None:
        self._rows = rows

    @classmethod
    def of(cls, session: Session, slug: str, *, brief: bool = True) -> RowImages:
        """Read the rows of a launch, as the transaction has left them so far.

        The launch's brief is left out if ``brief`` is False; then `with_brief` adds it.
        """
        session.flush()
        connection = session.connection()
        rows = {}
        for name in TRACKED:
            query = _query(name, brief=brief)
            found = connection.execute(query, {"slug": slug}).all()
            keys = len(_table(name).primary_key.columns)
            rows[name] = {tuple(row[:keys]): row for row in found}
        return cls(rows)

    def with_brief(self, slug: str, text: str) -> RowImages:
        """The same rows with the brief of the launch, as JSON."""
        launches = {
            key: (*row, text) if key == (slug,) else row
            for key, row in self._rows["launch"].items()
        }
        return RowImages({**self._rows, "launch": launches})

    def row(self, table: str, key: Key) -> Values | None:
        """A row by its key, without the columns that run on by themselves; None without one."""
        row = self._rows[table].get(key)
        # the brief, the last one, may be left out
        return None if row is None else dict(zip(_names(table), row, strict=False))

    def changes(self, after: RowImages) -> Iterator[ChangedRow]:
        """Yield the rows that differ."""
        for name in TRACKED:
            was = self._rows[name]
            now = after._rows[name]
            for key in dict.fromkeys([*was, *now]):
                if was.get(key) == now.get(key):
                    continue
                old = self.row(name, key)
                new = after.row(name, key)
                if old is not None and new is not None:
                    differ = [each for each in old if old[each] != new[each]]
                    old = {each: old[each] for each in differ}
                    new = {each: new[each] for each in differ}
                yield ChangedRow(name, key, old, new)


def brief_text(session: Session, slug: str) -> str | None:
    """The brief of a launch as JSON, as the database has it; None without the launch."""
    launch = _table("launch")
    query = select(_read(launch.c.brief)).where(launch.c.slug == slug)
    with session.no_autoflush:
        found: str | None = session.connection().execute(query).scalar()
    return found


def put_back(
    session: Session, slug: str, rows: Sequence[ChangedRow]
) -> ChangedRow | None:
    """Give rows the values that they had.

    Returns the first that was changed again since; nothing is written then.
    """
    now = RowImages.of(session, slug)
    for row in rows:
        if not _stands(row, now.row(row.table, row.key)):
            return row
    for row in sorted(rows, key=_order):
        _put_back(session, row, now.row(row.table, row.key))
    return None


def read_stored(kept: Mapping[str, Any]) -> list[ChangedRow]:
    """The changed rows that were stored as JSON."""
    return [
        ChangedRow(name, tuple(key), _values(before), _values(after))
        for name, rows in kept.items()
        for key, before, after in rows
    ]


def stored(rows: Sequence[ChangedRow]) -> dict[str, Any]:
    """Changed rows as JSON."""
    found: dict[str, Any] = {}
    for row in rows:
        kept = [[*row.key], _encoded(row.before), _encoded(row.after)]
        found.setdefault(row.table, []).append(kept)
    return found


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def _columns(table: Table) -> list[Column[Any]]:
    """The columns that images hold, the key first, and the brief last."""
    keys = [*table.primary_key.columns]
    others = (
        each for each in table.columns if each.name not in table.primary_key.columns
    )
    held = [each for each in others if each.name not in _OWN_COURSE]
    held.sort(key=lambda each: (table.name, each.name) == BRIEF)
    return [*keys, *held]


@cache
def _names(name: str) -> Sequence[str]:
    return [each.name for each in _columns(_table(name))]


@cache
def _query(name: str, *, brief: bool) -> Select[Any]:
    """The rows of a launch in a table, made once."""
    table = _table(name)
    columns = [each for each in _columns(table) if brief or (name, each.name) != BRIEF]
    return select(*map(_read, columns)).where(_of_launch(table))


def _read(column: Column[Any]) -> ColumnElement[Any]:
    """A column as images hold it: JSON as its text, which is compared without being parsed."""
    if _holds_json(column):
        return cast(column, Text).label(column.name)
    return column


def _holds_json(column: Column[Any]) -> bool:
    return isinstance(getattr(column.type, "impl_instance", column.type), JSON)


def _of_launch(table: Table) -> ColumnElement[bool]:
    slug: BindParameter[str] = bindparam("slug")
    if table.name == "launch":
        return table.c.slug == slug
    if "launch" in table.c:
        return table.c.launch == slug
    tasks = _table("task")
    return table.c.task.in_(select(tasks.c.id).where(tasks.c.launch == slug))


def _stands(row: ChangedRow, now: Values | None) -> bool:
    """Whether a row is as the act left it."""
    if row.after is None or now is None:
        return row.after is None and now is None
    hard = (name for name in row.after if name not in _SOFT)
    return all(now[name] == row.after[name] for name in hard)


def _order(row: ChangedRow) -> tuple[bool, int]:
    """Rows that others refer to are deleted last, and come back first."""
    at = TRACKED.index(row.table)
    return (False, -at) if row.before is None else (True, at)


def _put_back(session: Session, row: ChangedRow, now: Values | None) -> None:
    table = _table(row.table)
    connection = session.connection()
    names = [each.name for each in table.primary_key.columns]
    same = [table.c[name] == value for name, value in zip(names, row.key, strict=True)]
    if row.before is None:
        connection.execute(delete(table).where(*same))
        return
    values = {
        name: _written(table.c[name], value)
        for name, value in row.before.items()
        if row.after is None or now is None or now[name] == row.after[name]
    }
    if row.after is None or now is None:
        connection.execute(insert(table).values(**values))
    elif values:
        connection.execute(update(table).where(*same).values(**values))


def _written(column: Column[Any], value: Any) -> Any:  # noqa: ANN401  the columns' own types
    return json.loads(value) if _holds_json(column) and value is not None else value


def _encoded(value: object) -> object:
    """A value as JSON, in which days and instants keep their kind."""
    if isinstance(value, datetime):
        return {"$instant": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    if isinstance(value, Mapping):
        return {name: _encoded(each) for name, each in value.items()}
    return value


def _decoded(value: object) -> Any:  # noqa: ANN401  the columns' own types
    if not isinstance(value, Mapping):
        return value
    if "$instant" in value:
        return datetime.fromisoformat(value["$instant"])
    return date.fromisoformat(value["$day"])


def _values(kept: Mapping[str, Any] | None) -> Values | None:
    if kept is None:
        return None
    return {name: _decoded(value) for name, value in kept.items()}
