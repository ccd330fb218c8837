"""Acts that their person can still undo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from launch_kits.database.records.columns import launch_key

__all__ = ["Undoable"]


class Undoable(SQLModel, table=True):
    """An act of a person with the rows that it changed, deleted some minutes later."""

    __tablename__ = "undoable"
    __table_args__ = (Index("undoable_at", "at"),)

    launch: str = Field(sa_column=launch_key(primary_key=True))
    #: the id of its last event
    event: int = Field(primary_key=True)
    #: the ids of all its events
    events: list[int] = Field(sa_column=Column(JSON, nullable=False))
    #: the ids of the changes of days
    days: list[int] = Field(sa_column=Column(JSON, nullable=False))
    #: email of the person
    by: str
    at: datetime
    #: table → changed rows: key, and the changed columns before and after it; None without a row
    rows: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    #: the keys of the notices that it filed
    filed: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: the keys of the notices that it took back
    withdrawn: list[str] = Field(sa_column=Column(JSON, nullable=False))
    #: the keys of the messages that were kept true until then
    living: list[str] = Field(sa_column=Column(JSON, nullable=False))
