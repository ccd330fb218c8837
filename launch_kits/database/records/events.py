"""Events of launches, and changes of their days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, false
from sqlmodel import Field, SQLModel

from launch_kits.database.records.columns import FactsColumn, launch_key, one_of
from launch_kits.database.records.enums import ChangedDay
from launch_kits.database.records.event_verbs import EventVerb

__all__ = ["DayChangeRow", "Event"]


class DayChangeRow(SQLModel, table=True):
    """A change of a due, release or launch day; never changed, but marked if it is undone."""

    __tablename__ = "day_change"
    __table_args__ = (
        one_of("day", ChangedDay),
        CheckConstraint("(day = 'due') = (task IS NOT NULL)", name="due_has_its_task"),
        Index("day_change_of_launch", "launch", "id"),
    )

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    launch: str = Field(sa_column=launch_key())
    #: the key of the task whose due day it is
    task: str | None = None
    day: str
    at: datetime
    #: an email, or `sweep`
    by: str
    verb: str
    why: str | None = None
    before: date
    after: date
    #: whether its act was undone: then it does not count any more
    undone: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class Event(SQLModel, table=True):
    """An event of a launch; never changed, but marked if it is undone."""

    __tablename__ = "event"
    __table_args__ = (
        one_of("verb", EventVerb),
        Index("event_of_launch", "launch", "id"),
    )

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    launch: str = Field(sa_column=launch_key())
    task: str | None = None
    at: datetime
    by: str
    #: the person in whose place `by` acted, if not in their own
    in_place_of: str | None = None
    #: the door through which the verb came, such as `slack`; None for events of earlier versions
    door: str | None = None
    #: the place from which it came: an address, a user and machine, or a Slack workspace; None if
    #: it is not known
    origin: str | None = None
    verb: str
    note: str | None = None
    #: whether it was undone: then nothing but the history tells of it
    undone: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    data: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(FactsColumn, nullable=False)
    )
