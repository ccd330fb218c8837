"""The load of 60 launches, and a verb beside them, against plain reads and the verb alone."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from bench.measure import Comparison, Measurement, print_table, side_by_side
from launch_kits.database.store import Store
from launch_kits.inputs.loading import load_brief
from launch_kits.verbs import open_launch, reassign
from launch_kits.views.running_load import read_running_load

__all__ = ["measurements"]

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[1] / "examples" / "valkey-9" / "brief.yaml"
LAUNCHES = 60
#: seconds that `load` may take
ALLOWED = 1.0
TASK = "battlecard:redis"
PEOPLE = ("sales", "pmm")
ROWS = "SELECT owner, share, planned_start, planned_finish FROM task"


def filled(path: Path, number: int, *, shared: bool, capacity: float = 1) -> Store:
    """Launches of about 90 tasks, of the same people if shared, without levelling."""
    brief = load_brief(EXAMPLE).brief
    store = Store(f"sqlite:///{path}")
    for at in range(number):
        prefix = f"{at}-" if at and not shared else ""
        changes = {
            "launch": f"launch-{at}",
            "team": {
                role: person.model_copy(
                    update={"email": prefix + person.email, "capacity": capacity}
                )
                for role, person in brief.team.items()
            },
        }
        open_launch(store, brief.model_copy(update=changes), now=NOW, level=False)
    return store


def loading(store: Store) -> Callable[[], object]:
    """Everyone's load."""

    def run() -> object:
        with store.read() as session:
            return read_running_load(session, now=NOW).workloads()

    return run


def by_hand(path: Path) -> Callable[[], object]:
    """The rows of the tasks from SQLite itself, on a new connection."""

    def run() -> object:
        connection = sqlite3.connect(path)
        rows = connection.execute(ROWS).fetchall()
        connection.close()
        return rows

    return run


def reassigning(store: Store) -> Callable[[], object]:
    """A verb that levels the first launch again."""
    people = cycle(PEOPLE)
    return lambda: reassign(store, "launch-0", TASK, to=next(people), now=NOW)


def measurements() -> Iterator[Measurement]:
    """`load` against a second and against plain SQL, and a verb beside other launches.

    Beside launches of the same people no plan holds, and all schedules are tried. So the verb alone
    is given people of half the capacity: its plan does not hold either.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many = f"{LAUNCHES} launches of 90 tasks"
        shared = filled(folder / "shared.db", LAUNCHES, shared=True)
        ours, theirs = side_by_side(
            loading(shared), by_hand(folder / "shared.db"), repeats=5
        )
        yield Measurement(
            f"load, {many}: in s, against {ALLOWED:g}",
            lambda: Comparison(ours, ALLOWED, 1.0),
        )
        yield Measurement(
            f"load, {many} : raw SQL", lambda: Comparison(ours, theirs, 40.0)
        )
        apart = filled(folder / "apart.db", LAUNCHES, shared=False)
        alone = filled(folder / "alone.db", 1, shared=True)
        short = filled(folder / "short.db", 1, shared=True, capacity=0.5)
        beside = f"reassign beside {LAUNCHES - 1} launches of"
        yield Measurement(
            f"{beside} other people : alone", lambda: reassigned(apart, alone, 1.5)
        )
        yield Measurement(
            f"{beside} the same people : alone", lambda: reassigned(shared, short, 3.0)
        )
        for store in (shared, apart, alone, short):
            store.close()


def reassigned(beside: Store, alone: Store, target: float) -> Comparison:
    """A verb beside other launches against the verb alone."""
    times = side_by_side(reassigning(beside), reassigning(alone), repeats=10)
    return Comparison(*times, target)


if __name__ == "__main__":
    print_table(measurements())
