"""The tasks of a launch as a list of many launches shows them, kept until they can differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from launch_kits.database.records import KeptTasks
from launch_kits.views.launch import LaunchView
from launch_kits.views.task import TaskView

__all__ = ["ListedLaunch", "keep_tasks", "read_tasks"]


@dataclass(frozen=True, slots=True)
class ListedLaunch:
    """A launch with its tasks; the fields are those of its view.

    The tasks are without the items that they were made for: no list shows them, and reading them
    takes seven times as long as all the rest.
    """

    slug: str
    status: str
    today: date
    country: str | None
    tasks: tuple[TaskView, ...]

    @property
    def open_tasks(self) -> tuple[TaskView, ...]:
        """The tasks with work left, in the launch's order."""
        return tuple(task for task in self.tasks if task.open)


@cache
def _of_tasks() -> TypeAdapter[tuple[TaskView, ...]]:
    return TypeAdapter(tuple[TaskView, ...])


def keep_tasks(view: LaunchView) -> KeptTasks:
    """The row that keeps the tasks of a view, which was read for the folder ``.``."""
    plain = tuple(replace(task, item=None) for task in view.tasks)
    return KeptTasks(
        launch=view.slug,
        today=view.today,
        country=view.country,
        tasks=_of_tasks().dump_json(plain).decode(),
    )


def read_tasks(kept: KeptTasks, *, status: str, documents: Path) -> ListedLaunch:
    """A launch with its kept tasks; ``documents`` is the folder of documents."""
    tasks = _of_tasks().validate_json(kept.tasks)
    return ListedLaunch(
        slug=kept.launch,
        status=status,
        today=kept.today,
        country=kept.country,
        tasks=tuple(_with_documents(tasks, documents)),
    )


def _with_documents(tasks: tuple[TaskView, ...], folder: Path) -> Iterator[TaskView]:
    for task in tasks:
        there = task.document
        yield replace(task, document=folder / there) if there is not None else task
