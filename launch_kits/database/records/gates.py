"""The checks, waivers and decisions at the gates of a launch."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String
from sqlmodel import Field, SQLModel

from launch_kits.database.records.columns import WebLink, launch_key

__all__ = ["Decision", "GateCheck", "Waiver"]


class GateCheck(SQLModel, table=True):
    """A check that a person vouches for; taking it back deletes it."""

    __tablename__ = "gate_check"
    __table_args__ = (
        CheckConstraint("number >= 1", name="check_number_counts_from_one"),
    )

    launch: str = Field(
        sa_column=Column(
            "launch",
            String,
            ForeignKey("launch.slug", ondelete="CASCADE"),
            primary_key=True,
        )
    )
    stage: str = Field(primary_key=True)
    #: from 1, in the gate's order
    number: int = Field(primary_key=True)
    #: email
    by: str
    at: datetime
    #: link to the evidence
    link: str | None = Field(default=None, sa_type=WebLink)


class Waiver(SQLModel, table=True):
    """A check that is let pass for a while; a later one for the same check counts instead."""

    __tablename__ = "waiver"
    __table_args__ = (
        CheckConstraint("number >= 1", name="waived_number_counts_from_one"),
        Index("waiver_of_launch", "launch", "id"),
    )

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    launch: str = Field(sa_column=launch_key())
    stage: str
    number: int
    by: str
    at: datetime
    #: why
    note: str
    #: last day on which it counts
    until: date


class Decision(SQLModel, table=True):
    """A go or no-go; the last one counts."""

    __tablename__ = "decision"
    __table_args__ = (Index("decision_of_launch", "launch", "id"),)

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    launch: str = Field(sa_column=launch_key())
    go: bool
    by: str
    at: datetime
    note: str | None = None
