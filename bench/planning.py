"""Planning against networkx, calendars against `holidays`, and the growth of memory."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

import holidays
import networkx as nx

from bench.measure import Comparison, Measurement, print_table, side_by_side
from launch_kits.plan import PlanInput, Predecessor, Work, as_things_stand, schedule
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.countries import resting

BEGIN_ON = date(2026, 1, 5)
LAUNCH_ON = date(2027, 12, 1)


def network(size: int, *, shuffled: bool = False) -> list[Work]:
    """Tasks of one to five days for nine owners.

    Each waits for up to two of the fifty tasks before it.
    """
    chance = random.Random(size)  # noqa: S311 - the same network every time, not a secret
    launch = Calendar("US", blackouts=[(date(2026, 12, 24), date(2027, 1, 1))])
    owners = [
        launch.without([(date(2026, 5, n), date(2026, 5, n + 4))], country="SG")
        for n in range(1, 9)
    ]
    work = [
        Work(
            f"t{number}",
            chance.randint(1, 5),
            tuple(
                Predecessor(f"t{chance.randrange(max(0, number - 50), number)}")
                for _ in range(2)
                if number
            ),
            calendar=chance.choice([None, *owners]),
        )
        for number in range(size)
    ]
    if shuffled:
        chance.shuffle(work)
    return work


def plan(work: list[Work]) -> Callable[[], object]:
    calendar = next(task.calendar.parent for task in work if task.calendar)
    assert calendar
    return lambda: schedule(
        PlanInput(
            work,
            calendar=calendar,
            begin_on=BEGIN_ON,
            release_on=LAUNCH_ON,
            launch_on=LAUNCH_ON,
        )
    )


def two_passes(work: list[Work]) -> Callable[[], object]:
    """The same network in networkx.

    Topological order, longest paths from the start and to the end.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(task.key for task in work)
    graph.add_edges_from((link.key, task.key) for task in work for link in task.after)
    days = {task.key: task.days for task in work}

    def run() -> dict[str, int]:
        order = list(nx.topological_sort(graph))
        finish: dict[str, int] = {}
        for key in order:
            finish[key] = (
                max((finish[other] for other in graph.predecessors(key)), default=0)
                + days[key]
            )
        end = max(finish.values())
        latest: dict[str, int] = {}
        for key in reversed(order):
            latest[key] = min(
                (latest[other] - days[other] for other in graph.successors(key)),
                default=end,
            )
        return {key: latest[key] - finish[key] for key in order}

    return run


def planning(size: int, *, shuffled: bool = False) -> Comparison:
    work = network(size, shuffled=shuffled)
    times = side_by_side(plan(work), two_passes(work), 20_000 // size + 5)
    return Comparison(*times, 1.0)


def as_things_stand_late() -> Comparison:
    """Ninety tasks, sixty of them done later than planned, against one plan of them."""
    work = network(90)
    calendar = next(task.calendar.parent for task in work if task.calendar)
    assert calendar
    first = PlanInput(
        work, calendar, BEGIN_ON, release_on=LAUNCH_ON, launch_on=LAUNCH_ON
    )
    finishes = [span.finish for span in schedule(first).spans.values()]
    launch_on = calendar.shift(max(finishes), 1)
    plan = replace(first, release_on=launch_on, launch_on=launch_on)
    spans = schedule(plan).spans
    done = sorted(spans, key=lambda key: spans[key].finish)[:60]
    days = {
        key: calendar.shift(spans[key].finish, at % 4) for at, key in enumerate(done)
    }
    facts = [replace(task, done_on=days.get(task.key)) for task in work]
    given = replace(plan, work=facts)
    due = {key: span.due for key, span in spans.items()}
    today = max(days.values())

    def standing() -> None:
        found = as_things_stand(given, planned=work, due=due, today=today)
        assert found.because

    times = side_by_side(standing, lambda: schedule(plan), 40)
    return Comparison(*times, 80.0)


def calendar_of_two_years() -> Comparison:
    def ours() -> None:
        resting.cache_clear()
        assert not Calendar("US").table(2026, 2027).flags[0]

    def theirs() -> None:
        assert len(list(holidays.country_holidays("US", years=(2026, 2027)))) > 20

    return Comparison(*side_by_side(ours, theirs, 50), 2.0)


def peak(size: int) -> float:
    """Megabytes that planning needs beside the tasks; calendars are filled beforehand."""
    run = plan(network(size))
    run()
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def memory(size: int) -> Comparison:
    """Megabytes for a number of tasks against ten times those for a tenth; 1.0 is linear."""
    return Comparison(peak(size), 10 * peak(size // 10), 1.25)


def measurements() -> Iterator[Measurement]:
    """All measurements of planning."""
    for shuffled in (False, True):
        for size in (1_000, 10_000):
            order = ", shuffled" if shuffled else ""
            yield Measurement(
                f"plan of {size:,} tasks{order} : networkx's two passes",
                partial(planning, size, shuffled=shuffled),
            )
    yield Measurement(
        "as things stand, 60 late facts of 90 tasks : their plan", as_things_stand_late
    )
    yield Measurement(
        "calendar of two years : holidays lists them", calendar_of_two_years
    )
    for size in (10_000, 100_000):
        yield Measurement(
            f"memory, MB: {size:,} tasks : ten times {size // 10:,}",
            partial(memory, size),
        )


if __name__ == "__main__":
    print_table(measurements())
