"""The figures of launches, kept for lists."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from launch_kits.database.records.columns import launch_key

__all__ = ["KeptTasks", "OverviewRow"]


class OverviewRow(SQLModel, table=True):
    """The figures of a launch at one revision, for as long as they hold.

    Computed from the launch alone, so that a row can be deleted at any time.
    """

    __tablename__ = "overview"

    launch: str = Field(sa_column=launch_key(primary_key=True))
    #: of the launch, and of the software that computed them
    revision: int
    version: str
    #: the instant of the figures, and the first one at which they can differ; None for never
    since: datetime
    until: datetime | None = None
    readiness: float
    late: int
    state: str
    lands_on: date | None = None
    tasks_open: int
    #: its people and days as JSON
    listing: str = Field(default="", sa_column_kwargs={"server_default": ""})


class KeptTasks(SQLModel, table=True):
    """The tasks of a launch as a list shows them, for as long as its overview holds."""

    __tablename__ = "kept_tasks"

    launch: str = Field(sa_column=launch_key(primary_key=True))
    #: the launch's own day, and the country whose weeks it has
    today: date
    country: str | None = None
    #: as JSON
    tasks: str
