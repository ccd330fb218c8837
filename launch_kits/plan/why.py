"""Why a launch takes as long as it does: the work of least float, its drivers and its limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import inf
from typing import NamedTuple

from launch_kits.plan.constraints import UNHELD, Anchors, Constraints
from launch_kits.plan.critical_path import Earliest, Latest, backward, forward
from launch_kits.plan.graph import PlanGraph, Work
from launch_kits.plan.plan_input import PlanInput
from launch_kits.plan.reasons import Dated, Limit, Reason, Step, Why
from launch_kits.plan.tables import Tables, on_tables
from launch_kits.workdays.calendar import Calendar

__all__ = ["why", "work_to_watch"]


def why(
    given: PlanInput, *, dated: Mapping[str, Dated], as_facts: bool = False
) -> Why | None:
    """Find the chain of the work of least float, and the limit that it must keep.

    ``dated`` holds the open tasks as ``schedule`` or, ``as_facts``, as ``forecast`` dates them. The
    chain ends with the open work (days > 0) of least float, of several with that of the latest
    finish, then with the first. So all its successors of the same float are milestones, which are
    passed through to the limit. Backward each step leads to the predecessor that lets it start
    last. Returns None if no work is open. Raises the errors of ``schedule``.
    """
    search = _ChainSearch.of(given, dated=dated, as_facts=as_facts)
    last = min(search.open_work(), key=search.urgency, default=None)
    return None if last is None else search.why(tuple(search.steps(last)))


def work_to_watch(
    given: PlanInput, *, dated: Mapping[str, Dated], as_facts: bool = False
) -> Why | None:
    """Find the chain of least float that begins before a fixed day, if ``why`` finds another.

    The last tasks before a launch begin after a milestone on a fixed day, or on an earliest start
    of their own, and have no float, however well it goes; a chain that is late is no such one.
    Takes the arguments of ``why``. Returns None if the chain of ``why`` does not begin so, or if
    every chain does. Raises the errors of ``schedule``.
    """
    search = _ChainSearch.of(given, dated=dated, as_facts=as_facts)
    pinned: set[str] = set()
    for last in sorted(search.open_work(), key=search.urgency):
        if given.work[last].key in pinned:
            continue
        chain = tuple(search.steps(last))
        late = chain[0].float_days < 0
        if late or chain[-1].reason is not Reason.NOT_BEFORE:
            return search.why(chain) if pinned else None
        pinned.update(step.task for step in chain)
    return None


def _passes(
    given: PlanInput, graph: PlanGraph, constraints: Constraints, *, as_facts: bool
) -> tuple[Earliest, Latest]:
    def passes(tables: Tables) -> tuple[Earliest, Latest]:
        return forward(tables, graph, constraints, as_facts=as_facts), backward(
            tables, graph, constraints
        )

    return on_tables(graph, given.calendar, constraints, passes)


class _Hold(NamedTuple):
    """The predecessor or milestone that holds a task, by position."""

    reason: Reason
    position: int
    lag: int
    #: the day after which the task may start, as an ordinal
    ready: int


@dataclass(frozen=True)
class _ChainSearch:
    graph: PlanGraph
    constraints: Constraints
    anchors: Anchors
    calendar: Calendar
    earliest: Earliest
    latest: Latest
    dated: Mapping[str, Dated]

    @classmethod
    def of(
        cls, given: PlanInput, *, dated: Mapping[str, Dated], as_facts: bool
    ) -> _ChainSearch:
        graph = PlanGraph.of(given.work)
        constraints = Constraints.of(graph, given)
        earliest, latest = _passes(given, graph, constraints, as_facts=as_facts)
        days = (given.anchors, given.calendar)
        return cls(graph, constraints, *days, earliest, latest, dated)

    def open_work(self) -> Iterator[int]:
        """Yield the positions of the open tasks with days of work."""
        for position, task in enumerate(self.graph.work):
            if task.days and task.done_on is None:
                yield position

    def why(self, chain: Sequence[Step]) -> Why:
        """Return a chain, given from its last task to its first, with its limit."""
        return Why(tuple(chain)[::-1], self.limit(self.graph.index[chain[0].task]))

    def urgency(self, position: int) -> tuple[float, int, int]:
        """Return a sort key: least float, then later finish, then the order of the work."""
        found = self.dated.get(self._task(position).key)
        return (
            found.float_days if found else inf,
            -self.earliest.finish[position],
            position,
        )

    def _task(self, position: int) -> Work:
        return self.graph.work[position]

    def _own(self, task: Work) -> Calendar:
        return task.own_calendar(self.calendar, self.anchors.day(task.anchor))

    @cached_property
    def _predecessors(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """The positions of each task's predecessors, with their lags."""
        index = self.graph.index
        return {
            position: [(index[before.key], before.lag) for before in task.after]
            if task.waits
            else []
            for position, task in enumerate(self.graph.work)
        }

    def _ready(self, position: int, lag: int) -> int:
        """Return the day after which a predecessor lets others start."""
        day = self.earliest.passed.get(position, self.earliest.finish[position])
        return (
            self.calendar.shift(date.fromordinal(day), lag).toordinal() if lag else day
        )

    # backward

    def steps(self, position: int) -> Iterator[Step]:
        """Yield the chain, from its last task to its first."""
        while True:
            task = self._task(position)
            hold = self._hold(position)
            if hold is None:
                reason, since = self._first(position)
                yield self._step(task, reason, since)
                return
            since = date.fromordinal(max(hold.ready, self.constraints.floor))
            if hold.lag:
                passed = self._ready(hold.position, 0)
                since = date.fromordinal(max(passed, self.constraints.floor))
            before = self._task(hold.position)
            yield self._step(
                task, hold.reason, since, waits_for=before.key, lag=hold.lag
            )
            if not before.days or before.done_on:
                return
            position = hold.position

    def _hold(self, position: int) -> _Hold | None:
        task = self._task(position)
        if not task.waits or self._granted(position):
            return None
        start = self.earliest.start[position]
        opening = self.constraints.opening[position]
        own = self._own(task)
        holds = []
        for other, lag in self._predecessors[position]:
            ready = self._ready(other, lag)
            if (
                ready >= opening
                and own.shift(date.fromordinal(ready), 1).toordinal() == start
            ):
                holds += self._through(other, lag, ready)
        return min(holds, key=lambda hold: self.urgency(hold.position), default=None)

    def _granted(self, position: int) -> bool:
        """Return whether open work finishes on the day that it was granted."""
        task = self._task(position)
        if task.until is None or task.done_on:
            return False
        start = date.fromordinal(self.earliest.start[position])
        finish = self._own(task).shift(start, 0 if task.in_review else task.days - 1)
        return max(finish, task.as_of or finish) < task.until

    def _through(self, position: int, lag: int, ready: int) -> list[_Hold]:
        """Return a predecessor, or if it is a milestone, the tasks that hold that."""
        if self._task(position).days:
            return [_Hold(Reason.WAITS_FOR, position, lag, ready)]
        itself = _Hold(Reason.WAITS_FOR, position, lag, ready)
        if position in self.constraints.free:
            return [itself] if lag else []
        links = self._predecessors[position]
        readies = [self._ready(other, more) for other, more in links]
        held_until = max([self.constraints.opening[position], *readies])
        if position in self.constraints.lies_on and held_until < self._ready(
            position, 0
        ):
            return [itself]
        found = [
            hold
            for (other, more), day in zip(links, readies, strict=True)
            if day == held_until
            for hold in self._through(other, more + lag, ready)
        ]
        return found or [_Hold(Reason.NOT_BEFORE, position, lag, ready)]

    def _first(self, position: int) -> tuple[Reason, date]:
        """Return the reason of a task that no predecessor holds, and the day before its start."""
        task = self._task(position)
        if task.in_review:
            return Reason.IN_REVIEW, date.fromordinal(self.earliest.start[position] - 1)
        if not task.waits:
            return Reason.BEGUN_ON, date.fromordinal(self.earliest.start[position] - 1)
        opening = self.constraints.opening[position]
        since = date.fromordinal(opening)
        if self._granted(position):
            return Reason.UNTIL, since
        if opening == self.constraints.floor:
            return Reason.BEGIN_ON, since
        held_by_today = task.as_of is not None and opening == task.as_of.toordinal() - 1
        return (Reason.TODAY if held_by_today else Reason.NOT_BEFORE), since

    def _step(
        self,
        task: Work,
        reason: Reason,
        since: date,
        *,
        waits_for: str | None = None,
        lag: int = 0,
    ) -> Step:
        found = self.dated[task.key]
        own = self._own(task)
        days = (found.finish - since).days
        wait = [since + timedelta(day) for day in range(1, days + 1)]
        off = tuple(
            day
            for day in wait
            if self.calendar.is_workday(day) and not own.is_workday(day)
        )
        closed = self.calendar.closed_between(wait[0], wait[-1]) if wait else ()
        return Step(
            task.key,
            reason,
            waits_for,
            lag,
            found.start,
            found.finish,
            found.float_days,
            task.until if self._granted(self.graph.index[task.key]) else None,
            closed,
            off,
        )

    # forward

    def limit(self, position: int) -> Limit:
        """Return the due date or anchor day, by way of successors, that a task must keep."""
        while True:
            task = self._task(position)
            rooms = [
                (self._room(other, lag), self.urgency(other), other)
                for other, lag in self._followers(position)
                if other not in self.constraints.done
            ]
            least = min(rooms, default=(UNHELD, (inf, 0, 0), -1))
            if not rooms or self.constraints.limit[position] <= least[0]:
                return self._named(task)
            position = least[2]

    def _followers(self, position: int) -> list[tuple[int, int]]:
        plain = [(other, 0) for other in self.graph.after[position]]
        return [*plain, *self.graph.lagged.get(position, ())]

    def _room(self, position: int, lag: int) -> int:
        """Return the latest finish that a task leaves to a predecessor."""
        days = self._task(position).days
        last = date.fromordinal(self.latest.start_by[position] - (1 if days else 0))
        return self.calendar.shift(last, -lag).toordinal() if lag else last.toordinal()

    def _named(self, task: Work) -> Limit:
        day = self.anchors.day(task.anchor)
        return Limit(
            task.key,
            task.anchor,
            task.due,
            task.due.resolve(self.calendar, day) if task.due else day,
        )
