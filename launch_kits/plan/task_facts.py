"""A task with its people and dates: the base of every view of a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Item
from launch_kits.statuses import TaskStatus

__all__ = ["TaskFacts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFacts:
    """A task of a launch, or of a plan for one: all that a template may take of it."""

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
    #: the earliest days; of a launch, in documents and pictures, the days of work
    start: date
    finish: date
    #: latest start
    start_by: date
    #: latest finish
    due: date
    #: spare working days; None once it is done or dropped
    float_days: int | None
    critical: bool
    #: None if the launch has not started
    status: TaskStatus | None
    #: file name of its document's template
    template: str | None
    #: who its document is meant for
    audience: Audience
    #: the item that it was fanned out over
    item: Item | None = None
    checklist: tuple[str, ...]
    #: the day on which it was done, in the launch's time zone; None until then
    done_on: date | None = None

    @property
    def late(self) -> bool:
        """Whether it was done after its due day."""
        return self.done_on is not None and self.done_on > self.due
