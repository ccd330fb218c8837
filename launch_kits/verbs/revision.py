"""The changes that another brief or kit makes in a running launch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from launch_kits.errors import Fault
from launch_kits.verbs.word_changes import WordChange

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = ["Revision"]


@dataclass(slots=True)
class Revision:
    """The changes that another brief or kit makes in a launch."""

    #: the brief's keys that differ
    fields: tuple[str, ...] = ()
    added: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    #: no longer planned, but begun: they go on
    kept: list[str] = field(default_factory=list)
    #: task → which of its parts follow the kit now
    changed: dict[str, list[str]] = field(default_factory=dict)
    #: the owners of tasks that change
    handed: list[WordChange] = field(default_factory=list)
    #: the words that differ, of the brief first and then of each task
    words: list[WordChange] = field(default_factory=list)
    #: due days that now fall on days off, or that cannot be made
    warnings: tuple[Fault, ...] = ()
    #: documents that are written again
    documents: list[str] = field(default_factory=list)
    late_before: int = 0
    late_by: int = 0
    earliest_launch_on: date | None = None
    #: by the facts, before and after; None if no day holds, or if nothing changes
    lands_before: date | None = None
    lands_on: date | None = None
    #: whether the launch has ended, or all its work due by the launch day is done
    over: bool = False
    #: people who are told, by email
    told: tuple[str, ...] = ()
    #: the plan of the work not begun; None if nothing changes
    levelled: LevelledPlan | None = None

    @property
    def empty(self) -> bool:
        """Whether it changes nothing."""
        return not (
            self.fields or self.added or self.dropped or self.changed or self.handed
        )
