"""The actions that a message offers, and those that fit a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from launch_kits.database.records import TaskStatus
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.message import Action

__all__ = [
    "ACK",
    "APPROVE",
    "BEGIN",
    "BLOCK",
    "DONE",
    "EXTEND",
    "OPEN",
    "REFUSE",
    "REJECT",
    "UNBLOCK",
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

#: what the owner can do next
_OFFERED: Mapping[TaskStatus, Sequence[Action]] = {
    TaskStatus.WAITING: (EXTEND, OPEN),
    TaskStatus.READY: (BEGIN, DONE, BLOCK, EXTEND, OPEN),
    TaskStatus.DOING: (replace(DONE, style="primary"), BLOCK, EXTEND, OPEN),
    TaskStatus.REVIEW: (BLOCK, EXTEND, OPEN),
    TaskStatus.BLOCKED: (UNBLOCK, EXTEND, OPEN),
}


def offered(task: TaskView) -> tuple[Action, ...]:
    """Return the actions that the owner of an open task can take next.

    If the task is overdue, the owner can also say that they are on it, which pauses reminders.
    """
    actions = _OFFERED[task.status]
    return (*actions[:-1], ACK, actions[-1]) if task.overdue else tuple(actions)
