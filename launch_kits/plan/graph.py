"""The graph of a launch: its work and its predecessors, in an order to be worked off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from launch_kits.errors import CycleError, PlanError, suggest
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.in_words import count
from launch_kits.workdays.offsets import Offset

__all__ = ["Anchor", "PlanGraph", "Predecessor", "Work", "find_cycle"]


class Anchor(StrEnum):
    """The day that a task's offsets are counted from."""

    RELEASE = "release"
    LAUNCH = "launch"


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A predecessor of a task, with a lag."""

    key: str
    #: working days of the launch between its finish and the start of the task
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """A task as planning sees it."""

    key: str
    #: working days of work; 0 is a milestone
    days: int
    after: tuple[Predecessor, ...] = ()
    anchor: Anchor = Anchor.LAUNCH
    #: the latest finish
    due: Offset | None = None
    #: the earliest start
    not_before: Offset | None = None
    #: the owner's calendar; None is the launch's, which a milestone has in any case
    calendar: Calendar | None = None
    #: days on which this task is worked on although others rest, in calendar time from the anchor
    #: day
    workdays: tuple[Offset, ...] = ()
    #: facts, as days of the launch's timezone
    begun_on: date | None = None
    done_on: date | None = None
    in_review: bool = False
    #: the expected finish, if more time was granted
    until: date | None = None
    #: the planned finish of begun work: up to it, it takes its share of its owner's day
    booked_until: date | None = None
    #: the day on which the facts were read: open work ends no earlier; None is the first day of the
    #: plan
    as_of: date | None = None

    @property
    def waits(self) -> bool:
        """Whether its predecessors still hold it.

        They hold work until it is begun, and a milestone always: it occupies no day, so even if it
        is done, its predecessors hold its successors.
        """
        return not self.days or (
            self.done_on is None and self.begun_on is None and not self.in_review
        )

    def own_calendar(self, launch: Calendar, anchor_day: date) -> Calendar:
        """Return the calendar in which its days are counted.

        ``anchor_day`` is a working day of the launch's.
        """
        if not self.days:
            return launch
        return (self.calendar or launch).working(
            offset.day(anchor_day) for offset in self.workdays
        )


@dataclass(frozen=True, slots=True)
class PlanGraph:
    """Work with its links as positions in ``work``.

    Work that waits no more has no links to its predecessors.
    """

    work: Sequence[Work]
    #: key → position
    index: Mapping[str, int]
    days: Sequence[int]
    #: positions of the tasks with offsets or facts of their own
    special: list[int]
    #: for each task the successors that wait for its finish alone
    after: list[list[int]]
    #: for tasks that have them the successors that wait for a lag too, as (position, lag); few, so
    #: kept apart
    lagged: dict[int, list[tuple[int, int]]]
    #: positions, every task after all its predecessors
    order: Sequence[int]

    @classmethod
    def of(cls, work: Sequence[Work]) -> PlanGraph:
        """Link the work up.

        Raises CycleError if tasks wait for each other. Raises PlanError for a duplicate key, an
        unknown predecessor, and days or lags below zero.
        """
        index = {task.key: position for position, task in enumerate(work)}
        if len(index) != len(work):
            key = next(
                task.key
                for position, task in enumerate(work)
                if index[task.key] != position
            )
            raise PlanError(f'duplicate task key "{key}"; rename one of the two tasks')
        after: list[list[int]] = [[] for _ in work]
        graph = cls(
            work, index, [task.days for task in work], [], after, {}, range(len(work))
        )
        in_order = True
        for position, task in enumerate(work):
            if (
                task.due
                or task.not_before
                or task.as_of
                or task.done_on
                or task.begun_on
                or task.in_review
                or task.until
                or task.workdays
            ):
                graph.special.append(position)
                if not task.waits:
                    continue
            for link in task.after:
                other = index.get(link.key, -1)
                lag = link.lag
                if lag or other < 0:
                    _check(task, link, index)
                    graph.lagged.setdefault(other, []).append((position, lag))
                else:
                    after[other].append(position)
                if other >= position:
                    in_order = False
        if min(graph.days, default=0) < 0:
            key = next(task.key for task in work if task.days < 0)
            raise PlanError(
                f'task "{key}" has less than 0 days of work; use 0 for a milestone'
            )
        return graph if in_order else replace(graph, order=graph._sorted())

    def successors(self, position: int) -> list[int]:
        """Return the tasks that wait for a task, with a lag or without."""
        return [
            *self.after[position],
            *(other for other, _ in self.lagged.get(position, ())),
        ]

    def _sorted(self) -> list[int]:
        """Return the order by Kahn's algorithm."""
        waiting = [len(task.after) for task in self.work]
        for position in self.special:
            if not self.work[position].waits:
                waiting[position] = 0
        order = [position for position, count in enumerate(waiting) if not count]
        ahead = self.after
        if self.lagged:
            ahead = [self.successors(position) for position in range(len(ahead))]
        append = order.append
        for position in order:
            for other in ahead[position]:
                waiting[other] = left = waiting[other] - 1
                if not left:
                    append(other)
        if len(order) < len(self.work):
            raise CycleError(find_cycle(self.work) or ())
        return order


def _check(task: Work, link: Predecessor, index: Mapping[str, int]) -> None:
    if link.key not in index:
        raise PlanError(
            f'task "{task.key}" waits for unknown task "{link.key}"{suggest(link.key, index)}'
        )
    if link.lag < 0:
        raise PlanError(
            f'task "{task.key}" has a lag of {count(link.lag, "day")} after "{link.key}"; '
            "use 0 or more"
        )


def find_cycle(work: Sequence[Work]) -> tuple[str, ...] | None:
    """Find tasks that wait for each other.

    Returns their keys, each before the key of a task that waits for it, the first repeated at the
    end, or None if there is no cycle. Links to unknown keys are ignored. The order of the work does
    not matter.
    """
    links = {
        task.key: sorted({link.key for link in task.after})
        for task in sorted(work, key=lambda task: task.key)
    }
    cleared: set[str] = set()
    for key, first in links.items():
        path = [key]
        ahead = [iter(first)]
        on_path = {key}
        while path:
            step = next(
                (
                    other
                    for other in ahead[-1]
                    if other in links and other not in cleared
                ),
                None,
            )
            if step is None:
                ahead.pop()
                cleared.add(path[-1])
                on_path.remove(path.pop())
            elif step in on_path:
                return _turned([*reversed(path[path.index(step) :])])
            else:
                path.append(step)
                on_path.add(step)
                ahead.append(iter(links[step]))
    return None


def _turned(cycle: list[str]) -> tuple[str, ...]:
    """Return the cycle from its first key in the alphabet back to it."""
    start = cycle.index(min(cycle))
    return (*cycle[start:], *cycle[:start], cycle[start])
