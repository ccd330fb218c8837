"""The actions that a person may take, among those that fit a task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from launch_kits.database.records import Notice, Task
from launch_kits.plan.absence import Deputies
from launch_kits.verbs.blocking import helper_of
from launch_kits.verbs.item_offers import offer_items, without_buttons
from launch_kits.verbs.permissions import (
    Actor,
    Denial,
    Verb,
    may,
    task_subject,
)
from launch_kits.verbs.transaction import Change
from launch_kits.views.answer_kinds import AnswerKind
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.closing import closing
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.links import LINKING, deep_rows, room_rows
from launch_kits.views.notices.message import Action, NoticeMessage, Row

__all__ = [
    "LaunchPeople",
    "denial",
    "message_for",
    "permitted",
    "permitted_actions",
]

#: the verbs of the actions; ``open`` has none, since it shows a task and changes nothing
_VERBS: Mapping[str, Verb] = {
    "begin": Verb.BEGIN,
    "done": Verb.DONE,
    "block": Verb.BLOCK,
    "unblock": Verb.UNBLOCK,
    "extend": Verb.EXTEND,
    "approve": Verb.APPROVE,
    "reject": Verb.REJECT,
    "ack": Verb.NOTE,
    "reply": Verb.NOTE,
    "decide": Verb.DECIDE,
    "reassign": Verb.REASSIGN,
}


class LaunchPeople(Protocol):
    """A launch held for a transaction, or its view."""

    @property
    def lead(self) -> str:
        """The lead's email."""
        ...

    @property
    def away(self) -> Deputies | None:
        """The deputies of those who are away."""
        ...


def denial(
    launch: LaunchPeople,
    task: Task | TaskView,
    action: str,
    email: str,
    *,
    more_time: bool,
) -> Denial | None:
    """Return why a person may not take an action, or None if they may.

    ``more_time`` says whether an answer is about a day that is asked for.
    """
    verb = _VERBS.get(action)
    if verb is None:
        return None
    if more_time and verb in (Verb.APPROVE, Verb.REJECT):
        verb = Verb.ANSWER
    helper = _helper(launch, task) if action == "reply" else None
    subject = task_subject(task, lead=launch.lead, helper=helper, away=launch.away)
    return may(Actor(email), verb, subject)


def _helper(launch: LaunchPeople, task: Task | TaskView) -> str | None:
    """The person who was named as the one who can help with blocked work."""
    if isinstance(task, Task):
        return helper_of(launch, task) if isinstance(launch, Change) else None
    if not isinstance(launch, LaunchView):
        return None
    asked = (
        ask.instead_of or ask.who
        for ask in launch.asks
        if ask.wanted is AnswerKind.UNBLOCK and ask.key == task.key
    )
    return next(asked, None)


def permitted_actions(
    actions: Iterable[Action],
    launch: LaunchView,
    task: TaskView,
    email: str,
    *,
    more_time: bool = False,
) -> tuple[Action, ...]:
    """Return the actions that a person may take."""
    return tuple(
        action
        for action in actions
        if denial(launch, task, action.name, email, more_time=more_time) is None
    )


def permitted(message: NoticeMessage, launch: LaunchView, to: str) -> NoticeMessage:
    """Return the message with the actions that its reader may take."""
    subject = message.subject
    task = launch.task(subject.task) if subject else None
    if subject is None or task is None or not message.actions:
        return message
    more_time = subject.until is not None
    actions = permitted_actions(message.actions, launch, task, to, more_time=more_time)
    return replace(message, actions=actions)


def message_for(
    notice: Notice, context: MessageContext, *, now: datetime
) -> NoticeMessage:
    """Write the message of a notice, with the actions that its reader may take.

    A digest or news that were sent keep their text: their days are told as on the day of their
    sending. Once they are closed they have no actions. Links lead to messages that were sent
    before; only those of the headline follow the newest.
    """
    kept = notice.keeps_text
    when = (notice.sent_at if kept else None) or now
    message = permitted(context.message(notice, now=when), context.view, notice.to)
    rows = [*message.rows, *deep_rows(notice.facts)]
    if not (notice.closed or closing(notice, context.view)):
        rows += room_rows(notice, context.room)
    message = replace(message, rows=rows)
    if kept and notice.closed is not None:
        return replace(message, actions=())
    if notice.kind in LINKING and message.subject and message.actions:
        link = context.links(notice.to, notice.sent_at).get(message.subject)
        row = Row("See also", ["The message about the task"], address=link)
        return replace(message, rows=[*message.rows, row]) if link else message
    if not message.groups:
        return message
    offered = offer_items(
        message,
        to=notice.to,
        since=notice.filed_at,
        view=context.launch,
        links=context.links(notice.to, notice.sent_at if kept else None),
        permit=permitted_actions,
    )
    # the week tells of its own day; its lines lead to the messages that have the buttons
    return without_buttons(offered) if "week" in notice.facts else offered
