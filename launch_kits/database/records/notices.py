"""The outbox, and the memory of delivery and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index
from sqlmodel import Field, SQLModel

from launch_kits.database.records.columns import FactsColumn, few, launch_key, one_of
from launch_kits.database.records.enums import (
    KEEPING_TEXT,
    LIVING,
    NoticeKind,
    NoticeStatus,
)

__all__ = [
    "ASKING",
    "Answered",
    "Compared",
    "DigestDue",
    "Lease",
    "Notice",
    "RateLimit",
]

#: the events of news that ask their reader for something until it is done: their messages are kept
#: true and closed, like those about tasks
ASKING = frozenset(
    [
        "blocked",
        "help wanted",
        "sent back",
        "card due",
        "card stale",
        "card flagged",
        "gate passed",
        "waiver ended",
        "launch day passed",
    ]
)


class Notice(SQLModel, table=True):
    """A row of the outbox: a notice that its reader gets once."""

    __tablename__ = "notice"
    __table_args__ = (
        one_of("kind", NoticeKind),
        one_of("status", NoticeStatus),
        CheckConstraint(
            "(status = 'sending') = (lease_until IS NOT NULL)", name="sending_is_leased"
        ),
        CheckConstraint(
            "status <> 'sent' OR sent_at IS NOT NULL", name="sent_has_its_time"
        ),
        Index("notice_pending", "status", "send_after"),
        Index("notice_of_task", "launch", "task"),
        Index("notice_of_reader", "to", "kind", "filed_at"),
        few(
            "notice_outdated",
            "status",
            "key",
            where="outdated",
            on_sqlite="outdated = 1",
        ),
    )

    #: `<kind>:<launch>:<task or ->:<to>:<occasion>`
    key: str = Field(primary_key=True)
    kind: str
    launch: str = Field(sa_column=launch_key())
    task: str | None = None
    #: an email, or `#channel`
    to: str
    status: str = NoticeStatus.PENDING
    attempts: int = 0
    filed_at: datetime
    send_after: datetime
    #: facts that the records cannot tell at delivery, such as the due day before a move
    facts: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(FactsColumn, nullable=False)
    )
    lease_by: str | None = None
    lease_until: datetime | None = None
    sent_at: datetime | None = None
    #: the place of the message, so that it can be edited
    channel: str | None = None
    ts: str | None = None
    #: its address, once a list has linked to it
    permalink: str | None = None
    #: whether the sent message, or a part in its thread, is out of date
    outdated: bool = False
    #: why the message is only one line now, as facts; it is not compared any more then
    closed: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )
    #: parts in the thread wait until then: it is not their reader's time to be written to
    parts_after: datetime | None = None
    #: when the message was found to be deleted by a person; it is posted once more
    deleted_at: datetime | None = None
    #: how often it was said to be outdated: an edit takes the mark off only if this is still as it
    #: was read
    changes: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    #: digests of the message, and of the reply with its history, as they were last sent
    shown: str | None = None
    history_shown: str | None = None
    #: the reply in the message's thread with the history of its task
    history_ts: str | None = None
    #: the document last uploaded to the message's thread: Slack's id, and the SHA-256 of its
    #: content; without an id the upload was begun, and its end is unknown
    file_id: str | None = None
    file_hash: str | None = None
    #: the address of that document, if Slack told it
    file_link: str | None = None
    #: when the message was pinned to its channel
    pinned_at: datetime | None = None
    error: str | None = None

    @property
    def asks(self) -> bool:
        """Whether it is news that ask for something until it is done."""
        return self.kind == NoticeKind.NEWS and self.facts.get("event") in ASKING

    @property
    def living(self) -> bool:
        """Whether its message is kept true until it is closed."""
        return self.kind in LIVING or self.asks

    @property
    def keeps_text(self) -> bool:
        """Whether its message keeps its text, and loses the buttons of work that is over."""
        return self.kind in KEEPING_TEXT and not self.asks


class Compared(SQLModel, table=True):
    """The state of a launch with which its sent messages were compared last."""

    __tablename__ = "compared"

    launch: str = Field(sa_column=launch_key(primary_key=True))
    #: of the launch
    revision: int
    #: when they say something else although nothing has happened, such as the next day
    again_at: datetime | None = None


class DigestDue(SQLModel, table=True):
    """When a person's next digest is due; a person without work has none."""

    __tablename__ = "digest_due"
    __table_args__ = (Index("digest_due_at", "at"),)

    #: an email
    person: str = Field(primary_key=True)
    at: datetime


class Answered(SQLModel, table=True):
    """A click, form, command or event from Slack that was acknowledged.

    It is worked on once, by this process or a later one. If it is sent again, it changes nothing.
    """

    __tablename__ = "answered"
    __table_args__ = (
        Index("answered_at", "at"),
        few("answered_undone", "at", where="done_at IS NULL"),
    )

    key: str = Field(primary_key=True)
    at: datetime
    #: the response, to be given again; None for an empty one
    response: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    #: the payload, until it was worked on; a form that could not be carried out keeps it
    payload: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )
    #: tells two contents of one form apart
    digest: str | None = None
    #: when it was worked on; None until then
    done_at: datetime | None = None


class RateLimit(SQLModel, table=True):
    """A Slack method that must not be called for a while.

    Its name includes the channel if Slack limits the method by channel.
    """

    __tablename__ = "rate_limit"

    name: str = Field(primary_key=True)
    until: datetime


class Lease(SQLModel, table=True):
    """A task that one process at a time may do, and who holds it until when."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    by: str
    until: datetime
