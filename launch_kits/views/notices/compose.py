"""A notice and the launch as it is now become a neutral message."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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

_ABOUT_TASKS: Mapping[NoticeKind, Callable[[TaskNotice], NoticeMessage]] = {
    NoticeKind.TASK: about_task,
    NoticeKind.REVIEW: question,
    NoticeKind.NUDGE: nudge,
    NoticeKind.ESCALATION: escalation,
}

_OF_DESK = {
    NoticeKind.QUESTION: desk_question,
    NoticeKind.ANSWER: answered_question,
}


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
    task = launch.task(notice.task) if notice.task else None
    about = _ABOUT_TASKS.get(NoticeKind(notice.kind))
    if about is not None and task is not None:
        return about(TaskNotice(notice, launch, task, reader))
    if notice.kind == NoticeKind.HEADLINE:
        return headline(launch, reader=reader)
    if notice.kind == NoticeKind.CANCELLED:
        return cancelled(notice.facts, launch, reader=reader)
    if notice.kind == NoticeKind.DIGEST:
        if "week" in notice.facts:
            return week(launch, reader=reader, to=notice.to)
        return morning(notice.facts, reader=reader)
    told = handed if isinstance(notice.facts.get("handed"), Mapping) else news
    write = _OF_DESK.get(NoticeKind(notice.kind), told)
    return write(notice, launch, reader=reader)
