"""The members of a Slack workspace, the workspace, and its tokens, as Slack told of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

__all__ = ["MemberStanding", "SlackToken", "SlackUser", "SlackWorkspace"]


class MemberStanding(StrEnum):
    """The part of a user of Slack in the workspace."""

    MEMBER = "member"
    #: of some channels only
    GUEST = "guest"
    BOT = "bot"
    #: deactivated
    LEFT = "left"
    #: of another workspace, met in a shared channel
    FOREIGN = "foreign"


class SlackUser(SQLModel, table=True):
    """A member of a Slack workspace, from the first contact on."""

    __tablename__ = "slack_user"
    __table_args__ = (Index("slack_user_email", "email"),)

    #: Slack's id
    id: str = Field(primary_key=True)
    #: the email at the first contact, in lower case; None if Slack has never told one. Later
    #: changes of the profile leave it, so that no one takes over the tasks of another
    email: str | None = None
    #: the email that the profile has now, if it is another one
    told_email: str | None = None
    name: str
    #: an IANA time zone; None if Slack does not tell one that is known here
    zone: str | None = None
    #: the id of the user's own workspace
    team: str | None = None
    #: one of `MemberStanding`; None if it was never asked for
    standing: str | None = None
    #: when Slack told this
    read_at: datetime


class SlackWorkspace(SQLModel, table=True):
    """The workspace in which the app is installed, by its token."""

    __tablename__ = "slack_workspace"

    #: a digest of the token
    token: str = Field(primary_key=True)
    #: the id of the workspace
    team: str
    #: the id of its organisation, if it has one
    enterprise: str | None = None
    #: whether the app is installed in the whole organisation
    org_wide: bool = False
    #: the id of the app's own user
    app_user: str | None = None
    #: when Slack told this
    read_at: datetime


class SlackToken(SQLModel, table=True):
    """The tokens that follow a refresh token of the settings."""

    __tablename__ = "slack_token"

    #: a digest of the refresh token of the settings
    seed: str = Field(primary_key=True)
    access_token: str
    #: taken once; an exchange gives the next
    refresh_token: str
    expires_at: datetime
