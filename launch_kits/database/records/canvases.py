"""The pages of launches in Slack: canvases, and files in their place."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from launch_kits.database.records.columns import launch_key

__all__ = ["CardCanvas", "LaunchCanvas", "PageFile"]


class _Canvas(SQLModel):
    #: Slack's id; without one it was begun, and its end is unknown, or Slack refused it
    canvas_id: str | None = None
    #: when it was created, or was to be
    begun_at: datetime | None = None
    #: a digest of its contents
    digest: str | None = None
    #: why it cannot be kept, and when that is tried again; None for never
    error: str | None = None
    again_at: datetime | None = None


class LaunchCanvas(_Canvas, table=True):
    """The canvas of a launch's channel, which shows the launch's page."""

    __tablename__ = "launch_canvas"

    launch: str = Field(sa_column=launch_key(primary_key=True))
    #: the launch's revision that its pages were compared with last
    revision: int = -1


class CardCanvas(_Canvas, table=True):
    """The canvas of a competitor's card, a tab of the launch's channel."""

    __tablename__ = "card_canvas"

    launch: str = Field(sa_column=launch_key(primary_key=True))
    #: key of the competitor
    card: str = Field(primary_key=True)


class PageFile(SQLModel, table=True):
    """The last PDF of a page that Slack takes no canvas for."""

    __tablename__ = "page_file"

    launch: str = Field(sa_column=launch_key(primary_key=True))
    #: key of the competitor whose card it is; empty for the launch's page
    page: str = Field(primary_key=True)
    #: a digest of the page
    digest: str
    #: when Slack took it; None if the end of its upload is unknown
    sent_at: datetime | None = None
