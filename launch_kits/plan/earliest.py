"""The first day on which a launch could hold, of the launch days that may be tried."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from launch_kits.plan.constraints import Anchors, Constraints
from launch_kits.plan.critical_path import Earliest, forward
from launch_kits.plan.drivers import drivers_of
from launch_kits.plan.graph import Anchor, PlanGraph, Work
from launch_kits.plan.plan_input import PlanInput
from launch_kits.plan.tables import Tables, on_tables
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset

__all__ = [
    "HORIZON",
    "Candidates",
    "FirstCandidate",
    "earliest_launch_on",
    "moved_release",
]

#: how many working days are tried as launch days
HORIZON = 500


def moved_release(
    calendar: Calendar, *, release_on: date, launch_on: date, to: date
) -> date:
    """Move the release day along when the launch day moves to ``to``.

    Returns the day that keeps its distance in working days of the launch's calendar.
    """
    if release_on == launch_on:
        return to
    anchors = Anchors.of(calendar, release_on=release_on, launch_on=launch_on)
    return calendar.shift(to, -calendar.count(anchors.release, anchors.launch))


def earliest_launch_on(given: PlanInput) -> date | None:
    """Find the first launch day for which no float is negative.

    The release day keeps its distance in working days. Returns one of the first 500 working days of
    the launch's calendar from ``begin_on``, or None if none of these holds. Raises the errors of
    ``schedule``.
    """
    first_day = given.calendar.next_on_or_after(given.begin_on)
    candidates = Candidates.of(given, first_day=first_day)
    step = candidates.first_that_holds(given.work).step
    return None if step is None else candidates.anchors(step).launch


class FirstCandidate(NamedTuple):
    """The first candidate that holds."""

    #: None if none does
    step: int | None
    #: positions of tasks: while they stay as they are, no earlier candidate holds; None if that is
    #: not known
    drivers: set[int] | None


class _Bound(NamedTuple):
    step: int
    drivers: set[int] | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The launch days to try, numbered by working days after the first."""

    given: PlanInput
    first_day: date
    #: working days from release to launch
    distance: int
    #: whether finishes are those of a forecast, and not of a plan
    as_facts: bool = False
    _known: dict[int, Anchors] = field(default_factory=dict)
    _limits: dict[tuple[int, Anchor, Offset | None], int] = field(default_factory=dict)

    @classmethod
    def of(
        cls, given: PlanInput, *, first_day: date, as_facts: bool = False
    ) -> Candidates:
        """Return the working days from ``first_day``, itself one, as launch days to try."""
        anchors = given.anchors
        return cls(
            given,
            first_day,
            given.calendar.count(anchors.release, anchors.launch),
            as_facts,
        )

    def anchors(self, step: int) -> Anchors:
        """Return the anchor days of a candidate."""
        known = self._known.get(step)
        if known is None:
            launch = self.given.calendar.shift(self.first_day, step)
            known = self._known[step] = Anchors(
                self.given.calendar.shift(launch, -self.distance), launch
            )
        return known

    def first_that_holds(
        self, work: Sequence[Work], *, horizon: int = HORIZON
    ) -> FirstCandidate:
        """Find the first of ``horizon`` candidates for which no float is negative.

        As the launch day moves later, finishes (by way of ``not_before``) and limits move later or
        stay. So it has to reach at least the limits that the finishes at an earlier day ask for: a
        bound from below. Only workdays that move along can let work finish earlier; with them each
        day is tried.
        """
        graph = PlanGraph.of(work)
        if any(task.workdays and task.done_on is None for task in work):
            tried = (
                step
                for step in range(horizon)
                if self._bound(graph, step, horizon).step == step
            )
            return FirstCandidate(next(tried, None), None)
        step = 0
        known = -1
        drivers: set[int] | None = set()
        while known != step < horizon:
            known = step
            step, more = self._bound(graph, known, horizon)
            drivers = None if drivers is None or more is None else drivers | more
        return FirstCandidate(step if step < horizon else None, drivers)

    def _bound(self, graph: PlanGraph, step: int, horizon: int) -> _Bound:
        """Return the first step, from this one on, whose limits are kept, else the horizon."""
        anchors = self.anchors(step)
        given = replace(
            self.given, release_on=anchors.release, launch_on=anchors.launch
        )
        constraints = Constraints.of(graph, given)
        # in a forecast a milestone that is done passes on the expected finish of reopened tasks
        # before it
        reopened = self.as_facts and any(
            graph.work[graph.index[link.key]].done_on is None
            for position in constraints.done
            if not graph.days[position]
            for link in graph.work[position].after
        )
        latest, earliest = on_tables(
            graph,
            self.given.calendar,
            constraints,
            lambda tables: _latest(tables, graph, constraints, as_facts=reopened),
        )
        bound = step
        last = -1
        for limit, (day, position) in latest.items():
            first = self._first(step, horizon, *limit, finish=day)
            if first > bound:
                bound = first
                last = position
        if reopened:
            return _Bound(bound, None)
        if last < 0:
            return _Bound(bound, set())
        drivers = drivers_of(
            last, graph, earliest, calendar=self.given.calendar, anchors=anchors
        )
        task = graph.work[last]
        if not task.due:
            # it must fall before the anchor day because no task waits for it any more
            after = (
                (at, link)
                for at, other in enumerate(graph.work)
                for link in other.after
            )
            drivers.update(at for at, link in after if link.key == task.key)
        return _Bound(bound, drivers)

    def _first(
        self,
        step: int,
        horizon: int,
        anchor: Anchor,
        due: Offset | None,
        *,
        finish: int,
    ) -> int:
        def limit(step: int) -> int:
            key = step, anchor, due
            known = self._limits.get(key)
            if known is None:
                day = self.anchors(step).day(anchor)
                known = (
                    due.resolve(self.given.calendar, day).toordinal()
                    if due
                    else day.toordinal() - 1
                )
                self._limits[key] = known
            return known

        return bisect_left(range(horizon), finish, lo=step, key=limit)


def _latest(
    tables: Tables, graph: PlanGraph, constraints: Constraints, *, as_facts: bool
) -> tuple[dict[tuple[Anchor, Offset | None], tuple[int, int]], Earliest]:
    """Return, for each limit, the latest finish of its tasks, with the task's position."""
    known = (
        forward(tables, graph, constraints, as_facts=True).passed if as_facts else None
    )
    earliest = forward(tables, graph, constraints, known=known)
    latest: dict[tuple[Anchor, Offset | None], tuple[int, int]] = {}
    for position in constraints.order:
        task = graph.work[position]
        if task.due or all(
            other in constraints.done for other in graph.successors(position)
        ):
            days, rank = tables.tasks[position]
            limit = (task.anchor, task.due)
            day = days[rank[earliest.finish[position] - tables.base] - 1]
            if limit not in latest or latest[limit][0] < day:
                latest[limit] = day, position
    return latest, earliest
