"""The last sweep, so that its absence is seen."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

__all__ = ["LAST", "LastSweep"]

#: the name of the only row
LAST = "last"


class LastSweep(SQLModel, table=True):
    """The sweep that ended last; one row."""

    __tablename__ = "last_sweep"

    name: str = Field(default=LAST, primary_key=True)
    ended_at: datetime
    #: how long it took
    seconds: float
    #: how many problems it reported
    problems: int = 0
    #: how many sweeps ended so far
    count: int = 0
