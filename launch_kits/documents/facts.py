"""The facts that a document is made from.

They are the brief with its kit and ledgers, the tasks with their dates, and the reader.
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
    """A task of a launch or of a plan."""

    #: such as ``battlecard:redis``
    key: str
    stage: str
    stage_title: str
    title: str
    role: str
    #: email address
    owner: str
    owner_name: str
    #: the work, in working days; 0 for a milestone
    days: int
    #: keys of the tasks that it depends on
    after: tuple[str, ...]
    start: date
    finish: date
    #: latest start
    start_by: date
    #: latest finish
    due: date
    #: the float in working days; None if the task is done or dropped
    float_days: int | None
    critical: bool
    #: None if the launch has not started
    status: str | None
    #: file name of its document's template; None if it has no document
    template: str | None
    #: the audience of its document
    audience: Audience
    #: the competitor, partner or persona that it is about, if it is one of a set
    item: Item | None
    checklist: tuple[str, ...]
    #: the day on which it was done, in the launch's time zone; None until then
    done_on: date | None = None

    @property
    def late(self) -> bool:
        """Whether it was done after its due day."""
        return self.done_on is not None and self.done_on > self.due


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
