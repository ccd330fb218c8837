"""A notice and the launch as it is now become a neutral message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, assert_never

from launch_kits.database.records import Notice, NoticeKind
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.closed_line import closed_message
from launch_kits.views.notices.closing import closing
from launch_kits.views.notices.desk import answered_question, desk_question
from launch_kits.views.notices.digest import morning
from launch_kits.views.notices.handed import handed
from launch_kits.views.notices.headline import headline
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.news import cancelled, news
from launch_kits.views.notices.questions import question
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.tasks import about_task, escalation, nudge
from launch_kits.views.notices.week import week
from launch_kits.views.reader import Reader

__all__ = ["compose"]

#: the kinds that are about one task
AboutTask = Literal[
    NoticeKind.TASK, NoticeKind.REVIEW, NoticeKind.NUDGE, NoticeKind.ESCALATION
]


def compose(notice: Notice, launch: LaunchView, *, reader: Reader) -> NoticeMessage:
    """Write the message of a notice for its reader, from the launch as it is now.

    An edit in place is the same call again: the message and its actions change with the
    task. ``facts`` add data beyond the records, and any of them may be missing:
    ``until``, ``by``, ``reason`` and ``note`` of a question, ``event`` or ``changes`` of
    news (``text`` in notices of the old shape), ``by`` and ``note`` of a cancellation, the
    ``tasks`` of a digest, and all of a question to the answer desk.
    """
    over = notice.closed or closing(notice, launch)
    if over is not None:
        return closed_message(over, notice, launch, reader=reader)
    return _open_message(notice, launch, reader)


def _open_message(notice: Notice, launch: LaunchView, reader: Reader) -> NoticeMessage:
    kind = NoticeKind(notice.kind)
    match kind:
        case (
            NoticeKind.TASK
            | NoticeKind.REVIEW
            | NoticeKind.NUDGE
            | NoticeKind.ESCALATION
        ):
            message = _about_task(kind, notice, launch, reader)
        case NoticeKind.HEADLINE:
            message = headline(launch, reader=reader)
        case NoticeKind.CANCELLED:
            message = cancelled(notice.facts, launch, reader=reader)
        case NoticeKind.DIGEST if "week" in notice.facts:
            message = week(launch, reader=reader, to=notice.to)
        case NoticeKind.DIGEST:
            message = morning(notice.facts, reader=reader)
        case NoticeKind.QUESTION:
            message = desk_question(notice, launch, reader=reader)
        case NoticeKind.ANSWER:
            message = answered_question(notice, launch, reader=reader)
        case NoticeKind.NEWS:
            message = _news(notice, launch, reader)
        case _:
            assert_never(kind)
    return message


def _about_task(
    kind: AboutTask, notice: Notice, launch: LaunchView, reader: Reader
) -> NoticeMessage:
    """Write about a task; a notice whose task the launch does not have is told as news."""
    task = launch.task(notice.task) if notice.task else None
    if task is None:
        return _news(notice, launch, reader)
    about = TaskNotice(notice, launch, task, reader)
    match kind:
        case NoticeKind.TASK:
            return about_task(about)
        case NoticeKind.REVIEW:
            return question(about)
        case NoticeKind.NUDGE:
            return nudge(about)
        case NoticeKind.ESCALATION:
            return escalation(about)
        case _:
            assert_never(kind)


def _news(notice: Notice, launch: LaunchView, reader: Reader) -> NoticeMessage:
    write = handed if isinstance(notice.facts.get("handed"), Mapping) else news
    return write(notice, launch, reader=reader)
