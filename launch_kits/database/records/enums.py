"""Kinds and statuses of notices, requests and days; those of tasks are in statuses.py."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "KEEPING_TEXT",
    "LIVING",
    "ChangedDay",
    "Closing",
    "ExtensionStatus",
    "NoticeKind",
    "NoticeStatus",
]


class ExtensionStatus(StrEnum):
    """The state of a request for more time."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"


class ChangedDay(StrEnum):
    """The day that a change of a day is about."""

    DUE = "due"
    RELEASE = "release_on"
    LAUNCH = "launch_on"


class NoticeKind(StrEnum):
    """The subject of a notice."""

    TASK = "task"
    REVIEW = "review"
    NUDGE = "nudge"
    ESCALATION = "escalation"
    DIGEST = "digest"
    HEADLINE = "headline"
    NEWS = "news"
    CANCELLED = "cancelled"
    #: a question to the answer desk, or an answer proposed for the FAQ
    QUESTION = "question"
    #: the answer, for the person who asked
    ANSWER = "answer"


#: the kinds whose messages are kept true until they are closed; the others keep their text
LIVING = frozenset(
    [
        NoticeKind.TASK,
        NoticeKind.REVIEW,
        NoticeKind.NUDGE,
        NoticeKind.ESCALATION,
        NoticeKind.HEADLINE,
        NoticeKind.QUESTION,
    ]
)
#: the kinds whose messages keep their text, and lose the buttons of work that is over; news that
#: ask for something are kept true all the same
KEEPING_TEXT = frozenset([NoticeKind.DIGEST, NoticeKind.NEWS])


class NoticeStatus(StrEnum):
    """The progress of a notice; dropped is no longer true, or merged into another."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


class Closing(StrEnum):
    """The reason for which a message is only one line now; each member lists its facts.

    ``on``, the reader's day on which it was closed, is a fact of all but `REPLACED`.
    """

    DONE = "done"
    #: ``by`` and ``note``, each None if it is not known
    DROPPED = "dropped"
    #: the launch ended first: its ``status``
    ENDED = "ended"
    #: ``to``, an email; ``away`` if they act only while the reader is away
    HANDED_ON = "handed on"
    #: ``answer``, and ``due`` if the question was about more time
    ANSWERED = "answered"
    #: a newer message to the same reader says the same
    REPLACED = "replaced"
    #: news of a block, or of work sent back, whose task went on and came to that again: ``how``,
    #: ``blocked`` or ``sent back``
    AGAIN = "again"
    #: an escalation whose task is no longer late: its ``due`` day
    IN_TIME = "in time"
    #: an escalation whose task was handed in, sent back or unblocked since; ``to`` if a person is
    #: asked to approve it
    GOES_ON = "goes on"
    #: a reminder of a task that waits for other work again, or is ``blocked``
    WAITS = "waits"
    #: news of a gate that is met by now, or whose day is not over any more
    MET = "met"
    #: news of a launch day that passed with work left: ``moved_to``, the launch day now if it is
    #: another; else no such work is left
    LAUNCH_DAY = "launch day"
    #: news of a card that was reviewed, or of a line that was changed or answered for: ``how``, and
    #: ``by`` if a person did
    SETTLED = "settled"
    #: the launch has no such task any more
    GONE = "gone"
    #: a person deleted it again, so nothing is to be seen of it
    DELETED = "deleted"
