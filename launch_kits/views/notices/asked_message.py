"""An answer that a person owes, as a message with its actions: an entry of their lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.actions import (
    CARD_CHANGE,
    CHECKS,
    CONCEDE,
    OPEN,
    REPLY,
    SHOW_CARD,
    UNBLOCK,
    UPHOLD,
    VERIFY,
    answers_to,
    helps,
)
from launch_kits.views.notices.content_question import about_content
from launch_kits.views.notices.decision_text import asked_text, in_place_of
from launch_kits.views.notices.desk import (
    ADD_TO_FAQ,
    ANSWER_DOUBT,
    ANSWER_QUESTION,
    DECLINE_FAQ,
    DOUBT_IS_RIGHT,
)
from launch_kits.views.notices.message import Action, NoticeMessage, Subject
from launch_kits.views.notices.questions import about_more_time, about_review
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.tasks import escalation
from launch_kits.views.notices.text import capitalize, shorten, stopped
from launch_kits.views.reader import Reader

__all__ = ["about_ask", "asked_actions", "asked_subject"]

#: the answers that are not about a task, and the actions that give them
_ACTIONS: Mapping[AnswerKind, Sequence[Action]] = {
    AnswerKind.GATE: (CHECKS,),
    AnswerKind.WAIVER: (CHECKS,),
    AnswerKind.QUESTION: (ANSWER_QUESTION,),
    AnswerKind.DOUBT: (ANSWER_DOUBT, DOUBT_IS_RIGHT),
    AnswerKind.FAQ: (ADD_TO_FAQ, DECLINE_FAQ),
    AnswerKind.FLAG: (UPHOLD, CONCEDE),
    AnswerKind.CARD: (VERIFY, CARD_CHANGE, SHOW_CARD),
}

#: the answers that the view of a launch tells to be open
_READ = frozenset(
    [
        AnswerKind.QUESTION,
        AnswerKind.DOUBT,
        AnswerKind.FAQ,
        AnswerKind.FLAG,
        AnswerKind.CARD,
        AnswerKind.CONTENT,
    ]
)


def asked_subject(ask: ToDecide, slug: str) -> Subject | None:
    """Return the subject of the actions about an answer that is owed; None without actions."""
    if ask.about_task:
        more_time = ask.wanted is AnswerKind.MORE_TIME
        return Subject(slug, ask.key, ask.until if more_time else None)
    if ask.wanted in (AnswerKind.GATE, AnswerKind.WAIVER):
        return Subject(slug, "")
    return Subject(slug, ask.key) if ask.wanted in _ACTIONS else None


def asked_actions(
    ask: ToDecide, launch: LaunchView, task: TaskView | None, *, to: str
) -> tuple[Action, ...]:
    """Return the actions that answer it now, for the reader ``to``; none if it is answered.

    ``task`` is the task that it is about.
    """
    if ask.wanted in (AnswerKind.GATE, AnswerKind.WAIVER):
        return (CHECKS,) if launch.status == LaunchStatus.RUNNING else ()
    if ask.wanted in _READ and not _is_asked(ask, launch):
        return ()
    if ask.wanted in _ACTIONS:
        return tuple(_ACTIONS[ask.wanted])
    if task is None or not (task.open or ask.wanted is AnswerKind.CONTENT):
        return ()
    return _about_task(ask, task, to=to)


def _is_asked(ask: ToDecide, launch: LaunchView) -> bool:
    """Whether the launch still waits for an answer."""
    return any(each.identity == ask.identity for each in launch.asks)


def _about_task(ask: ToDecide, task: TaskView, *, to: str) -> tuple[Action, ...]:
    reviewed = task.status is TaskStatus.REVIEW
    kind = ask.wanted
    match kind:
        case AnswerKind.MORE_TIME:
            return answers_to(until=ask.until) if task.asked_until else ()
        case AnswerKind.REVIEW:
            # once it is answered, the work is its owner's again
            return answers_to(until=None) if reviewed else ()
        case AnswerKind.CONTENT:
            return answers_to(until=None)
        case AnswerKind.BLOCKED | AnswerKind.UNBLOCK:
            blocked = task.status is TaskStatus.BLOCKED
            return (REPLY, UNBLOCK, OPEN) if blocked else (OPEN,)
        case AnswerKind.HELP if ask.notice is not None:
            return helps(task, to=to, since=ask.notice.filed_at)
        case (
            AnswerKind.HELP
            | AnswerKind.DECISION
            | AnswerKind.DECISION_AHEAD
            | AnswerKind.CARD
            | AnswerKind.FLAG
            | AnswerKind.GATE
            | AnswerKind.WAIVER
            | AnswerKind.QUESTION
            | AnswerKind.DOUBT
            | AnswerKind.FAQ
        ):
            return (OPEN,)
        case _:
            assert_never(kind)


def about_ask(
    ask: ToDecide,
    launch: LaunchView,
    reader: Reader,
    seen: TaskNotice | None,
    *,
    to: str,
) -> NoticeMessage:
    """Write the answer that the person with the email ``to`` owes, as their message about it does.

    ``seen`` is the task that it is about, as its reader sees it.
    """
    if seen is not None:
        match ask.wanted:
            case AnswerKind.MORE_TIME if ask.until is not None:
                return about_more_time(seen, ask.until)
            case AnswerKind.REVIEW:
                return about_review(seen)
            case AnswerKind.CONTENT:
                return about_content(seen)
            case AnswerKind.HELP:
                return escalation(seen)
    told = capitalize(asked_text(ask, reader))
    until = launch.away.away_until(ask.instead_of or "") if launch.away else None
    behind = in_place_of(ask.instead_of, until, reader, to=to)
    return NoticeMessage(
        sentence=stopped(f"{told} ({shorten(launch.product)}){behind}"),
        actions=asked_actions(ask, launch, seen.task if seen else None, to=to),
        subject=asked_subject(ask, launch.slug),
    )
