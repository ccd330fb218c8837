"""The facts that a document is made from.

They are the brief with its kit and ledgers, the tasks with their dates, and the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.plan.task_facts import TaskFacts

__all__ = ["Facts", "TaskFacts"]


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts that a document is made from."""

    #: with its kit and ledgers loaded
    brief: Brief
    #: all tasks of the launch, in the order of the kit
    tasks: Sequence[TaskFacts]
    #: the task that the document belongs to; None for a document without a task
    task: TaskFacts | None
    today: date
    reader: Audience
    begin_on: date
    release_on: date
    launch_on: date
    #: whether the plan meets all of its deadlines
    feasible: bool

    @property
    def audience(self) -> Audience:
        """The readers for whom the document must be fit.

        Returns the audience of the reader or of the document's task, whichever is wider.
        """
        return self.reader.or_wider(self.task.audience) if self.task else self.reader
