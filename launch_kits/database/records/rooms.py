"""Sessions and links of the launch room."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, UniqueConstraint
from sqlmodel import AutoString, Field, SQLModel

from launch_kits.database.records.columns import launch_key

__all__ = ["LinkUse", "RoomLink", "RoomSession"]


class RoomSession(SQLModel, table=True):
    """A person who is signed in to the launch room with one browser."""

    __tablename__ = "room_session"
    __table_args__ = (Index("room_session_of", "email"),)

    #: SHA-256 of the token in the browser's cookie
    digest: str = Field(primary_key=True)
    email: str
    #: how the person was identified: `operator` or `oidc`
    method: str = Field(sa_column=Column("way", AutoString, nullable=False))
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    revoked_at: datetime | None = None


class RoomLink(SQLModel, table=True):
    """A link that shows a part of a launch to its holder, read-only."""

    __tablename__ = "room_link"
    __table_args__ = (UniqueConstraint("digest", name="room_link_secret_once"),)

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    #: SHA-256 of the secret in the address
    digest: str
    #: the part that it opens, such as `launch` or `calendar`
    kind: str
    launch: str = Field(sa_column=launch_key())
    audience: str
    #: the only task that it shows; None for the whole launch
    task: str | None = None
    #: the person it is about, such as the owner of a calendar
    person: str | None = None
    #: the sites that may show it within their pages, with blanks between them; None for none
    sites: str | None = None
    made_by: str
    made_at: datetime
    #: None for a link that does not expire by itself
    ends_at: datetime | None = None
    revoked_at: datetime | None = None


class LinkUse(SQLModel, table=True):
    """One use of a link."""

    __tablename__ = "link_read"
    __table_args__ = (Index("link_read_of", "link", "at"),)

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    link: int = Field(
        sa_column=Column(
            "link", ForeignKey("room_link.id", ondelete="CASCADE"), nullable=False
        )
    )
    at: datetime
    #: the address that asked
    peer: str | None = None
