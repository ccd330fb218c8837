"""The calendars of a plan as tables that grow until they cover it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple, TypeVar

from launch_kits.errors import PlanError
from launch_kits.plan.constraints import UNHELD, Constraints
from launch_kits.plan.graph import PlanGraph
from launch_kits.workdays.calendar import FIRST_YEAR, LAST_YEAR, Calendar, WorkdayTable

__all__ = ["OutOfTables", "Tables", "on_tables"]

T = TypeVar("T")


class Tables(NamedTuple):
    """The calendars of a plan graph over the same years."""

    #: ordinal of the first day of every table
    base: int
    launch: WorkdayTable
    #: for each task ``days`` and ``rank`` of its calendar's table
    tasks: list[tuple[list[int], list[int]]]


class OutOfTables(Exception):
    """The dates of a task lie outside the tables, before their first day if ``earlier``."""

    def __init__(self, position: int, *, earlier: bool) -> None:
        self.position = position
        self.earlier = earlier


def on_tables(
    graph: PlanGraph,
    calendar: Calendar,
    constraints: Constraints,
    run: Callable[[Tables], T],
    *,
    reach: Iterable[date] = (),
) -> T:
    """Call ``run`` on tables that cover all its days and those of ``reach``.

    The tables grow until it stays within them. Returns the result of ``run``. Raises PlanError,
    naming the task, if no table is large enough.
    """
    limits = (limit for limit in constraints.limit if limit != UNHELD)
    days = [
        constraints.floor,
        constraints.first,
        max([constraints.floor, *constraints.opening]),
        *limits,
    ]
    days += [
        constraints.eve_of_release,
        constraints.eve_of_launch,
        *constraints.until.values(),
        *constraints.lies_on.values(),
    ]
    days += [day.toordinal() for day in reach]
    days += [day for span in constraints.settled.values() for day in span]
    booked = (graph.work[position].booked_until for position in constraints.settled)
    days += [day.toordinal() for day in booked if day]
    first, last = date.fromordinal(min(days)).year, date.fromordinal(max(days)).year
    while True:
        tables = _tables(graph, calendar, constraints, first, last)
        first, last = tables.launch.first_year, tables.launch.last_year
        try:
            return run(tables)
        except OutOfTables as out:
            spare = last - first + 1
            at_end = first == FIRST_YEAR if out.earlier else last == LAST_YEAR
            if at_end:
                key = graph.work[out.position].key
                raise PlanError(
                    f"the years {FIRST_YEAR} to {LAST_YEAR} have no room for task "
                    f'"{key}" and its successors; check days, lags and days off'
                ) from None
            first, last = (
                (first - spare, last) if out.earlier else (first, last + spare)
            )
            first, last = max(first, FIRST_YEAR), min(last, LAST_YEAR)


def _tables(
    graph: PlanGraph,
    calendar: Calendar,
    constraints: Constraints,
    first: int,
    last: int,
) -> Tables:
    calendars: dict[int, Calendar] = {id(calendar): calendar}
    chosen: list[int] = []
    for task in graph.work:
        own = task.calendar if task.calendar is not None and task.days else calendar
        key = id(own)
        if key not in calendars:
            calendars[key] = own
        chosen.append(key)
    for position, own in constraints.calendars.items():
        chosen[position] = id(own)
        calendars[id(own)] = own
    # a table may reach further for another launch: all must reach as far
    grown = [one.table(first, last) for one in calendars.values()]
    first, last = (
        min(table.first_year for table in grown),
        max(table.last_year for table in grown),
    )
    tables = {key: one.table(first, last) for key, one in calendars.items()}
    launch = tables[id(calendar)]
    lookup = {key: (table.days, table.rank) for key, table in tables.items()}
    return Tables(launch.base, launch, [lookup[key] for key in chosen])
