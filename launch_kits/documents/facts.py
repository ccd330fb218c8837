"""What a document may say.

The brief with its kit and ledgers, the tasks with their dates, and who reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief, Item

__all__ = ["Facts", "TaskFacts"]


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task of a launch, or of a plan for one."""

    #: such as ``battlecard:redis``
    key: str
    stage: str
    stage_title: str
    title: str
    role: str
    #: email
    owner: str
    owner_name: str
    #: working days of work; 0 is a milestone
    days: int
    #: keys of the tasks it waits for
    after: tuple[str, ...]
    start: date
    finish: date
    #: latest start
    start_by: date
    #: latest finish
    due: date
    #: spare working days; None once it is done or dropped
    float_days: int | None
    critical: bool
    #: None where the launch has not started
    status: str | None
    #: file name of its document's template
    template: str | None
    #: who its document is meant for
    audience: Audience
    #: what it was fanned out over
    item: Item | None
    checklist: tuple[str, ...]
    #: the day on which it was done, where its launch is; None until then
    done_on: date | None = None

    @property
    def late(self) -> bool:
        """Whether it was done after its due day."""
        return self.done_on is not None and self.done_on > self.due


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
