"""The actions that a message offers, and those that fit a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from launch_kits.database.records import TASK_STATUSES, TaskStatus
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.message import Action

__all__ = [
    "ACK",
    "APPROVE",
    "BEGIN",
    "BLOCK",
    "BY_VERB",
    "DONE",
    "EXTEND",
    "OPEN",
    "REFUSE",
    "REJECT",
    "UNBLOCK",
    "answers_to",
    "offered",
]

BEGIN = Action("begin", "Start", "primary")
DONE = Action("done", "Done")
BLOCK = Action("block", "Blocked")
UNBLOCK = Action("unblock", "Unblock", "primary")
EXTEND = Action("extend", "Need more time")
OPEN = Action("open", "Open")
APPROVE = Action("approve", "Approve", "primary")
REJECT = Action("reject", "Send back", "danger")
#: the same answer to a question about more time
REFUSE = replace(REJECT, label="Refuse")
ACK = Action("ack", "On it")

#: the actions of the verbs that a status offers
BY_VERB: Mapping[str, Action] = {
    action.name: action for action in (BEGIN, DONE, BLOCK, UNBLOCK, EXTEND)
}


def offered(task: TaskView) -> tuple[Action, ...]:
    """Return the actions that fit the status of an open task, for its owner.

    An overdue task also offers the one that pauses reminders.
    """
    verbs = TASK_STATUSES[task.status].offers
    if task.later:
        # no one is asked to start it before its day
        verbs = TASK_STATUSES[TaskStatus.WAITING].offers
    actions = [BY_VERB[verb] for verb in verbs]
    if verbs[:1] == ("done",):
        actions[0] = replace(DONE, style="primary")
    return (*actions, ACK, OPEN) if task.overdue else (*actions, OPEN)


def answers_to(*, until: date | None) -> tuple[Action, ...]:
    """Return the actions that answer a question: about a day, or about a review."""
    return (APPROVE, REFUSE if until else REJECT, OPEN)
