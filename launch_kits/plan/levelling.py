"""Levelling: planned dates on which no one is asked for more than their capacity.

Capacity is hard, due days are soft. The plan's own dates (earliest, latest, float) do not change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from launch_kits.plan.earliest import HORIZON
from launch_kits.plan.genetic_search import Objective, SearchResult, search, total
from launch_kits.plan.instance import Instance, Timetable
from launch_kits.plan.levelling_problem import Prepared, Problem
from launch_kits.plan.load_bound import can_hold, surely_short
from launch_kits.plan.plan_input import PlanInput
from launch_kits.plan.resources import Demand, Resources
from launch_kits.plan.tables import Tables, on_tables
from launch_kits.workdays.calendar import Calendar

__all__ = [
    "PLACEMENTS",
    "DueDays",
    "Levelling",
    "PlannedDates",
    "earliest_levelled_launch_on",
    "level",
    "schedules_for",
    "short_in_any_schedule",
]

#: the due days of open tasks by key, for a release and a launch day
DueDays = Callable[[date, date], Mapping[str, date]]

#: tasks that one levelling places at most: 600 schedules of 100 tasks
PLACEMENTS = 60_000
#: schedules that are tried at least, however many tasks there are
LEAST_SCHEDULES = 1


class PlannedDates(NamedTuple):
    """The days of work on a task; both are working days of its calendar."""

    start: date
    finish: date


@dataclass(frozen=True, slots=True)
class Levelling:
    """Planned dates within capacity."""

    #: by key, in the order of the work; done tasks have none
    planned: Mapping[str, PlannedDates]
    #: no day is above capacity and no task, milestones included, finishes after its due day
    holds: bool
    #: working days, summed over tasks
    total_lateness: int
    #: working days by which the earliest dates are late, with the days of work as written: they
    #: ignore capacity
    least_lateness: int
    #: by resource the days of demand that are planned after due days, rounded up; zeros left out
    short_days: Mapping[str, int]
    #: how many schedules were generated
    schedules: int
    #: by resource the days on which begun work, with work that is fixed, asks for too much
    overloads: Mapping[str, Sequence[date]] = field(default_factory=dict)

    @property
    def lacks_capacity(self) -> bool:
        """Whether it does not hold because people are asked for too much."""
        late = self.total_lateness
        return not self.holds and (not late or late > self.least_lateness)


def schedules_for(tasks: int, placements: int = PLACEMENTS) -> int:
    """Return how many schedules are tried at most for a number of tasks."""
    return max(LEAST_SCHEDULES, placements // max(1, tasks))


def level(
    given: PlanInput,
    *,
    due: Mapping[str, date],
    demand: Mapping[str, Demand],
    resources: Resources,
    placements: int = PLACEMENTS,
    objective: Objective = total,
) -> Levelling:
    """Spread the work so that no resource is asked for too much.

    ``due`` holds the latest finish of every open task, from ``schedule`` or as stored; ``demand``
    by key the amounts that a task takes per day, nothing if it is left out; milestones take
    nothing. If a demand is greater than the capacity, the task takes ceil(days times demand divided
    by capacity) days at full capacity. ``begin_on`` is today for a launch that runs: work that is
    not begun starts no earlier. Work that is done, begun or in review keeps its place; in review it
    takes nothing. A task lies on consecutive working days of its calendar and waits as in
    ``schedule``, milestones too. If it was granted more time, its successors wait for that day.
    ``release_on`` and ``launch_on`` count for ``not_before`` and ``workdays`` alone.

    The first schedule is parallel generation by latest finish (ties: less float, position). If it
    does not hold, ``schedules_for`` says how many are tried with a fixed seed: the first that holds
    is taken, else the first of least total lateness. The search ends early if its best is no later
    than the earliest dates, which ignore capacity.

    Returns the planned dates with their lateness in working days. Raises the errors of
    ``schedule``, and KeyError for an open task without a due day.
    """
    problem = Problem.of(given, due=due, demand=demand, resources=resources)
    schedules = schedules_for(len(problem.constraints.order), placements)

    def run(tables: Tables) -> Levelling:
        return _levelling(problem.on(tables), schedules, objective)

    found = on_tables(problem.graph, given.calendar, problem.constraints, run)
    written = [task.days for task in given.work]
    if found.least_lateness and [*problem.graph.days] != written:
        least = _least_lateness(given, due=due)
        return replace(found, least_lateness=least)
    return found


def _least_lateness(given: PlanInput, *, due: Mapping[str, date]) -> int:
    """Return the least lateness, as if no one lacked capacity."""
    problem = Problem.of(given, due=due, demand={}, resources=Resources())

    def run(tables: Tables) -> int:
        prepared = problem.on(tables)
        return sum(prepared.instance().lateness(prepared.earliest_planned().finish))

    return on_tables(problem.graph, given.calendar, problem.constraints, run)


def short_in_any_schedule(
    given: PlanInput,
    *,
    due: Mapping[str, date],
    demand: Mapping[str, Demand],
    resources: Resources,
) -> frozenset[str]:
    """Return resources of which ``level`` plans work after its due day, without a search.

    Between two days their tasks need more than is free there. If it is empty, ``level`` may still
    not hold. The arguments and errors are those of ``level``.
    """
    problem = Problem.of(given, due=due, demand=demand, resources=resources)

    def run(tables: Tables) -> frozenset[str]:
        prepared = problem.on(tables)
        earliest = prepared.earliest_planned()
        return frozenset(surely_short(prepared.instance(), earliest, problem.packing))

    return on_tables(problem.graph, given.calendar, problem.constraints, run)


def earliest_levelled_launch_on(
    given: PlanInput,
    *,
    due_on: DueDays,
    demand: Mapping[str, Demand],
    resources: Resources,
    placements: int = PLACEMENTS,
    first: date | None = None,
    most: int | None = None,
) -> date | None:
    """Find the first launch day after ``launch_on`` on which ``level`` holds.

    Returns one of the next 500 working days of the launch's calendar, not before ``first``, the
    release day keeping its distance in working days; None if ``level`` holds on none of them. No
    task is then due before the day until which it was granted more time. ``due_on`` gives the due
    days for a release and a launch day. Days on which the dates or the load between two days rule
    it out cost a fraction of a millisecond per ten tasks; each other day costs a levelling. With
    ``most`` the search is given up after that many levellings.
    """
    levelled = 0
    calendar = given.calendar
    anchors = given.anchors
    distance = calendar.count(anchors.release, anchors.launch)
    for step in range(1, HORIZON + 1):
        launch_on = calendar.shift(anchors.launch, step)
        if first is not None and launch_on < first:
            continue
        release_on = calendar.shift(launch_on, -distance)
        problem = Problem.of(
            replace(given, release_on=release_on, launch_on=launch_on),
            due=due_on(release_on, launch_on),
            demand=demand,
            resources=resources,
        )
        schedules = schedules_for(len(problem.constraints.order), placements)
        holds = _holds(problem, calendar, schedules)
        if holds:
            return launch_on
        levelled += holds is not None
        if levelled == most:
            break
    return None


def _holds(problem: Problem, calendar: Calendar, schedules: int) -> bool | None:
    """Whether a plan holds if it is levelled; None if it is ruled out without levelling."""
    constraints = problem.constraints
    if any(constraints.limit[at] < day for at, day in constraints.until.items()):
        return None

    def run(tables: Tables) -> bool | None:
        prepared = problem.on(tables)
        if any(prepared.overloads()):
            return None
        instance = prepared.instance()
        if not can_hold(instance, prepared.earliest_planned(), problem.packing):
            return None
        found = _found(prepared, instance, schedules, total)
        return not instance.lateness(found.timetable.finish)

    return on_tables(problem.graph, calendar, problem.constraints, run)


def _levelling(prepared: Prepared, schedules: int, objective: Objective) -> Levelling:
    instance = prepared.instance()
    found = _found(prepared, instance, schedules, objective)
    lateness = instance.lateness(found.timetable.finish)
    overloads: dict[str, set[date]] = defaultdict(set)
    for resource, day in prepared.overloads():
        overloads[resource].add(day)
    return Levelling(
        _planned(prepared, found.timetable),
        not lateness and not overloads,
        sum(lateness),
        sum(instance.lateness(prepared.earliest_planned().finish)),
        _short_days(prepared, instance, found.timetable),
        found.schedules,
        {resource: tuple(sorted(days)) for resource, days in overloads.items()},
    )


def _found(
    prepared: Prepared, instance: Instance, schedules: int, objective: Objective
) -> SearchResult:
    # no schedule is less late than the earliest dates
    least = objective(instance.lateness(prepared.earliest_planned().finish))
    priority = prepared.priority(instance)
    return search(
        instance, priority, least=least, schedules=schedules, objective=objective
    )


def _planned(prepared: Prepared, timetable: Timetable) -> dict[str, PlannedDates]:
    base = prepared.tables.base

    def day(number: int) -> date:
        return date.fromordinal(base + number)

    return {
        task.key: PlannedDates(day(start), day(finish))
        for task, start, finish in zip(
            prepared.problem.graph.work, timetable.start, timetable.finish, strict=True
        )
        if task.done_on is None
    }


def _short_days(
    prepared: Prepared, instance: Instance, timetable: Timetable
) -> dict[str, int]:
    short: dict[str, Fraction] = defaultdict(Fraction)
    for position, demand in enumerate(prepared.problem.demand):
        start, finish = timetable.start[position], timetable.finish[position]
        due = instance.due[position]
        rank = instance.rank[position]
        if finish > due:
            days = rank[finish] - rank[max(due, start - 1)]
            for resource, amount in demand.items():
                short[resource] += amount * days
    return {resource: ceil(days) for resource, days in short.items()}
