"""The rows and the small print of a message about a task."""

from __future__ import annotations

from launch_kits.database.records import TASK_STATUSES, TaskStatus
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.message import Row
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.text import capitalize, clean, shorten
from launch_kits.views.reader import count, listed

__all__ = ["MANY", "history_note", "task_rows"]

#: tasks and points of a checklist; any more are only counted
MANY = 8


def task_rows(task_notice: TaskNotice, *, live: bool, owner: bool = False) -> list[Row]:
    """Return the facts of a task, with its owner if asked for.

    If the task is not live, the rows leave out the work around it.
    """
    task, reader, launch = task_notice.task, task_notice.reader, task_notice.launch
    product = f"{shorten(launch.product)}, tier {launch.tier}"
    due = reader.due(task.due) if live else reader.day(task.due)
    rows = [Row("Launch", [product]), Row("Stage", [task.stage_title])]
    if owner:
        rows.append(Row("Owner", [task.owner_name]))
    if live and task_notice.planned:
        rows.append(Row("Planned", [task_notice.planned]))
    rows.append(Row("Due", [due]))
    if live and task.float_days is not None:
        rows.append(Row("Float", [_float(task.float_days)]))
    if task.document:
        rows.append(Row("Document", [task.document.name]))
    if task.link:
        rows.append(Row("Link", [task.link], link=True))
    if live:
        rows += _work_rows(task_notice)
    return rows


def _work_rows(task_notice: TaskNotice) -> list[Row]:
    task = task_notice.task
    waits = "Waits on" if task.status is TaskStatus.WAITING else "Waited on"
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
        Row("Who waits", listed(after, most=MANY)),
        Row("Checklist", listed(points, most=MANY)),
    ]


def _followers(task_notice: TaskNotice) -> list[TaskView]:
    return [
        each
        for each in task_notice.launch.tasks
        if task_notice.task.key in each.after and each.status is not TaskStatus.DROPPED
    ]


def _float(days: int) -> str:
    if days > 0:
        return count(days, "working day")
    if days == 0:
        return "none: a day lost here is lost for the launch"
    return f"{count(-days, 'working day')} short"


def history_note(task_notice: TaskNotice) -> str | None:
    """Return the small line of past steps, or None before the first."""
    task = task_notice.task
    told = [
        f"{facts.step} {task_notice.reader.day(at)}"
        for facts in TASK_STATUSES.values()
        if facts.since and (at := getattr(task, facts.since)) is not None
    ]
    if task.status is TaskStatus.DROPPED:
        told.append("dropped")
    return capitalize(" · ".join(told)) if told else None
