"""A channel: one way to reach people, such as Slack, the console or email."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from launch_kits.database.records import Notice
from launch_kits.errors import DeliveryError
from launch_kits.views.notices.message import NoticeMessage

__all__ = ["Channel", "ChannelLimits", "NotSent", "Place"]


class NotSent(DeliveryError):
    """A channel could not send, edit or look for a message; a later delivery may try again.

    A channel raises its own kinds of it, and nothing else.
    """


@dataclass(frozen=True, slots=True)
class ChannelLimits:
    """The abilities and the limits of a channel."""

    #: whether messages wait for the working hours of their reader
    hours: bool
    #: whether a sent message can be edited in place
    edits: bool
    #: characters of a sentence, any more are cut off
    sentence: int


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a sent message: ``channel``, ``ts`` and ``shown`` of its notice."""

    channel: str
    #: the id of the message in its channel; None if it cannot be edited
    ts: str | None = None
    #: a digest of the contents; None if they are not known
    shown: str | None = None


class Channel(Protocol):
    """A way to reach the reader of a notice.

    A channel renders the neutral message itself, within its limits. Delivery claims and
    settles notices, so a channel holds no state between two messages.
    """

    @property
    def limits(self) -> ChannelLimits:
        """The abilities and the limits of the channel."""

    def send(self, notice: Notice, message: NoticeMessage) -> Place:
        """Send a message once; returns its place. Raises NotSent."""

    def edit(self, notice: Notice, message: NoticeMessage) -> str | None:
        """Edit the sent message of a notice in place.

        Returns the digest of the new contents, or None if the message shows them already
        or is not in this channel. Raises NotSent.
        """

    def find(
        self, notice: Notice, *, now: datetime, since: datetime | None = None
    ) -> Place | None:
        """Look for a message that an earlier, unfinished delivery may have sent.

        ``since`` is an instant before it was filed, if it may have been sent before.
        Returns its place, or None if there is none or the channel cannot look. Raises
        NotSent.
        """
