"""Who a task waits for: the person whose act or answer it needs now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from launch_kits.database.records import TaskStatus
from launch_kits.views.decisions import turn_of
from launch_kits.views.launch import LaunchView, TaskView

__all__ = ["AwaitedStep", "next_step"]


@dataclass(frozen=True, slots=True)
class AwaitedStep:
    """The task whose turn it is, and the person who owes its next step."""

    #: the task itself, or the one that it waits for
    task: TaskView
    #: their email; None if it waits for a day, or is blocked
    who: str | None


def next_step(task: TaskView, launch: LaunchView) -> AwaitedStep:
    """Return the task and the person that an open task waits for.

    Of several tasks before it, the one that is expected to end last counts.
    """
    found = task
    seen = {task.key}
    while found.status is TaskStatus.WAITING:
        before = [
            each
            for key in found.after
            if (each := launch.task(key)) and each.open and key not in seen
        ]
        if not before:
            return AwaitedStep(found, None)
        found = max(before, key=lambda each: (_ends(each), each.key))
        seen.add(found.key)
    if found.status is TaskStatus.BLOCKED:
        return AwaitedStep(found, None)
    return AwaitedStep(found, turn_of(found, launch)[0])


def _ends(task: TaskView) -> date:
    return task.expected_finish or task.due
