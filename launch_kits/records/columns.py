"""What several tables are built with."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, text

__all__ = ["few", "launch_key", "one_of"]


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """A column that holds one of the values."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_is_known")


def few(name: str, *columns: str, where: str, on_sqlite: str | None = None, unique: bool = False) -> Index:
    """An index of the few rows that queries are after; SQLite uses it for the very words of ``where`` alone."""
    return Index(name, *columns, unique=unique, sqlite_where=text(on_sqlite or where), postgresql_where=text(where))


def launch_key() -> Column[str]:
    """The launch that a row belongs to, and is deleted with."""
    return Column("launch", String, ForeignKey("launch.slug", ondelete="CASCADE"), nullable=False)
