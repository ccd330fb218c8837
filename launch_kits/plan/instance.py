"""An instance of resource-constrained scheduling, on plain integers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from launch_kits.plan.milestones import Milestones

__all__ = ["Instance", "Timetable"]


class Timetable(NamedTuple):
    """For each task the days on which it starts and finishes."""

    start: list[int]
    finish: list[int]
    #: for milestones, from the end of which day on others may start
    passed: dict[int, int]


@dataclass(frozen=True, slots=True)
class Instance:
    """Tasks to be scheduled; days are numbers from the first of the tables, lists run by position.

    Work that is done, begun or in review keeps its place. It is not in ``order``: its finish is in
    ``ready`` of its successors, its demand is taken out of ``free``.
    """

    #: ordinal of day number 0
    base: int
    #: the tasks to be placed, each behind all that it waits for
    order: list[int]
    #: milestones that are done: others still wait for the predecessors of these
    done: AbstractSet[int]
    #: makes the milestones of one timetable; they count in ordinals
    milestones: Callable[[], Milestones]
    #: working days of work; 0 is a milestone
    counts: Sequence[int]
    #: the working days of each task's calendar, and for each day how many there are up to it
    days: Sequence[list[int]]
    rank: Sequence[list[int]]
    #: the same for the launch's calendar
    launch_days: list[int]
    launch_rank: list[int]
    after: Sequence[list[int]]
    lagged: dict[int, list[tuple[int, int]]]
    #: the number of tasks in ``order`` that each task waits for
    waits_for: Sequence[int]
    #: the day after which a task can start; for a milestone the first day on which it can lie
    ready: list[int]
    #: by task, packed
    demand: Sequence[int]
    #: by day the free capacity, packed, guards set
    free: list[int]
    guard: int
    #: the dates of the tasks with a fixed place
    fixed: Timetable
    #: for tasks that were granted more time the day after which others may start
    until: Mapping[int, int]
    #: the latest finish
    due: Sequence[int]

    def lateness(self, finish: Sequence[int]) -> list[int]:
        """The working days by which each late task finishes late; others are left out."""
        return [
            rank[end] - rank[due]
            for end, due, rank in zip(finish, self.due, self.rank, strict=True)
            if end > due
        ]
