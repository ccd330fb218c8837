"""The canvases of launches in Slack."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from launch_kits.database.records.columns import launch_key

__all__ = ["LaunchCanvas"]


class LaunchCanvas(SQLModel, table=True):
    """The canvas of a launch's channel, which shows the launch's page."""

    __tablename__ = "launch_canvas"

    launch: str = Field(sa_column=launch_key(primary_key=True))
    #: Slack's id; without one it was begun, and its end is unknown, or Slack refused it
    canvas_id: str | None = None
    #: when it was created, or was to be
    begun_at: datetime | None = None
    #: the launch's revision that it was compared with last, and a digest of what it shows
    revision: int = -1
    digest: str | None = None
    #: why it cannot be kept, and when that is tried again; None for never
    error: str | None = None
    again_at: datetime | None = None
