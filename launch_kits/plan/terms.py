"""What a network is planned by: its anchor days, limits and facts as plain integers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from launch_kits.plan.network import Anchor, Network
from launch_kits.workdays import Calendar, Offset, Unit

__all__ = ["UNHELD", "Anchors", "Terms"]

#: the limit of a task that only its successors hold: later than any day
UNHELD = date.max.toordinal()


class Anchors(NamedTuple):
    """The working days that offsets are counted from."""

    release: date
    launch: date

    @classmethod
    def of(cls, calendar: Calendar, *, release_on: date, launch_on: date) -> Anchors:
        """The given days, or the last working days of the launch's calendar before them."""
        return cls(calendar.last_on_or_before(release_on), calendar.last_on_or_before(launch_on))

    def day(self, anchor: Anchor) -> date:
        """The day of one anchor."""
        return self.release if anchor is Anchor.RELEASE else self.launch


@dataclass(frozen=True, slots=True)
class Terms:
    """Days are ordinals; lists run parallel to the network's work."""

    #: the day before begin_on
    floor: int
    #: open work finishes no earlier
    today: int
    #: at the end of this day free milestones are computed
    free: int
    #: the days before the anchor days
    eve_of_release: int
    eve_of_launch: int
    #: positions of the open tasks, each behind what it waits for
    order: Sequence[int]
    #: the finish of the tasks that are done
    done: Mapping[int, int]
    #: the day after which a task can start; for a milestone the first day on which it can lie, or the floor
    opening: list[int]
    #: the latest finish by a task's own due date, else UNHELD
    limit: list[int]

    @classmethod
    def of(cls, network: Network, *, calendar: Calendar, begin_on: date, anchors: Anchors, today: date) -> Terms:
        """Gathers the terms; raises PlanError for an offset that leads out of the calendar."""
        floor = begin_on.toordinal() - 1
        resolver = _Resolver(calendar, anchors)
        opening, limit = [floor] * len(network.work), [UNHELD] * len(network.work)
        done: dict[int, int] = {}
        for position in network.special:
            task = network.work[position]
            if task.done_on is not None:
                # what is done on a day off lets others start as if it had been done on the working day before
                done[position] = calendar.last_on_or_before(task.done_on).toordinal()
                continue
            if task.due is not None:
                limit[position] = resolver.resolve(task.due, task.anchor)
            if not task.waits and task.begun_on is not None:
                opening[position] = task.begun_on.toordinal() - 1
            elif task.not_before is not None:
                day = resolver.resolve(task.not_before, task.anchor)
                # on or before begin_on it holds nothing
                if day > floor + 1:
                    opening[position] = day - 1 if task.days else day
        return cls(
            floor,
            today.toordinal(),
            calendar.shift(calendar.next_on_or_after(max(begin_on, today)), -1).toordinal(),
            anchors.release.toordinal() - 1,
            anchors.launch.toordinal() - 1,
            [position for position in network.order if position not in done] if done else network.order,
            done,
            opening,
            limit,
        )


class _Resolver:
    """Resolves each offset once: a plan knows few, and thousands of tasks share them."""

    def __init__(self, calendar: Calendar, anchors: Anchors) -> None:
        self.calendar, self.anchors = calendar, anchors
        self.release: dict[tuple[int, bool, bool], int] = {}
        self.launch: dict[tuple[int, bool, bool], int] = {}

    def resolve(self, offset: Offset, anchor: Anchor) -> int:
        known = self.release if anchor is Anchor.RELEASE else self.launch
        # not the unit itself: hashing an enum's member is slow
        key = (offset.amount, offset.unit is Unit.WEEKS, offset.unit is Unit.DAYS)
        day = known.get(key)
        if day is None:
            day = known[key] = offset.resolve(self.calendar, self.anchors.day(anchor)).toordinal()
        return day
