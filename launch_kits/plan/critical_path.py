"""The two passes of the critical path method over working days, on plain integers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, TypeVar

from launch_kits.errors import PlanError
from launch_kits.plan.network import Anchor, Network
from launch_kits.plan.terms import UNHELD, Terms
from launch_kits.workdays import FIRST_YEAR, LAST_YEAR, Calendar, Table

__all__ = ["Earliest", "Latest", "OutOfTables", "Tables", "backward", "forward", "hand_on", "on_tables"]

T = TypeVar("T")


class Tables(NamedTuple):
    """The calendars of a network over the same years."""

    #: ordinal of the first day of every table
    base: int
    launch: Table
    #: for each task ``days`` and ``rank`` of its calendar's table
    tasks: list[tuple[list[int], list[int]]]


class Earliest(NamedTuple):
    """For each task its earliest start and finish, as ordinals."""

    start: list[int]
    finish: list[int]


class Latest(NamedTuple):
    """For each task its latest start and finish, as ordinals."""

    start_by: list[int]
    due: list[int]


class OutOfTables(Exception):
    """A task whose dates lie outside the tables."""

    def __init__(self, position: int, *, earlier: bool) -> None:
        self.position, self.earlier = position, earlier


def forward(tables: Tables, network: Network, terms: Terms) -> Earliest:
    """The earliest dates of open work, and the finish of what is done."""
    base, _, lookups = tables
    counts, after, lagged, today = network.days, network.after, network.lagged, terms.today
    latest, start, finish = terms.opening.copy(), [0] * len(counts), [0] * len(counts)
    position = 0
    try:
        for position, end in terms.done.items():
            finish[position] = end
            hand_on(end, position, latest, network, tables)
        for position in terms.order:
            count = counts[position]
            if count:
                days, rank = lookups[position]
                first = rank[latest[position] - base]
                start[position] = days[first]
                end = days[first + count - 1]
                if end < today:
                    end = days[rank[today - 1 - base]]
            else:
                start[position] = end = _milestone(latest[position], terms, tables)
            finish[position] = end
            if position in lagged:
                hand_on(end, position, latest, network, tables)
            else:
                for other in after[position]:
                    if latest[other] < end:  # noqa: PLR1730 - max() takes three times as long, in the inner loop
                        latest[other] = end
    except IndexError:
        raise OutOfTables(position, earlier=False) from None
    return Earliest(start, finish)


def _milestone(latest: int, terms: Terms, tables: Tables) -> int:
    if latest <= terms.floor:
        return terms.free
    return latest if latest >= terms.today else tables.launch.days[tables.launch.rank[terms.today - 1 - tables.base]]


def hand_on(end: int, position: int, latest: list[int], network: Network, tables: Tables) -> None:
    """Lets the successors start after a finish, and after their lag."""
    days, rank = tables.launch.days, tables.launch.rank
    for other in network.after[position]:
        latest[other] = max(latest[other], end)
    for other, lag in network.lagged.get(position, ()):
        latest[other] = max(latest[other], days[rank[end - tables.base] - 1 + lag])


def backward(tables: Tables, network: Network, terms: Terms) -> Latest:
    """The latest dates of open work that keep every limit."""
    base, _, lookups = tables
    counts, after, lagged = network.days, network.after, network.lagged
    # the latest finish that a task leaves to those it waits for: a milestone shares its day with them, work does not
    room, due, start_by = [UNHELD] * len(counts), terms.limit.copy(), [0] * len(counts)
    for position in reversed(terms.order):
        limit = due[position]
        for other in after[position]:
            if room[other] < limit:  # noqa: PLR1730 - as above
                limit = room[other]
        if position in lagged:
            limit = min(limit, _room_before_lags(position, room, network, tables))
        if limit == UNHELD:
            limit = terms.eve_of_release if network.work[position].anchor is Anchor.RELEASE else terms.eve_of_launch
        days, rank = lookups[position]
        count, last = counts[position], rank[limit - base]
        # strictly: the day before the start is looked up next
        if last <= count:
            raise OutOfTables(position, earlier=True)
        due[position] = room[position] = start_by[position] = days[last - 1]
        if count:
            start_by[position] = start = days[last - count]
            room[position] = start - 1
    return Latest(start_by, due)


def _room_before_lags(position: int, room: list[int], network: Network, tables: Tables) -> int:
    latest = UNHELD
    for other, lag in network.lagged[position]:
        last = tables.launch.rank[room[other] - tables.base] - lag
        if last < 1:
            raise OutOfTables(position, earlier=True)
        latest = min(latest, tables.launch.days[last - 1])
    return latest


def on_tables(network: Network, calendar: Calendar, terms: Terms, run: Callable[[Tables], T]) -> T:
    """What ``run`` gives on tables that cover it: they grow until it stays within them.

    Raises PlanError, naming the task, where no table is large enough.
    """
    limits = (limit for limit in terms.limit if limit != UNHELD)
    days = [terms.floor, terms.free, terms.today, min(terms.opening, default=terms.floor), *limits]
    days += [terms.eve_of_release, terms.eve_of_launch, *terms.done.values()]
    first, last = date.fromordinal(min(days)).year, date.fromordinal(max(days)).year
    while True:
        tables = _tables(network, calendar, first, last)
        first, last = tables.launch.first_year, tables.launch.last_year
        try:
            return run(tables)
        except OutOfTables as out:
            spare = last - first + 1
            if first == FIRST_YEAR if out.earlier else last == LAST_YEAR:
                raise PlanError(
                    f"the years {FIRST_YEAR} to {LAST_YEAR} have no room for task "
                    f'"{network.work[out.position].key}" and what waits for it: look over days, lags and days off'
                ) from None
            first, last = (first - spare, last) if out.earlier else (first, last + spare)
            first, last = max(first, FIRST_YEAR), min(last, LAST_YEAR)


def _tables(network: Network, calendar: Calendar, first: int, last: int) -> Tables:
    calendars: dict[int, Calendar] = {id(calendar): calendar}
    chosen: list[int] = []
    for task in network.work:
        own = task.calendar if task.calendar is not None and task.days else calendar
        key = id(own)
        if key not in calendars:
            calendars[key] = own
        chosen.append(key)
    # a table that others asked more of reaches further: all are to reach as far
    grown = [one.table(first, last) for one in calendars.values()]
    first, last = min(table.first_year for table in grown), max(table.last_year for table in grown)
    tables = {key: one.table(first, last) for key, one in calendars.items()}
    launch = tables[id(calendar)]
    lookup = {key: (table.days, table.rank) for key, table in tables.items()}
    return Tables(launch.base, launch, [lookup[key] for key in chosen])
