"""What a document may say.

The brief with its kit and ledgers, the tasks with their dates, and who reads it.
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
    """Everything a document is made from, its template aside."""

    #: with kit and ledgers in place
    brief: Brief
    #: all of the launch, in the kit's order
    tasks: Sequence[TaskFacts]
    #: the one whose document it is
    task: TaskFacts | None
    today: date
    reader: Audience
    begin_on: date
    release_on: date
    launch_on: date
    #: whether the plan holds
    feasible: bool

    @property
    def audience(self) -> Audience:
        """Whose eyes the document must bear.

        The reader's, or those it is meant for where that circle is wider.
        """
        return self.reader.or_wider(self.task.audience) if self.task else self.reader
