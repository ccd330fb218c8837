"""What holds the dates of a plan: anchor days, limits and facts as plain integers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from launch_kits.plan.graph import Anchor, PlanGraph, Work
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset, Unit

if TYPE_CHECKING:
    from launch_kits.plan.plan_input import PlanInput

__all__ = ["UNHELD", "Anchors", "Constraints"]

#: the limit of a task that only its successors hold: later than any day
UNHELD = date.max.toordinal()
#: earlier than any day
LONG_AGO = date.min.toordinal()


class Anchors(NamedTuple):
    """The working days that offsets are counted from."""

    release: date
    launch: date

    @classmethod
    def of(cls, calendar: Calendar, *, release_on: date, launch_on: date) -> Anchors:
        """Return the given days, or the last working days of the launch's calendar before them."""
        return cls(
            calendar.last_on_or_before(release_on),
            calendar.last_on_or_before(launch_on),
        )

    def day(self, anchor: Anchor) -> date:
        """Return the day of one anchor."""
        return self.release if anchor is Anchor.RELEASE else self.launch


@dataclass(frozen=True, slots=True)
class Constraints:
    """The constraints of a plan; days are ordinals, lists run by position."""

    #: the day before begin_on
    floor: int
    #: the first working day from begin_on: a milestone that nothing holds lies on it
    first: int
    #: the days before the anchor days
    eve_of_release: int
    eve_of_launch: int
    #: positions of the open tasks, each after its predecessors
    order: Sequence[int]
    #: positions of the others
    done: AbstractSet[int]
    #: positions of the tasks that a forward pass computes: open tasks not begun, and milestones
    flow: Sequence[int]
    #: start and finish of work that is done, in review or begun
    settled: Mapping[int, tuple[int, int]]
    #: the day after which a task can start; for a milestone the first day on which it can lie, or
    #: the floor
    opening: list[int]
    #: the latest finish by a task's own due date, else UNHELD
    limit: list[int]
    #: the earliest finish of work not begun by the time that it was granted
    until: Mapping[int, int]
    #: the day on which a milestone was done, or before which it will not be
    lies_on: Mapping[int, int]
    #: the milestones that nothing holds
    free: AbstractSet[int]
    #: the calendars of tasks with workdays of their own
    calendars: Mapping[int, Calendar]

    @classmethod
    def of(cls, graph: PlanGraph, given: PlanInput) -> Constraints:
        """Gather the constraints of a graph.

        ``given`` has the calendar and the days; the work is that of the graph, which may be in
        another state. Raises PlanError for an offset that leads out of the calendar.
        """
        anchors = given.anchors
        gathered = _Gathering(graph, given, anchors)
        for position in graph.special:
            gathered.add(position, graph.work[position])
        done = gathered.done
        order = [at for at in graph.order if at not in done] if done else graph.order
        settled = gathered.settled
        return cls(
            gathered.floor,
            given.calendar.next_on_or_after(given.begin_on).toordinal(),
            anchors.release.toordinal() - 1,
            anchors.launch.toordinal() - 1,
            order,
            done,
            [at for at in graph.order if at not in settled] if settled else graph.order,
            settled,
            gathered.opening,
            gathered.limit,
            gathered.until,
            gathered.lies_on,
            gathered.free(),
            gathered.calendars,
        )


class _Gathering:
    """The constraints of a graph, gathered task by task."""

    def __init__(self, graph: PlanGraph, given: PlanInput, anchors: Anchors) -> None:
        self.graph = graph
        self.calendar = given.calendar
        self.begin_on = given.begin_on
        self.anchors = anchors
        self.floor = given.begin_on.toordinal() - 1
        self.resolver = _Resolver(given.calendar, anchors)
        self.opening = [self.floor] * len(graph.work)
        self.limit = [UNHELD] * len(graph.work)
        self.done: set[int] = set()
        self.settled: dict[int, tuple[int, int]] = {}
        self.until: dict[int, int] = {}
        self.lies_on: dict[int, int] = {}
        #: positions of the tasks that a ``not_before`` holds
        self.held: set[int] = set()
        self.calendars: dict[int, Calendar] = {}

    def add(self, position: int, task: Work) -> None:
        """Add one task with offsets or facts of its own."""
        own = task.calendar or self.calendar
        if task.workdays and task.days:
            own = self.calendars[position] = task.own_calendar(
                self.calendar, self.anchors.day(task.anchor)
            )
        if task.done_on is not None:
            self.done.add(position)
        elif task.due is not None:
            self.limit[position] = self.resolver.resolve(task.due, task.anchor)
        if task.not_before is not None and task.waits:
            day = self.resolver.resolve(task.not_before, task.anchor)
            # on or before begin_on it holds nothing
            if day > self.floor + 1:
                self.held.add(position)
                self.opening[position] = day - 1 if task.days else day
        if not task.days:
            self._milestone(position, task)
        elif not task.waits:
            self.settled[position] = self._settled(task, own)
        else:
            if task.as_of is not None:
                self.opening[position] = max(
                    self.opening[position], task.as_of.toordinal() - 1
                )
            if task.until is not None:
                self.until[position] = task.until.toordinal()

    def _settled(self, task: Work, own: Calendar) -> tuple[int, int]:
        """Return start and finish of work that is done, begun or in review."""
        if task.done_on is not None:
            return (task.begun_on or task.done_on).toordinal(), task.done_on.toordinal()
        finish = own.next_on_or_after(task.as_of or self.begin_on)
        start = finish
        if task.begun_on is not None:
            start = own.next_on_or_after(task.begun_on)
            if not task.in_review:
                finish = max(finish, own.shift(start, task.days - 1))
        if task.until is not None:
            finish = max(finish, task.until)
        return min(start, finish).toordinal(), finish.toordinal()

    def _milestone(self, position: int, task: Work) -> None:
        if task.done_on is not None:
            self.lies_on[position] = task.done_on.toordinal()
            if position not in self.held:
                # its predecessors may have been done, lags over, before begin_on
                self.opening[position] = LONG_AGO
        elif task.as_of or task.until:
            earliest = max(
                day for day in (self.begin_on, task.as_of, task.until) if day
            )
            self.lies_on[position] = self.calendar.next_on_or_after(
                earliest
            ).toordinal()

    def free(self) -> AbstractSet[int]:
        """Return the milestones that nothing holds.

        They have no ``not_before`` and no predecessors but such milestones, without lag. A
        predecessor that was done before begin_on, its lag over, holds nothing either.
        """
        found: set[int] = set()
        if 0 in self.graph.days:
            for position in self.graph.order:
                if not self.graph.days[position] and position not in self.held:
                    links = self.graph.work[position].after
                    if all(
                        self._holds_nothing(self.graph.index[link.key], link.lag, found)
                        for link in links
                    ):
                        found.add(position)
        return found

    def _holds_nothing(self, position: int, lag: int, free: AbstractSet[int]) -> bool:
        if position in free and not lag:
            return True
        done_on = self.graph.work[position].done_on
        return done_on is not None and self._after(done_on, lag) <= self.floor

    def _after(self, day: date, lag: int) -> int:
        return (self.calendar.shift(day, lag) if lag else day).toordinal()


class _Resolver:
    """Resolve each offset once: a plan has few, and thousands of tasks share them."""

    def __init__(self, calendar: Calendar, anchors: Anchors) -> None:
        self.calendar = calendar
        self.anchors = anchors
        self.release: dict[tuple[int, bool, bool], int] = {}
        self.launch: dict[tuple[int, bool, bool], int] = {}

    def resolve(self, offset: Offset, anchor: Anchor) -> int:
        known = self.release if anchor is Anchor.RELEASE else self.launch
        # not the unit itself: hashing an enum's member is slow
        key = (offset.amount, offset.unit is Unit.WEEKS, offset.unit is Unit.DAYS)
        day = known.get(key)
        if day is None:
            day = known[key] = offset.resolve(
                self.calendar, self.anchors.day(anchor)
            ).toordinal()
        return day
