"""Why a plan takes as long as it does: the chain of tasks that leads from the first day to the anchor day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import inf

from launch_kits.plan.critical_path import forward, on_tables
from launch_kits.plan.dates import Schedule, Span, schedule
from launch_kits.plan.network import Anchor, Network, Work
from launch_kits.plan.terms import Anchors, Terms
from launch_kits.workdays import Calendar

__all__ = ["Chain", "Hold", "Reason", "Step", "driving_chain"]


class Reason(StrEnum):
    """What keeps a task from starting earlier."""

    BEGIN_ON = "begin_on"
    WAITS_FOR = "waits_for"
    NOT_BEFORE = "not_before"
    BEGUN_ON = "begun_on"


class Hold(StrEnum):
    """What the last task of a chain has to keep."""

    DUE = "due"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Step:
    """One task of the chain."""

    key: str
    span: Span
    reason: Reason
    #: the predecessor, where the task waits for one: the step before this one, unless it is done already
    waits_for: str | None
    #: working days of the launch between the predecessor's finish and this task
    lag: int
    #: holidays and blackouts of the launch that fall into the wait and the work
    closed: tuple[date, ...]
    #: the launch's working days in them on which the task's owner does not work
    off: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Tasks of which each starts as soon as the one before lets it."""

    #: from the first to the last; the first waits for no open task
    steps: tuple[Step, ...]
    #: whether the last task keeps its own due date, or the anchor day
    held_by: Hold
    anchor: Anchor
    #: the anchor day, or the due date counted from it
    held_on: date


def driving_chain(
    work: Sequence[Work], *, calendar: Calendar, begin_on: date, release_on: date, launch_on: date
) -> Chain | None:
    """The chain that drives the date: back from the due date or anchor day that leaves its task the fewest spare days.

    Each step leads to the predecessor that lets the task start last (of several, the one of least float), up to a task
    that only ``begin_on``, ``not_before`` or a fact holds. Where all tasks share one calendar and none has a
    ``not_before``, all of the chain have the least float of the plan. None where no work is open. Takes and raises
    what ``schedule`` does.
    """
    plan = schedule(work, calendar=calendar, begin_on=begin_on, release_on=release_on, launch_on=launch_on)
    if not plan.spans:
        return None
    network = Network.of(work)
    anchors = Anchors(plan.release_day, plan.launch_day)
    terms = Terms.of(network, calendar=calendar, begin_on=begin_on, anchors=anchors, today=begin_on)
    finish = on_tables(network, calendar, terms, lambda tables: forward(tables, network, terms).finish)
    return _Search(network, terms, plan, calendar, finish).chain()


@dataclass(frozen=True, slots=True)
class _Search:
    network: Network
    terms: Terms
    plan: Schedule
    calendar: Calendar
    #: the finishes that successors count from, as ordinals
    finish: list[int]

    def chain(self) -> Chain:
        ends = [at for at in self.terms.order if self._task(at).due or not self.network.successors(at)]
        last = min(ends, key=lambda at: (self._spare(at), -self.finish[at], self._task(at).key))
        task = self._task(last)
        hold = Hold.DUE if task.due else Hold.ANCHOR
        return Chain(tuple(self._steps(last))[::-1], hold, task.anchor, self._held_on(task))

    def _task(self, position: int) -> Work:
        return self.network.work[position]

    def _own(self, task: Work) -> Calendar:
        return (task.calendar if task.days else None) or self.calendar

    def _held_on(self, task: Work) -> date:
        day = self.plan.release_day if task.anchor is Anchor.RELEASE else self.plan.launch_day
        return task.due.resolve(self.calendar, day) if task.due else day

    def _spare(self, position: int) -> int:
        task = self._task(position)
        last = self._held_on(task) - timedelta(0 if task.due else 1)
        return self._own(task).count(date.fromordinal(self.finish[position]), last)

    def _steps(self, position: int) -> Iterator[Step]:
        before: dict[int, list[tuple[int, int]]] = {}
        for other in range(len(self.network.work)):
            for successor in self.network.after[other]:
                before.setdefault(successor, []).append((other, 0))
            for successor, lag in self.network.lagged.get(other, ()):
                before.setdefault(successor, []).append((other, lag))
        while True:
            drivers = [link for link in before.get(position, ()) if self._drives(position, *link)]
            if not drivers:
                yield self._first(position)
                return
            other, lag = min(drivers, key=lambda link: (self._float(link[0]), self._task(link[0]).key))
            since = date.fromordinal(max(self.finish[other], self.terms.floor))
            yield self._step(position, Reason.WAITS_FOR, since, waits_for=self._task(other).key, lag=lag)
            if self._task(other).done_on:
                return
            position = other

    def _drives(self, position: int, other: int, lag: int) -> bool:
        """Whether a predecessor, with its lag, lets the task start no earlier than it does."""
        task, ready = self._task(position), self.calendar.shift(date.fromordinal(self.finish[other]), lag)
        if not task.days:
            return ready.toordinal() >= self.finish[position]
        return self._own(task).shift(ready, 1) == self.plan.spans[task.key].start

    def _float(self, position: int) -> float:
        span = self.plan.spans.get(self._task(position).key)
        return span.float_days if span else inf

    def _first(self, position: int) -> Step:
        task, opening = self._task(position), self.terms.opening[position]
        if not task.waits:
            reason = Reason.BEGUN_ON
        else:
            reason = Reason.NOT_BEFORE if opening > self.terms.floor else Reason.BEGIN_ON
        return self._step(position, reason, date.fromordinal(opening))

    def _step(self, position: int, reason: Reason, since: date, *, waits_for: str | None = None, lag: int = 0) -> Step:
        task = self._task(position)
        span, own = self.plan.spans[task.key], self._own(task)
        wait = [since + timedelta(days) for days in range(1, (span.finish - since).days + 1)]
        off = tuple(day for day in wait if self.calendar.is_workday(day) and not own.is_workday(day))
        closed = self.calendar.closed_between(wait[0], wait[-1]) if wait else ()
        return Step(task.key, span, reason, waits_for, lag, closed, off)
