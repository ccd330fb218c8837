"""The two passes of the critical path method over working days, on plain integers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from launch_kits.plan.constraints import UNHELD, Constraints
from launch_kits.plan.graph import Anchor, PlanGraph
from launch_kits.plan.milestones import Milestones
from launch_kits.plan.tables import OutOfTables, Tables

__all__ = ["Earliest", "Latest", "backward", "forward", "hand_on"]


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


def forward(
    tables: Tables,
    graph: PlanGraph,
    constraints: Constraints,
    *,
    as_facts: bool = False,
    known: Mapping[int, int] | None = None,
) -> Earliest:
    """Compute the earliest dates of all tasks; begun and done work keeps its own.

    In a plan a milestone occupies its day, unless it is free; if ``as_facts``, it occupies none,
    and its successors may start on it. ``known`` gives the day after which others may start, for
    done milestones if a plan cannot compute it. Returns ordinals. Raises OutOfTables.
    """
    base, _, lookups = tables
    counts = graph.days
    after = graph.after
    lagged = graph.lagged
    until = constraints.until
    latest = constraints.opening.copy()
    start, finish = [0] * len(counts), [0] * len(counts)
    milestones = Milestones(tables, graph, constraints, as_facts=as_facts, known=known)
    position = 0
    try:
        for position, (first, end) in constraints.settled.items():
            start[position] = first
            finish[position] = end
            hand_on(end, position, latest, graph, tables)
        for position in constraints.flow:
            count = counts[position]
            if count:
                days, rank = lookups[position]
                first = rank[latest[position] - base]
                start[position] = days[first]
                end = finish[position] = days[first + count - 1]
                if until and position in until:
                    end = finish[position] = max(end, until[position])
            else:
                day = milestones.place(position, latest[position])
                start[position] = finish[position] = day
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


def hand_on(
    end: int, position: int, latest: list[int], graph: PlanGraph, tables: Tables
) -> None:
    """Let the successors start after a finish, and after their lag."""
    days = tables.launch.days
    rank = tables.launch.rank
    for other in graph.after[position]:
        latest[other] = max(latest[other], end)
    for other, lag in graph.lagged.get(position, ()):
        latest[other] = max(latest[other], days[rank[end - tables.base] - 1 + lag])


def backward(tables: Tables, graph: PlanGraph, constraints: Constraints) -> Latest:
    """Compute the latest dates of open work that keep every limit.

    Returns dates as ordinals. Raises OutOfTables if the tables are too small.
    """
    base, _, lookups = tables
    counts = graph.days
    after = graph.after
    lagged = graph.lagged
    free = constraints.free
    # the latest finish that a task leaves to its predecessors: a milestone shares its day with
    # them, work does not
    room = [UNHELD] * len(counts)
    due = constraints.limit.copy()
    start_by = [0] * len(counts)
    for position in reversed(constraints.order):
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
                constraints.eve_of_release
                if graph.work[position].anchor is Anchor.RELEASE
                else constraints.eve_of_launch
            )
        days, rank = lookups[position]
        count = counts[position]
        last = rank[limit - base]
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
    """Return the latest day of a free milestone.

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
    """Return the last day after which there is still time for every lag.

    Days off before the next working day count too.
    """
    latest = UNHELD
    for other, lag in graph.lagged[position]:
        if room[other] < UNHELD:
            last = tables.launch.rank[room[other] - tables.base] - lag
            if last < 1:
                raise OutOfTables(position, earlier=True)
            latest = min(latest, tables.launch.days[last] - 1)
    return latest
