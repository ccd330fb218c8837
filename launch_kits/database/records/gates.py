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
    __table_args__ = (CheckConstraint("check_key <> ''", name="check_has_a_key"),)

    launch: str = Field(
        sa_column=Column(
            "launch",
            String,
            ForeignKey("launch.slug", ondelete="CASCADE"),
            primary_key=True,
        )
    )
    stage: str = Field(primary_key=True)
    #: the key of the check in its gate
    check_key: str = Field(primary_key=True)
    #: email
    by: str
    at: datetime
    #: link to the evidence
    link: str | None = Field(default=None, sa_type=WebLink)


class Waiver(SQLModel, table=True):
    """A check that is let pass for a while; a later one for the same check counts instead."""

    __tablename__ = "waiver"
    __table_args__ = (
        CheckConstraint("check_key <> ''", name="waived_check_has_a_key"),
        Index("waiver_of_launch", "launch", "id"),
    )

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    launch: str = Field(sa_column=launch_key())
    stage: str
    check_key: str
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
    #: the key of the task that it decides on; None if the kit has no such task
    task: str | None = None
