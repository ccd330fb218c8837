"""The actions that a message offers, and those that fit a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from launch_kits.database.records import TASK_STATUSES, WITH_OWNER, TaskStatus
from launch_kits.views.labels import LABELS
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.message import Action

__all__ = [
    "ACK",
    "APPROVE",
    "BEGIN",
    "BLOCK",
    "BY_VERB",
    "CARD_CHANGE",
    "CHECKS",
    "CONCEDE",
    "DECIDE",
    "DONE",
    "EXTEND",
    "GRANT",
    "MOVE",
    "OPEN",
    "REASSIGN",
    "REFUSE",
    "REJECT",
    "REPLAN",
    "REPLY",
    "SHOW_CARD",
    "UNBLOCK",
    "UPHOLD",
    "VERIFY",
    "actions_for",
    "answers_to",
    "helps",
]

BEGIN = Action("begin", LABELS["begin"], "primary")
DONE = Action("done", LABELS["done"])
BLOCK = Action("block", LABELS["block"])
UNBLOCK = Action("unblock", LABELS["unblock"], "primary")
#: asks for a note, which the owner of the blocked work reads
REPLY = Action("reply", LABELS["reply"])
EXTEND = Action("extend", LABELS["extend"])
OPEN = Action("open", LABELS["open"])
APPROVE = Action("approve", LABELS["approve"], "primary")
REJECT = Action("reject", LABELS["reject"], "danger")
#: the same answers to a question about more time
GRANT = replace(APPROVE, label=LABELS["grant"])
REFUSE = replace(REJECT, label=LABELS["refuse"])
#: go or no-go
DECIDE = Action("decide", LABELS["decide"], "primary")
ACK = Action("ack", LABELS["ack"])
REASSIGN = Action("reassign", LABELS["reassign"])
#: shows the checks of a launch, to tick or let pass
CHECKS = Action("launch_gates", LABELS["checks"])
#: asks why a doubted line of a card holds
UPHOLD = Action("card_uphold", LABELS["uphold"])
#: asks why it is wrong
CONCEDE = Action("card_concede", LABELS["concede"])
#: says that a card still holds, shows it, and asks for the change that it needs
VERIFY = Action("card_verify", LABELS["verify"], "primary")
SHOW_CARD = Action("card_open", LABELS["card"])
CARD_CHANGE = Action("card_change", LABELS["change"])
#: shows the form for another launch day
MOVE = Action("launch_move", LABELS["move"])
#: shows whose planned days move if the work is planned again
REPLAN = Action("launch_replan", LABELS["replan"])

#: the actions of the verbs that a status offers
BY_VERB: Mapping[str, Action] = {
    action.name: action for action in (BEGIN, DONE, BLOCK, UNBLOCK, EXTEND)
}
#: the owner has work on it, or waits for help
_AT_WORK = (*WITH_OWNER, TaskStatus.BLOCKED)


def actions_for(task: TaskView, *, to: str, since: datetime) -> tuple[Action, ...]:
    """Return the actions that fit the status of an open task, for its owner.

    An overdue task also offers the one that pauses reminders, unless the reader, whose email is
    ``to``, used it at or after ``since``. A go or no-go is decided instead of started and finished.
    """
    if task.decides and task.status in WITH_OWNER and not task.later:
        return (DECIDE, BLOCK, EXTEND, OPEN)
    # no one is asked to start it before its day
    status = TaskStatus.WAITING if task.later else task.status
    actions = [BY_VERB[verb] for verb in TASK_STATUSES[status].offers]
    if actions and actions[0] == DONE:
        actions[0] = replace(DONE, style="primary")
    if task.status in _AT_WORK:
        actions += _pause(task, to=to, since=since)
    return (*actions, OPEN)


def helps(task: TaskView, *, to: str, since: datetime) -> tuple[Action, ...]:
    """Return the actions of a helper with an overdue task."""
    time = replace(EXTEND, label="Give more time")
    return (*_pause(task, to=to, since=since), time, REASSIGN, OPEN)


def answers_to(*, until: date | None) -> tuple[Action, ...]:
    """Return the actions that answer a question: about a day, or about a review."""
    if until is not None:
        return (GRANT, REFUSE, OPEN)
    return (APPROVE, REJECT, OPEN)


def _pause(task: TaskView, *, to: str, since: datetime) -> tuple[Action, ...]:
    said_at = task.said_on_it(to)
    said = said_at is not None and said_at >= since
    if said or not task.overdue:
        return ()
    return (ACK,)
