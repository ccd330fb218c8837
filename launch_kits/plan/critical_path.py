"""The two passes of the critical path method over working days, on plain integers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from launch_kits.errors import PlanError
from launch_kits.plan.graph import Anchor, PlanGraph
from launch_kits.plan.terms import UNHELD, Terms
from launch_kits.workdays.calendar import FIRST_YEAR, LAST_YEAR, Calendar, WorkdayTable

__all__ = ["Earliest", "Latest", "Tables", "backward", "forward", "on_tables"]

T = TypeVar("T")


class Tables(NamedTuple):
    """The calendars of a network over the same years."""

    #: ordinal of the first day of every table
    base: int
    launch: WorkdayTable
    #: for each task ``days`` and ``rank`` of its calendar's table
    tasks: list[tuple[list[int], list[int]]]


class Earliest(NamedTuple):
    """For each task its earliest start and finish, as ordinals."""

    start: list[int]
    finish: list[int]
    #: for milestones, from the end of which day on others may start
    passed: dict[int, int]


class Latest(NamedTuple):
    """For each task its latest start and finish, as ordinals."""

    start_by: list[int]
    due: list[int]


class OutOfTables(Exception):
    def __init__(self, position: int, *, earlier: bool) -> None:
        self.position, self.earlier = position, earlier


def forward(
    tables: Tables,
    graph: PlanGraph,
    terms: Terms,
    *,
    as_facts: bool = False,
    known: Mapping[int, int] | None = None,
) -> Earliest:
    """The earliest dates of what is not begun, and those of what is begun or done.

    In a plan a milestone occupies the day it lies on, unless it is free. ``as_facts`` it occupies
    none: others may start as soon as what it waits for lets them, once the working day before it is
    over. ``known`` says of milestones that are done from the end of which day on others may start,
    where a plan does not follow from itself.
    """
    base, _, lookups = tables
    counts, after, lagged, until = graph.days, graph.after, graph.lagged, terms.until
    latest, start, finish = terms.opening.copy(), [0] * len(counts), [0] * len(counts)
    milestones = _Milestones(tables, graph, terms, as_facts=as_facts, known=known or {})
    position = 0
    try:
        for position, (first, end) in terms.settled.items():
            start[position], finish[position] = first, end
            hand_on(end, position, latest, graph, tables)
        for position in terms.flow:
            count = counts[position]
            if count:
                days, rank = lookups[position]
                first = rank[latest[position] - base]
                start[position] = days[first]
                end = finish[position] = days[first + count - 1]
                if until and position in until:
                    end = finish[position] = max(end, until[position])
            else:
                start[position] = finish[position] = milestones.place(
                    position, latest[position]
                )
                end = milestones.passed[position]
            if position in lagged:
                hand_on(end, position, latest, graph, tables)
            else:
                for other in after[position]:
                    if latest[other] < end:  # noqa: PLR1730 - max() takes three times as long, in the inner loop
                        latest[other] = end
    except IndexError:
        raise OutOfTables(position, earlier=False) from None
    return Earliest(start, finish, milestones.passed)


class _Milestones:
    """The milestones of a forward pass: where each lies, and what it lets others do."""

    def __init__(
        self,
        tables: Tables,
        graph: PlanGraph,
        terms: Terms,
        *,
        as_facts: bool,
        known: Mapping[int, int],
    ) -> None:
        self.tables, self.graph, self.terms = tables, graph, terms
        self.as_facts, self.known = as_facts, known
        #: from the end of which day on others may start
        self.passed: dict[int, int] = {}
        #: the latest day of the milestones that one waits for
        self.beside: dict[int, int] = {}

    def place(self, position: int, ready: int) -> int:
        """The day of a milestone that what it waits for lets lie on ``ready``.

        Notes what it passes on.
        """
        terms, launch, base = self.terms, self.tables.launch, self.tables.base
        day, at = (
            terms.lies_on.get(position, terms.first),
            max(ready, self.beside.get(position, 0)),
        )
        done = position in terms.done
        if at > day and not done:
            # of the launch's working days the next that is not before it
            day = launch.days[launch.rank[at - 1 - base]]
        if done and position in self.known:
            self.passed[position] = self.known[position]
        elif done or self.as_facts:
            self.passed[position] = max(ready, self._eve(position, day))
        else:
            self.passed[position] = (
                max(ready, day - 1) if position in terms.free else day
            )
        for other in self.graph.after[position]:
            if not self.graph.days[other]:
                self.beside[other] = max(self.beside.get(other, 0), day)
        return day

    def _eve(self, position: int, day: int) -> int:
        """The launch's last working day before the day of a milestone."""
        last = (
            self.tables.launch.rank[day - 1 - self.tables.base]
            if day > self.tables.base
            else 0
        )
        if not last:
            raise OutOfTables(position, earlier=True)
        return self.tables.launch.days[last - 1]


def hand_on(
    end: int, position: int, latest: list[int], graph: PlanGraph, tables: Tables
) -> None:
    """Lets the successors start after a finish, and after their lag."""
    days, rank = tables.launch.days, tables.launch.rank
    for other in graph.after[position]:
        latest[other] = max(latest[other], end)
    for other, lag in graph.lagged.get(position, ()):
        latest[other] = max(latest[other], days[rank[end - tables.base] - 1 + lag])


def backward(tables: Tables, graph: PlanGraph, terms: Terms) -> Latest:
    """The latest dates of open work that keep every limit."""
    base, _, lookups = tables
    counts, after, lagged, free = graph.days, graph.after, graph.lagged, terms.free
    # the latest finish that a task leaves to those it waits for: a milestone shares its day with
    # them, work does not
    room, due, start_by = [UNHELD] * len(counts), terms.limit.copy(), [0] * len(counts)
    for position in reversed(terms.order):
        limit = due[position]
        if free and position in free:
            limit = min(limit, _room_before_free(position, room, graph, tables))
        else:
            for other in after[position]:
                if room[other] < limit:  # noqa: PLR1730 - as above
                    limit = room[other]
            if position in lagged:
                limit = min(limit, _room_before_lags(position, room, graph, tables))
        if limit == UNHELD:
            limit = (
                terms.eve_of_release
                if graph.work[position].anchor is Anchor.RELEASE
                else terms.eve_of_launch
            )
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


def _room_before_free(
    position: int, room: list[int], graph: PlanGraph, tables: Tables
) -> int:
    """The latest day of a free milestone.

    Work may start on it, and lags count from the working day before it.
    """
    latest = UNHELD
    for other in graph.after[position]:
        if room[other] < UNHELD:
            latest = min(latest, room[other] + (1 if graph.days[other] else 0))
    if position in graph.lagged:
        latest = min(latest, _room_before_lags(position, room, graph, tables) + 1)
    return latest


def _room_before_lags(
    position: int, room: list[int], graph: PlanGraph, tables: Tables
) -> int:
    """The last day from whose end on every lag can run.

    Any day before the next working day does.
    """
    latest = UNHELD
    for other, lag in graph.lagged[position]:
        if room[other] < UNHELD:
            last = tables.launch.rank[room[other] - tables.base] - lag
            if last < 1:
                raise OutOfTables(position, earlier=True)
            latest = min(latest, tables.launch.days[last] - 1)
    return latest


def on_tables(
    graph: PlanGraph,
    calendar: Calendar,
    terms: Terms,
    run: Callable[[Tables], T],
    *,
    reach: Iterable[date] = (),
) -> T:
    """What ``run`` gives on tables that cover it, and the days of ``reach``: they grow until it
    stays within them.

    Raises PlanError, naming the task, where no table is large enough.
    """
    limits = (limit for limit in terms.limit if limit != UNHELD)
    days = [terms.floor, terms.first, max([terms.floor, *terms.opening]), *limits]
    days += [
        terms.eve_of_release,
        terms.eve_of_launch,
        *terms.until.values(),
        *terms.lies_on.values(),
    ]
    days += [day.toordinal() for day in reach]
    days += [day for span in terms.settled.values() for day in span]
    first, last = date.fromordinal(min(days)).year, date.fromordinal(max(days)).year
    while True:
        tables = _tables(graph, calendar, terms, first, last)
        first, last = tables.launch.first_year, tables.launch.last_year
        try:
            return run(tables)
        except OutOfTables as out:
            spare = last - first + 1
            if first == FIRST_YEAR if out.earlier else last == LAST_YEAR:
                raise PlanError(
                    f"the years {FIRST_YEAR} to {LAST_YEAR} have no room for task "
                    f'"{graph.work[out.position].key}" and what waits for it: look over days, lags and days off'
                ) from None
            first, last = (
                (first - spare, last) if out.earlier else (first, last + spare)
            )
            first, last = max(first, FIRST_YEAR), min(last, LAST_YEAR)


def _tables(
    graph: PlanGraph, calendar: Calendar, terms: Terms, first: int, last: int
) -> Tables:
    calendars: dict[int, Calendar] = {id(calendar): calendar}
    chosen: list[int] = []
    for task in graph.work:
        own = task.calendar if task.calendar is not None and task.days else calendar
        key = id(own)
        if key not in calendars:
            calendars[key] = own
        chosen.append(key)
    for position, own in terms.calendars.items():
        chosen[position] = id(own)
        calendars[id(own)] = own
    # a table that others asked more of reaches further: all are to reach as far
    grown = [one.table(first, last) for one in calendars.values()]
    first, last = (
        min(table.first_year for table in grown),
        max(table.last_year for table in grown),
    )
    tables = {key: one.table(first, last) for key, one in calendars.items()}
    launch = tables[id(calendar)]
    lookup = {key: (table.days, table.rank) for key, table in tables.items()}
    return Tables(launch.base, launch, [lookup[key] for key in chosen])
