"""Requests for more time that lapse: the task is closed, moved, or asked for again."""

from __future__ import annotations

from sqlmodel import col, select

from launch_kits.database.records import (
    Extension,
    ExtensionStatus,
    LaunchStatus,
    Task,
)
from launch_kits.verbs.digest_news import inform
from launch_kits.verbs.extension_requests import asked_of, settle_request
from launch_kits.verbs.transaction import Change
from launch_kits.views.notices.news_events import NewsEvent

__all__ = ["end_more_time", "lapse_request", "lapse_requests"]


def end_more_time(change: Change, task: Task, *, by: str) -> None:
    """End the more time that a task was granted, and its request for more."""
    lapse_request(change, task, by=by)
    task.extended_until = None
    change.session.add(task)


def lapse_requests(change: Change, *, by: str) -> None:
    """Let every request of a launch lapse: it is moved or cancelled."""
    asked = select(Extension.task).where(col(Extension.status) == ExtensionStatus.ASKED)
    for task_id in change.session.exec(
        asked.where(col(Extension.task).in_(change.tasks))
    ).all():
        lapse_request(change, change.tasks[task_id], by=by)


def lapse_request(change: Change, task: Task, *, by: str) -> None:
    """Let a request lapse that needs no answer any more.

    The task was closed, moved, or asked for again.
    """
    request = asked_of(change, task)
    if request is not None:
        settle_request(change, request, by=by, status=ExtensionStatus.LAPSED)
        change.withdraw(task, more_time=True, why="no longer asked")
        _tell_lapsed(change, task, request, by=by)


def _tell_lapsed(change: Change, task: Task, request: Extension, *, by: str) -> None:
    """Tell the person who asked for more time that no one will answer, unless it was their act."""
    own = request.by.casefold() == by.casefold()
    if own or change.launch.status != LaunchStatus.RUNNING:
        return
    facts = {
        "event": NewsEvent.EXTENSION_LAPSED,
        "by": by,
        "until": request.until.isoformat(),
        "due": task.due.isoformat(),
    }
    inform(change, request.by, task=task, facts=facts)
