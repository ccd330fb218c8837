"""The statuses and kinds that columns may hold, and one table about task statuses.

Every room reads its facts of a task status from `TASK_STATUSES`, so that a new status
is one member and one row here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

__all__ = [
    "ACTIVE",
    "AWAITED",
    "CLOSED",
    "KEEPING_TEXT",
    "LIVING",
    "OPEN",
    "TASK_STATUSES",
    "WITH_OWNER",
    "ChangedDay",
    "Closing",
    "ExtensionStatus",
    "LaunchStatus",
    "NoticeKind",
    "NoticeStatus",
    "StatusFacts",
    "TaskStatus",
    "Turn",
]


class LaunchStatus(StrEnum):
    """The status of a launch."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class TaskStatus(StrEnum):
    """The status of a task; overdue is derived, never stored."""

    WAITING = "waiting"
    READY = "ready"
    DOING = "doing"
    REVIEW = "review"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


class Turn(StrEnum):
    """The person whose turn it is in a task."""

    OWNER = "owner"
    APPROVER = "approver"


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """The facts of one task status that the rooms need."""

    #: for people, on the board's page
    label: str
    open: bool
    #: the name and the type of its state in Prefect
    board: str
    board_type: str
    #: the part after `launch-kits.task.` of the event sent to Prefect; None sends none
    event: str | None
    #: how a table of the command line shows it, as Rich writes styles
    style: str
    #: the verbs that Slack offers to the owner, the likeliest first
    offers: tuple[str, ...]
    #: follows the task's title, for other people, with its parts to fill in
    state: str
    #: asks its owner in Slack for the next step, with its parts to fill in
    wanted: str = ""
    #: tells a person who clicks that nothing can be done; None if something can
    over: str | None = None
    turn: Turn | None = None
    #: the column with the instant at which the status was reached, and the word for it
    since: str | None = None
    step: str | None = None


TASK_STATUSES: Mapping[TaskStatus, StatusFacts] = MappingProxyType(
    {
        # The type of a state gives its colour in Prefect's two UIs: grey for waiting, blue for a
        # task at work, yellow for one in review, orange for a blocked one; overdue ones are red.
        TaskStatus.WAITING: StatusFacts(
            label="Waiting",
            open=True,
            board="Waiting",
            board_type="PENDING",
            event=None,
            style="dim",
            offers=("extend",),
            wanted="{title} waits for {waits_for}, so there is nothing to do yet",
            state="waits for {waits_for}",
        ),
        TaskStatus.READY: StatusFacts(
            label="Awaiting owner",
            open=True,
            board="AwaitingOwner",
            board_type="RUNNING",
            event="ready",
            style="cyan",
            offers=("begin", "done", "block", "extend"),
            wanted="please start {title}",
            state="is not started yet",
            turn=Turn.OWNER,
            since="ready_at",
            step="ready",
        ),
        TaskStatus.DOING: StatusFacts(
            label="In progress",
            open=True,
            board="InProgress",
            board_type="RUNNING",
            event="begun",
            style="blue",
            offers=("done", "block", "extend"),
            wanted="please finish {title}",
            state="is being worked on",
            turn=Turn.OWNER,
            since="begun_at",
            step="begun",
        ),
        TaskStatus.REVIEW: StatusFacts(
            label="In review",
            open=True,
            board="InReview",
            board_type="SCHEDULED",
            event="submitted",
            style="magenta",
            offers=("block", "extend"),
            wanted="{title} is handed in, and {approver} is asked to approve it",
            state="waits for {approver} to approve it",
            turn=Turn.APPROVER,
            since="submitted_at",
            step="handed in",
        ),
        TaskStatus.BLOCKED: StatusFacts(
            label="Blocked",
            open=True,
            board="Blocked",
            board_type="CRASHED",
            event="blocked",
            style="bold yellow",
            offers=("unblock", "extend"),
            wanted="{title} is blocked{reason}",
            state="is blocked{reason}",
        ),
        TaskStatus.DONE: StatusFacts(
            label="Done",
            open=False,
            board="Done",
            board_type="COMPLETED",
            event="done",
            style="green",
            offers=(),
            state="was done{done_on}{done_by}",
            over="{title} is done already. Nothing was changed.",
            since="done_at",
            step="done",
        ),
        TaskStatus.DROPPED: StatusFacts(
            label="Dropped",
            open=False,
            board="Dropped",
            board_type="CANCELLED",
            event="dropped",
            style="dim strike",
            offers=(),
            state="was dropped",
            over="{title} was dropped, so there is nothing left to do.",
        ),
    }
)

OPEN = tuple(status for status, facts in TASK_STATUSES.items() if facts.open)
CLOSED = tuple(status for status, facts in TASK_STATUSES.items() if not facts.open)
#: the owner has to work on it
WITH_OWNER = tuple(
    status for status, facts in TASK_STATUSES.items() if facts.turn is Turn.OWNER
)
#: one person's work or answer is awaited
AWAITED = tuple(status for status, facts in TASK_STATUSES.items() if facts.turn)
#: open, and no longer waiting for other tasks or a day
ACTIVE = tuple(status for status in OPEN if status is not TaskStatus.WAITING)


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
