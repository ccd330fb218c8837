"""The dates of a launch: earliest and latest, float, critical tasks, and the forecast of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from launch_kits.plan.constraints import Constraints
from launch_kits.plan.critical_path import Earliest, backward, forward
from launch_kits.plan.graph import PlanGraph
from launch_kits.plan.plan_input import PlanInput
from launch_kits.plan.tables import Tables, on_tables

__all__ = ["Forecast", "Schedule", "Span", "forecast", "forecast_of", "schedule"]


class Span(NamedTuple):
    """The dates of one task; all are working days of its calendar."""

    # a named tuple, since a frozen dataclass takes four times as long to make, and a plan makes one
    # a task

    start: date
    finish: date
    #: the latest start that still makes ``due``
    start_by: date
    #: the latest finish
    due: date
    #: spare working days of the task's calendar, negative if it finishes too late
    float_days: int
    critical: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """The plan of a launch."""

    #: by key, in the order of the work; done tasks have no span
    spans: Mapping[str, Span]
    #: as given
    begin_on: date
    release_on: date
    launch_on: date
    #: the working days that offsets are counted from: the given day, or the last working day before
    #: it
    release_day: date
    launch_day: date
    #: no float is negative
    feasible: bool
    #: working days
    late_by: int


class Forecast(NamedTuple):
    """The dates of an open task by the facts of today."""

    start: date
    finish: date
    #: working days of the task's calendar from ``finish`` to its due day
    float_days: int


def schedule(given: PlanInput) -> Schedule:
    """Plan the work forward from ``begin_on`` and backward from the anchor days.

    Forward, a task of n days covers n working days of its calendar and starts no earlier than
    the next working day after each predecessor's finish plus lag, than ``begin_on``, than its
    ``not_before``. A milestone lies on the latest day on which a predecessor (with its lag)
    finishes, not before its ``not_before``. One with neither, or with only such milestones,
    without lag, before it, is free: it lies on the first working day, and its successors may
    start on the day it is done. A lag after it counts from the working day before.

    Backward, ``due`` is the last working day of a task's calendar that keeps its own due date,
    leaves every successor its latest start (a milestone: its due day), and for a task with neither
    falls before the anchor day. A free milestone is due on the latest start of its successors.

    Facts: a done task is a fixed finish, has no span and holds nothing back; ``begin_on`` is then
    today. Begun work takes its days from the day it was begun, even if its predecessors are open,
    and finishes no earlier than ``begin_on``.

    Raises CycleError if tasks wait for each other, PlanError for unknown predecessors and dates
    out of bounds.
    """
    graph = PlanGraph.of(given.work)
    anchors = given.anchors
    constraints = Constraints.of(graph, given)
    spans = on_tables(
        graph,
        given.calendar,
        constraints,
        lambda tables: _spans(tables, graph, constraints),
    )
    least = min((span.float_days for span in spans.values()), default=0)
    return Schedule(
        spans,
        begin_on=given.begin_on,
        release_on=given.release_on,
        launch_on=given.launch_on,
        release_day=anchors.release,
        launch_day=anchors.launch,
        feasible=least >= 0,
        late_by=max(0, -least),
    )


def forecast(
    given: PlanInput, *, due: Mapping[str, date], today: date
) -> dict[str, Forecast]:
    """Date each open task by the facts.

    A done task finishes on the day it was done. Work that was not begun starts ``today`` at the
    earliest and takes all its days; begun work ends on its last day counted from the day it was
    begun, not before today; work in review not before today. If more time was granted, that is the
    expected finish. A milestone occupies no day: its successors may start after its predecessors,
    its ``not_before`` and the working day before it is done (open: before today). The anchors count
    for ``not_before`` and ``workdays`` alone.

    Returns dates and float against the given due days, by key. Raises the errors of ``schedule``,
    and KeyError for an open task without a due day.
    """
    work = [replace(task, as_of=task.as_of or today) for task in given.work]
    return forecast_of(PlanGraph.of(work), given, due=due)[0]


def forecast_of(
    graph: PlanGraph, given: PlanInput, *, due: Mapping[str, date]
) -> tuple[dict[str, Forecast], Earliest]:
    """Forecast a graph whose work itself says on which day its facts were read.

    ``given`` has its calendar and its days. Returns the forecast with the forward pass.
    """
    constraints = Constraints.of(graph, given)

    def run(tables: Tables) -> tuple[dict[str, Forecast], Earliest]:
        earliest = forward(tables, graph, constraints, as_facts=True)
        found = {}
        for position in sorted(constraints.order):
            key = graph.work[position].key
            rank = tables.tasks[position][1]
            start, finish = earliest.start[position], earliest.finish[position]
            spare = (
                rank[due[key].toordinal() - tables.base] - rank[finish - tables.base]
            )
            found[key] = Forecast(
                date.fromordinal(start), date.fromordinal(finish), spare
            )
        return found, earliest

    return on_tables(graph, given.calendar, constraints, run, reach=due.values())


#: ``Span._make`` without its check of the length
_span = partial(tuple.__new__, Span)


@lru_cache(maxsize=4)
def _dates(first_year: int, last_year: int) -> dict[int, date]:
    """Map each ordinal of some years to its date: thousands of tasks share hundreds of days."""
    first, last = (
        date(first_year, 1, 1).toordinal(),
        date(last_year, 12, 31).toordinal(),
    )
    return {ordinal: date.fromordinal(ordinal) for ordinal in range(first, last + 1)}


def _spans(
    tables: Tables, graph: PlanGraph, constraints: Constraints
) -> dict[str, Span]:
    earliest, latest = (
        forward(tables, graph, constraints),
        backward(tables, graph, constraints),
    )
    keys = list(graph.index)
    base = tables.base
    lookups = tables.tasks
    dates = [earliest.start, earliest.finish, *latest]
    if len(constraints.order) < len(keys):
        open_at = sorted(constraints.order)
        keys = [keys[at] for at in open_at]
        lookups = [lookups[at] for at in open_at]
        dates = [[column[at] for at in open_at] for column in dates]
    _, finish, _, due = dates
    floats = [
        rank[last - base] - rank[end - base]
        for (_, rank), end, last in zip(lookups, finish, due, strict=True)
    ]
    least = max(0, min(floats, default=0))
    day = _dates(tables.launch.first_year, tables.launch.last_year).__getitem__
    # column by column: four times as fast as task by task
    rows = zip(
        *(map(day, column) for column in dates),
        floats,
        [spare <= least for spare in floats],
        strict=True,
    )
    return dict(zip(keys, map(_span, rows), strict=True))
