"""The members of a Slack workspace, as Slack told of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

__all__ = ["SlackUser"]


class SlackUser(SQLModel, table=True):
    """A member of a Slack workspace, from the first contact on."""

    __tablename__ = "slack_user"
    __table_args__ = (Index("slack_user_email", "email"),)

    #: Slack's id
    id: str = Field(primary_key=True)
    #: in lower case; None if Slack does not tell it
    email: str | None = None
    name: str
    #: an IANA time zone; None if Slack does not tell one that is known here
    zone: str | None = None
    #: when Slack told this
    read_at: datetime
