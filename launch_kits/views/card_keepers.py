"""The tasks whose owners keep the cards of competitors."""

from __future__ import annotations

from collections.abc import Iterable

from launch_kits.database.records import Task, TaskStatus
from launch_kits.inputs.kit import Each

__all__ = ["card_keeper"]


def card_keeper(tasks: Iterable[Task], key: str) -> Task | None:
    """The task whose owner keeps a competitor's card: the battlecard, else another about them."""
    about = [
        task
        for task in tasks
        if task.each == Each.COMPETITORS
        and task.item == key
        and task.status != TaskStatus.DROPPED
    ]
    return min(about, key=_how_unlikely, default=None)


def _how_unlikely(task: Task) -> tuple[bool, bool]:
    """Sorts the battlecard before other documents, and these before tasks without one."""
    return "battlecard" not in f"{task.template} {task.key}", task.template is None
