"""The statuses of tasks and launches (of notices: database/records/enums.py).

Every room reads its facts of a status from `TASK_STATUSES` and `LAUNCH_STATUSES`, so that a new
status is one member and one row here. The type checker refuses a member without a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

__all__ = [
    "ACTIVE",
    "AHEAD",
    "AWAITED",
    "CLOSED",
    "LAUNCH_STATUSES",
    "OPEN",
    "TASK_STATUSES",
    "WITH_OWNER",
    "LaunchFacts",
    "LaunchStatus",
    "StatusFacts",
    "TaskLook",
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


class TaskLook(StrEnum):
    """The look of a task's bar; each has a colour and, but for the first two, a mark."""

    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    LATE = "late"
    BLOCKED = "blocked"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class LaunchFacts:
    """The facts of one launch status that the rooms need."""

    #: the part after `launch-kits.launch.` of the event sent to Prefect at its end; None sends none
    event: str | None
    #: the status of a calendar's entry
    calendar: str


def _row_of_launch(status: LaunchStatus) -> LaunchFacts:
    """Return the row of a launch's status; a status without one is a type error."""
    match status:
        case LaunchStatus.RUNNING:
            return LaunchFacts(event=None, calendar="CONFIRMED")
        case LaunchStatus.DONE:
            return LaunchFacts(event="done", calendar="CONFIRMED")
        case LaunchStatus.CANCELLED:
            return LaunchFacts(event="cancelled", calendar="CANCELLED")
        case _:
            assert_never(status)


LAUNCH_STATUSES: Mapping[LaunchStatus, LaunchFacts] = MappingProxyType(
    {status: _row_of_launch(status) for status in LaunchStatus}
)


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """The facts of one task status that the rooms need."""

    #: for people, on the board and in tables
    label: str
    open: bool
    #: the look of its bar in a picture, unless it is late
    look: TaskLook
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
    #: within a sentence or a line; None for the label in lower case
    in_text: str | None = None
    turn: Turn | None = None
    #: whether its planned days are ahead, and ask for time of its owner
    ahead: bool = False
    #: whether work on it has begun
    begun: bool = False
    #: whether it is shown as late, rather than by its own look, once its due day is over
    shown_late: bool = False
    #: the column with the instant at which the status was reached, and the word for it
    since: str | None = None
    step: str | None = None

    @property
    def word(self) -> str:
        """The status within a sentence or a line."""
        return self.in_text or self.label.lower()


# The type of a state gives its colour in Prefect's two UIs: grey for waiting, blue for a task at
# work, yellow for one in review, orange for a blocked one; overdue ones are red.
_WAITING = StatusFacts(
    label="Waiting",
    open=True,
    look=TaskLook.PLANNED,
    board="Waiting",
    board_type="PENDING",
    event=None,
    style="dim",
    offers=("extend",),
    wanted="{title} waits for {waits_for}, so there is nothing to do yet",
    state="waits for {waits_for}",
    ahead=True,
    shown_late=True,
)
_READY = StatusFacts(
    label="Awaiting owner",
    open=True,
    look=TaskLook.PLANNED,
    board="AwaitingOwner",
    board_type="RUNNING",
    event="ready",
    style="cyan",
    offers=("begin", "done", "block", "extend"),
    wanted="please start {title}",
    state="is not started yet",
    in_text="ready",
    turn=Turn.OWNER,
    since="ready_at",
    step="ready",
    ahead=True,
    shown_late=True,
)
_DOING = StatusFacts(
    label="In progress",
    open=True,
    look=TaskLook.DOING,
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
    ahead=True,
    begun=True,
    shown_late=True,
)
_REVIEW = StatusFacts(
    label="In review",
    open=True,
    look=TaskLook.DOING,
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
    begun=True,
    shown_late=True,
)
_BLOCKED = StatusFacts(
    label="Blocked",
    open=True,
    look=TaskLook.BLOCKED,
    board="Blocked",
    board_type="CRASHED",
    event="blocked",
    style="bold yellow",
    offers=("unblock", "extend"),
    wanted="{title} is blocked{reason}",
    state="is blocked{reason}",
)
_DONE = StatusFacts(
    label="Done",
    open=False,
    look=TaskLook.DONE,
    board="Done",
    board_type="COMPLETED",
    event="done",
    style="green",
    offers=(),
    state="was done{done_on}{done_by}",
    over="{title} is done already. Nothing was changed.",
    since="done_at",
    step="done",
    begun=True,
)
_DROPPED = StatusFacts(
    label="Dropped",
    open=False,
    look=TaskLook.DROPPED,
    board="Dropped",
    board_type="CANCELLED",
    event="dropped",
    style="dim strike",
    offers=(),
    state="was left out",
    over="{title} was left out, so there is nothing left to do.",
)


def _row(status: TaskStatus) -> StatusFacts:
    """Return the row of a status; a status without one is a type error."""
    match status:
        case TaskStatus.WAITING:
            row = _WAITING
        case TaskStatus.READY:
            row = _READY
        case TaskStatus.DOING:
            row = _DOING
        case TaskStatus.REVIEW:
            row = _REVIEW
        case TaskStatus.BLOCKED:
            row = _BLOCKED
        case TaskStatus.DONE:
            row = _DONE
        case TaskStatus.DROPPED:
            row = _DROPPED
        case _:
            assert_never(status)
    return row


TASK_STATUSES: Mapping[TaskStatus, StatusFacts] = MappingProxyType(
    {status: _row(status) for status in TaskStatus}
)

OPEN = tuple(status for status, facts in TASK_STATUSES.items() if facts.open)
CLOSED = tuple(status for status, facts in TASK_STATUSES.items() if not facts.open)
#: the owner has to work on it
WITH_OWNER = tuple(
    status for status, facts in TASK_STATUSES.items() if facts.turn is Turn.OWNER
)
#: one person's work or answer is awaited
AWAITED = tuple(status for status, facts in TASK_STATUSES.items() if facts.turn)
#: the planned days of its work are ahead
AHEAD = tuple(status for status, facts in TASK_STATUSES.items() if facts.ahead)
#: open, and no longer waiting for other tasks or a day
ACTIVE = tuple(status for status in OPEN if status is not TaskStatus.WAITING)
