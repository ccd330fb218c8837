"""The facts of a task as rows and small print."""

from __future__ import annotations

from collections.abc import Sequence

from launch_kits.database.records import TaskStatus
from launch_kits.views.further_delay import moves_launch
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.message import Row
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.text import clean, quoted, shorten
from launch_kits.views.reader import count, listed

__all__ = [
    "MANY",
    "file_rows",
    "followers_note",
    "holds_launch",
    "matters",
    "task_rows",
]

#: tasks and points of a checklist; any more are only counted
MANY = 8
#: tasks named in a sentence
FEW = 3


def file_rows(task_notice: TaskNotice) -> list[Row]:
    """Return the document of a task, and the link to its result."""
    task = task_notice.task
    rows = []
    if task.document:
        name = task.document.name
        link = task_notice.notice.file_link
        rows.append(Row("Document", [name], address=link))
    if task.link:
        rows.append(Row("Result", [task.link], link=True))
    return rows


def followers_note(task_notice: TaskNotice) -> str | None:
    """Return the small print of a task: its part of the launch, and who waits for it."""
    told = []
    stage = task_notice.task.stage_title
    if stage:
        told.append(clean(stage))
    waiting = [each for each in _followers(task_notice) if each.open]
    if waiting:
        told.append(_waiting(waiting))
    return " · ".join(told) or None


def matters(task_notice: TaskNotice) -> list[str]:
    """Return the sentence on the harm of each late day."""
    if not task_notice.overdue or not _is_waited_for(task_notice):
        return []
    if holds_launch(task_notice):
        return ["Each further day moves the launch."]
    waiting = [each for each in _followers(task_notice) if each.open]
    return [f"{_waiting(waiting)}."] if waiting else []


def holds_launch(task_notice: TaskNotice) -> bool:
    """Whether each further day of a task moves the launch, as things stand.

    Work for which no other work waits holds only its own day.
    """
    task = task_notice.task
    launch = task_notice.launch
    spare = task.float_days
    if spare is None or spare > 0 or task.due > launch.launch_on:
        return False
    return _is_waited_for(task_notice) and moves_launch(launch.plan, task.key)


def _is_waited_for(task_notice: TaskNotice) -> bool:
    """Whether open work waits for a task, or the release or launch day itself does."""
    task = task_notice.task
    launch = task_notice.launch
    if task.decides or any(each.open for each in _followers(task_notice)):
        return True
    count_days = launch.plan.given.calendar.count
    return any(
        task.due <= day and count_days(task.due, day) <= 1
        for day in (launch.release_on, launch.launch_on)
    )


def _waiting(tasks: Sequence[TaskView]) -> str:
    """Name the tasks that wait for a task, and count the rest."""
    named = ", ".join(
        f"{quoted(each.title)} ({shorten(each.owner_name)})" for each in tasks[:FEW]
    )
    more = len(tasks) - FEW
    if more > 0:
        named += f" and {count(more, 'more task')}"
    verb = "waits" if len(tasks) == 1 else "wait"
    return f"{named} {verb} for this"


def task_rows(task_notice: TaskNotice) -> list[Row]:
    """Return all facts of a task that people ask for.

    If nothing is left to do, the rows leave out the work around it.
    """
    task = task_notice.task
    reader = task_notice.reader
    live = task_notice.live
    rows = [
        Row("Launch", [shorten(task_notice.launch.product)]),
        Row("Part", [task.stage_title]),
        Row("Owner", [task.owner_name]),
    ]
    if live and task_notice.planned:
        rows.append(Row("Planned", [reader.span(*task_notice.planned)]))
    rows.append(Row("Due", [reader.due(task.due) if live else reader.day(task.due)]))
    if live and task.float_days is not None:
        spare = _spare(task.float_days, holds=holds_launch(task_notice))
        rows.append(Row("Time to spare", [spare]))
    rows += file_rows(task_notice)
    if live:
        rows += _work_rows(task_notice)
    return rows


def _work_rows(task_notice: TaskNotice) -> list[Row]:
    task = task_notice.task
    waits = "Waits for" if task.status is TaskStatus.WAITING else "Waited for"
    before = (
        f"{shorten(each.title)}{'' if each.open else ' ✓'}"
        for each in task_notice.before
    )
    after = (
        f"{shorten(each.title)} ({shorten(each.owner_name)})"
        for each in _followers(task_notice)
    )
    points = map(clean, task.points)
    return [
        Row(waits, listed(before, most=MANY)),
        Row("Waits for this", listed(after, most=MANY)),
        Row("Checklist", listed(points, most=MANY)),
    ]


def _followers(task_notice: TaskNotice) -> list[TaskView]:
    return [
        each
        for each in task_notice.launch.tasks
        if task_notice.task.key in each.after and each.status is not TaskStatus.DROPPED
    ]


def _spare(days: int, *, holds: bool) -> str:
    if days > 0:
        return count(days, "working day")
    if days == 0:
        lost = "moves the launch" if holds else "makes it late"
        return f"None: each day lost here {lost}"
    return f"None: it misses its due day by {count(-days, 'working day')}"
