"""Messages about one task: to its owner, and to the person who must help."""

from __future__ import annotations

from dataclasses import replace

from launch_kits.database.records import TaskStatus
from launch_kits.views.notices.actions import OPEN, offered
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.questions import about_review
from launch_kits.views.notices.task_notice import TaskNotice, acting_for, state_of
from launch_kits.views.notices.task_rows import history_note, task_rows
from launch_kits.views.notices.text import capitalize, shorten
from launch_kits.views.reader import iso_day

__all__ = ["about_task", "escalation", "nudge"]


def about_task(task_notice: TaskNotice) -> NoticeMessage:
    """Write the owner's living message: the work, its due day and actions.

    A former owner or deputy reads who has the task now.
    """
    task = task_notice.task
    mine = task_notice.is_owners
    live = mine and task_notice.live
    if mine:
        verb, state = state_of(task_notice)
    else:
        verb, state = "is", f"now with {shorten(task.owner_name)}"
    product = shorten(task_notice.launch.product)
    due = _due(task_notice) if live else ""
    due += "".join(f" {line}" for line in acting_for(task_notice))
    return NoticeMessage(
        sentence=f"{shorten(task.title)} ({product}) {verb} {state}.{due}",
        headline=task.title,
        paragraphs=[*acting_for(task_notice), f"{capitalize(state)}."],
        rows=task_rows(task_notice, live=live),
        note=history_note(task_notice),
        actions=offered(task) if live else (),
        subject=task_notice.subject(),
    )


def nudge(task_notice: TaskNotice) -> NoticeMessage:
    """Write a reminder: the task's message with the day first.

    If the task is in review, its approver is reminded to answer.
    """
    task = task_notice.task
    review = task.status is TaskStatus.REVIEW
    plain = about_review(task_notice) if review else about_task(task_notice)
    if not plain.actions:
        return plain
    when = "overdue" if task.overdue else _distance(task_notice)
    return replace(plain, sentence=f"Reminder, {when}: {plain.sentence}")


def escalation(task_notice: TaskNotice) -> NoticeMessage:
    """Write to a person who can help: whose task it is and how late."""
    task, live = task_notice.task, task_notice.live
    if live and task.overdue:
        verb, state = "was", f"due {task_notice.reader.due(task.due)}"
    else:
        verb, state = state_of(task_notice)
    told = f"{shorten(task.title)} of {shorten(task.owner_name)} {verb} {state}"
    product = shorten(task_notice.launch.product)
    reason = task_notice.reason("text") or ""
    return NoticeMessage(
        sentence=f"{told} ({product}).",
        headline=f"Help needed: {task.title}" if live else task.title,
        paragraphs=[f"{told}.\n{reason}"],
        rows=task_rows(task_notice, live=live, owner=True),
        actions=(OPEN,) if live else (),
        subject=task_notice.subject(),
    )


def _due(task_notice: TaskNotice) -> str:
    task, reader = task_notice.task, task_notice.reader
    if task.overdue:
        return f" Was due {reader.due(task.due)}."
    if task_notice.planned is None:
        return f" Due {reader.due(task.due)}."
    return f" Planned {task_notice.planned}, due {reader.latest(task.due)}."


def _distance(task_notice: TaskNotice) -> str:
    """Return the distance of the day that a reminder is about."""
    planned = iso_day(task_notice.facts.get("planned_finish"))
    if planned is None:
        return f"due {task_notice.reader.distance(task_notice.task.due)}"
    return f"planned to be finished {task_notice.reader.distance(planned)}"
