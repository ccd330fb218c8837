"""Changes of a task that are no event of its history; the board and messages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launch_kits.database.records import Task

if TYPE_CHECKING:
    from launch_kits.verbs.transaction import Change

__all__ = ["put_in_hands", "touch"]


def touch(change: Change, task: Task) -> None:
    """Let board and sent messages follow a changed task."""
    change.launch.revision += 1
    change.session.add(change.launch)
    change.session.add(task)


def put_in_hands(change: Change, task: Task, person: str | None) -> None:
    """Let a person act for the owner or approver of a task; None gives it back."""
    if task.in_hands_of != person:
        task.in_hands_of = person
        touch(change, task)
