"""How work ended, or went to another person: facts of messages that are over."""

from __future__ import annotations

from typing import Any, TypeAlias

from launch_kits.database.records import Closing, LaunchStatus, Notice
from launch_kits.views.launch import LaunchView, TaskView

__all__ = ["Over", "done_by", "due_by_launch", "ended", "over", "with_another"]

#: ``why``, a member of `Closing`, and the facts that the member lists
Over: TypeAlias = dict[str, Any]


def over(why: Closing, **facts: object) -> Over:
    """Return the facts of a message that is over."""
    return {"why": str(why), **facts}


def ended(launch: LaunchView, task: TaskView) -> Over | None:
    """Return how the task or its launch ended, or None if there is still work to do."""
    if task.done_at is not None:
        return over(Closing.DONE, **done_by(task))
    if not task.open:
        return over(Closing.DROPPED, by=task.closed_by, note=task.dropped_why)
    if launch.status != LaunchStatus.RUNNING:
        return over(Closing.ENDED, status=str(launch.status))
    return None


def with_another(notice: Notice, task: TaskView) -> Over | None:
    """Return that the reader does not hold a task, or None if they do."""
    holders = [person.lower() for person in (task.owner, task.in_hands_of) if person]
    if notice.to.lower() in holders:
        return None
    return over(Closing.HANDED_ON, to=task.owner)


def due_by_launch(launch: LaunchView) -> list[TaskView]:
    """Return the open tasks due by the launch day."""
    return [task for task in launch.open_tasks if task.due <= launch.launch_on]


def done_by(task: TaskView) -> Over:
    """Return when a task was done, and the person who finished or approved it."""
    if task.done_at is None:
        return {}
    return {"at": task.done_at.isoformat(), "by": task.closed_by}
