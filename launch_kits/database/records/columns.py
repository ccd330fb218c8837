"""Column types and constraints that several tables share."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    String,
    text,
)
from sqlalchemy.types import TypeDecorator

from launch_kits.inputs.links import is_web_link, web_link

__all__ = ["FactsColumn", "WebLink", "few", "launch_key", "one_of"]


class WebLink(TypeDecorator[str]):
    """A link to the web.

    Writing anything else fails; a row that holds something else is read as without a link.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's own hook
        """The link as it is kept."""
        return None if value is None else web_link(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  the same
        """The link, or None for one kept before links were checked."""
        return value if is_web_link(value) else None


class FactsColumn(TypeDecorator[dict[str, Any]]):
    """Facts as JSON. A `link` among them is one to the web, or read as None."""

    impl = JSON
    cache_ok = True

    def process_result_value(
        self,
        value: dict[str, Any] | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> dict[str, Any] | None:
        """The facts, their link left out if it leads elsewhere than to the web."""
        if (
            value
            and value.get("link") is not None
            and not is_web_link(str(value["link"]))
        ):
            return {**value, "link": None}
        return value


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """A column that holds one of the values."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_is_known")


def few(
    name: str,
    *columns: str,
    where: str,
    on_sqlite: str | None = None,
    unique: bool = False,
) -> Index:
    """An index of the few rows that queries are after.

    SQLite uses it only for a query with exactly the words of ``where``.
    """
    return Index(
        name,
        *columns,
        unique=unique,
        sqlite_where=text(on_sqlite or where),
        postgresql_where=text(where),
    )


def launch_key(*, primary_key: bool = False) -> Column[str]:
    """The launch that a row belongs to, and is deleted with."""
    return Column(
        "launch",
        String,
        ForeignKey("launch.slug", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )
