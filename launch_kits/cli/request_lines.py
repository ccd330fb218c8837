"""The open requests for more time, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from launch_kits.cli.output import plain
from launch_kits.workdays.in_words import day

if TYPE_CHECKING:
    from launch_kits.views.task import TaskView

__all__ = ["request_lines"]


def request_lines(tasks: Iterable[TaskView]) -> Iterator[str]:
    """Yield a line for each open request for more time, with the command that answers it."""
    for task in tasks:
        if task.asked_until:
            yield plain(
                f"{task.owner_name} asks for more time for {task.key}: "
                f"until {day(task.asked_until)}, "
                f"not {day(task.due)}. `launch-kits approve {task.launch} {task.key} "
                f"--until {task.asked_until}` or `reject` answers."
            )
