"""The rows of a launch before and after an act, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, insert, select, update
from sqlmodel import Session, SQLModel

__all__ = [
    "LEFT_OUT",
    "TRACKED",
    "ChangedRow",
    "RowImages",
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

    def __init__(self, rows: Mapping[str, Mapping[Key, Values]]) -> None:
        self._rows = rows

    @classmethod
    def of(cls, session: Session, slug: str) -> RowImages:
        """Read the rows of a launch, as the transaction has left them so far."""
        session.flush()
        return cls({name: _rows(session, _table(name), slug) for name in TRACKED})

    def row(self, table: str, key: Key) -> Values | None:
        """A row by its key, without the columns that run on by themselves; None without one."""
        return self._rows[table].get(key)

    def changes(self, after: RowImages) -> Iterator[ChangedRow]:
        """Yield the rows that differ."""
        for name in TRACKED:
            was, now = self._rows[name], after._rows[name]
            for key in dict.fromkeys([*was, *now]):
                old, new = was.get(key), now.get(key)
                if old == new:
                    continue
                if old is not None and new is not None:
                    differ = [each for each in old if old[each] != new[each]]
                    old = {each: old[each] for each in differ}
                    new = {each: new[each] for each in differ}
                yield ChangedRow(name, key, old, new)


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
        ChangedRow(name, tuple(map(_decoded, key)), _values(before), _values(after))
        for name, rows in kept.items()
        for key, before, after in rows
    ]


def stored(rows: Sequence[ChangedRow]) -> dict[str, Any]:
    """Changed rows as JSON."""
    found: dict[str, Any] = {}
    for row in rows:
        kept = (_encoded([*row.key]), _encoded(row.before), _encoded(row.after))
        found.setdefault(row.table, []).append([*kept])
    return found


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def _rows(session: Session, table: Table, slug: str) -> dict[Key, Values]:
    columns = [each for each in table.columns if each.name not in _OWN_COURSE]
    query = select(*columns).where(_of_launch(table, slug))
    keys = [each.name for each in table.primary_key.columns]
    found = session.connection().execute(query).mappings().all()
    return {tuple(row[name] for name in keys): dict(row) for row in found}


def _of_launch(table: Table, slug: str) -> ColumnElement[bool]:
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
    table, connection = _table(row.table), session.connection()
    names = [each.name for each in table.primary_key.columns]
    same = [table.c[name] == value for name, value in zip(names, row.key, strict=True)]
    if row.before is None:
        connection.execute(delete(table).where(*same))
    elif row.after is None or now is None:
        connection.execute(insert(table).values(**row.before))
    else:
        values = {
            name: value
            for name, value in row.before.items()
            if now[name] == row.after[name]
        }
        connection.execute(update(table).where(*same).values(**values))


def _encoded(value: object) -> object:
    """A value as JSON, in which days and instants keep their kind."""
    if isinstance(value, datetime):
        return {"$instant": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    if isinstance(value, Mapping):
        return {name: _encoded(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_encoded(each) for each in value]
    return value


def _decoded(value: object) -> Any:  # noqa: ANN401  the columns' own types
    if isinstance(value, list):
        return [_decoded(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    if "$instant" in value:
        return datetime.fromisoformat(value["$instant"])
    if "$day" in value:
        return date.fromisoformat(value["$day"])
    return {name: _decoded(each) for name, each in value.items()}


def _values(kept: Mapping[str, Any] | None) -> Values | None:
    return None if kept is None else _decoded(kept)
