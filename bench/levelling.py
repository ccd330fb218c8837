"""Levelling on nine multi-project sets: how long the schedules are, and how long they take.

The sets are those of MPSPLIB (Homberger) in the form of INSISOC/MPSPLIBtoMPP (CC BY 4.0), if the
folder of oracles lies beside the repository; else nine sets are generated. The measure is the
finish of the last task over its floor: the critical path, or the load of a resource divided by its
capacity, if that is greater.
"""

from __future__ import annotations

import json
import os
import random
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, partial
from math import ceil
from pathlib import Path

from bench.measure import Comparison, Measurement, print_table, side_by_side
from launch_kits.plan import (
    PLACEMENTS,
    Demand,
    Levelling,
    PlanInput,
    Predecessor,
    Resources,
    Work,
    level,
    schedule,
)
from launch_kits.plan.genetic_search import greatest
from launch_kits.workdays.calendar import Calendar

BESIDE = next(Path(__file__).parents[2].glob("*/oracles/"), Path("oracles"))
ARCHIVE = Path(os.environ.get("LAUNCH_KITS_ORACLES") or BESIDE) / "msproject.tar.xz"
NINE = (
    "mp_j30_a2_nr5",
    "mp_j30_a5_nr1",
    "mp_j30_a10_nr1",
    "mp_j30_a20_nr1",
    "mp_j90_a2_nr5_AgentCopp1",
    "mp_j90_a5_nr5_AgentCopp1",
    "mp_j90_a10_nr5_AgentCopp1",
    "mp_j120_a2_nr5_AgentCopp1",
    "mp_j120_a5_nr5_AgentCopp2",
)
BEGIN_ON = date(2026, 1, 1)
EVE = date(2025, 12, 31)
CALENDAR = Calendar()
#: what one second of sampling in plain Python reaches; CP-SAT reaches 1.101 in ten
PUBLISHED = 1.095
MORE = 5 * PLACEMENTS


@dataclass(frozen=True)
class MultiProject:
    """Several projects on shared resources."""

    work: list[Work]
    demand: dict[str, Demand]
    capacity: dict[str, Fraction]

    def planned_for(self, launch_on: date) -> PlanInput:
        """The work with the days that it is planned by."""
        return PlanInput(
            self.work,
            calendar=CALENDAR,
            begin_on=BEGIN_ON,
            release_on=launch_on,
            launch_on=launch_on,
        )

    @cached_property
    def floor(self) -> Fraction:
        """Working days that no schedule can be shorter than."""
        load = dict.fromkeys(self.capacity, Fraction(0))
        for task in self.work:
            for resource, amount in self.demand[task.key].items():
                load[resource] += amount * task.days
        plan = schedule(self.planned_for(BEGIN_ON))
        path = max(CALENDAR.count(EVE, span.finish) for span in plan.spans.values())
        return max(Fraction(path), *(load[each] / self.capacity[each] for each in load))

    @cached_property
    def due(self) -> dict[str, date]:
        """The latest finishes that make the floor."""
        launch_on = CALENDAR.shift(EVE, ceil(self.floor) + 1)
        plan = schedule(self.planned_for(launch_on))
        return {key: span.due for key, span in plan.spans.items()}

    def levelled(self, placements: int = PLACEMENTS) -> Levelling:
        """The shortest schedule found."""
        return level(
            self.planned_for(BEGIN_ON),
            due=self.due,
            demand=self.demand,
            resources=Resources(self.capacity),
            placements=placements,
            objective=greatest,
        )

    def over_floor(self, placements: int = PLACEMENTS) -> float:
        """The last finish over the floor."""
        planned = self.levelled(placements).planned.values()
        return float(
            CALENDAR.count(EVE, max(dates.finish for dates in planned)) / self.floor
        )


def published() -> Iterator[MultiProject]:
    """The nine sets of MPSPLIB."""
    with tarfile.open(ARCHIVE) as archive:
        files = {Path(member.name).stem: member for member in archive}
        for name in NINE:
            file = archive.extractfile(files[name])
            assert file
            read = json.load(file)
            yield MultiProject(
                [
                    Work(
                        str(task["id"]),
                        int(task["dur_d"]),
                        tuple(
                            Predecessor(str(key), int(lag))
                            for key, _, lag in task["preds"]
                        ),
                    )
                    for task in read["tasks"]
                ],
                {
                    str(task["id"]): {
                        key: Fraction(units) for key, units in task["demand"].items()
                    }
                    for task in read["tasks"]
                },
                {key: Fraction(units) for key, units in read["resources"].items()},
            )


def generated(number: int) -> MultiProject:
    """Projects of thirty tasks on four resources, more of them the higher the number."""
    chance = random.Random(number)  # noqa: S311 - the same set every time, not a secret
    work = []
    demand = {}
    for project in range(2 + number):
        for task in range(30):
            before = range(max(0, task - 6), task)
            links = {chance.choice(before) for _ in range(2)} if before else ()
            key = f"{project}:{task}"
            work.append(
                Work(
                    key,
                    chance.randint(1, 10),
                    tuple(Predecessor(f"{project}:{at}") for at in links),
                )
            )
            demand[key] = {
                f"r{at}": Fraction(chance.randint(1, 10))
                for at in chance.sample(range(4), 2)
            }
    return MultiProject(work, demand, {f"r{at}": Fraction(20) for at in range(4)})


def finish(sets: Sequence[MultiProject], placements: int, target: float) -> Comparison:
    """The mean of the last finishes over their floors."""
    mean = sum(each.over_floor(placements) for each in sets) / len(sets)
    return Comparison(mean, 1.0, target)


def search(sets: Sequence[MultiProject]) -> Comparison:
    """The time of the search against one schedule of latest finishes."""
    times = side_by_side(
        lambda: [each.levelled() for each in sets],
        lambda: [each.levelled(1) for each in sets],
        2,
    )
    # a schedule of the search may take as long as plain generation takes with its preparations
    schedules = sum(each.levelled().schedules for each in sets) / len(sets)
    return Comparison(*times, schedules)


def measurements() -> Iterator[Measurement]:
    """All measurements of levelling."""
    known = ARCHIVE.exists()
    sets = [*published()] if known else [generated(number) for number in range(9)]
    name = "nine multi-project sets" if known else "nine generated sets"
    target = PUBLISHED if known else 2.0
    for placements in (PLACEMENTS, MORE):
        yield Measurement(
            f"{name}, {placements:,} placements: finish : floor",
            partial(finish, sets, placements, target),
        )
    yield Measurement(
        f"{name}, {PLACEMENTS:,} placements : latest finish", partial(search, sets)
    )


if __name__ == "__main__":
    print_table(measurements())
