"""A genetic search for schedules: samples, double justification, crossover in time.

The number of schedules and the seed are fixed, and no clock is read: the same instance gives the
same timetable on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isqrt
from random import Random
from typing import NamedTuple, TypeVar

from launch_kits.plan.instance import Instance, Timetable
from launch_kits.plan.justification import justified
from launch_kits.plan.schedule_generation import parallel, serial

__all__ = ["Objective", "SearchResult", "greatest", "search", "total"]

#: the cost to minimise, computed from the lateness of each late task
Objective = Callable[[Sequence[int]], int]

T = TypeVar("T")

SEED = 1
#: schedules per individual: one generated, two by double justification
PER_INDIVIDUAL = 3
#: samples differ from latest finish by up to so many calendar days
SPREAD = 16
#: mutation moves the start of a task by up to so many days, chosen for each child
MUTATIONS = (1, 1, 6)
#: the part of a schedule over which a child passes from one parent to the other
WIDTHS = (0.02, 0.1, 0.3)


class Individual(NamedTuple):
    """A timetable and its cost."""

    cost: int
    timetable: Timetable


class SearchResult(NamedTuple):
    """The best timetable found."""

    cost: int
    timetable: Timetable
    #: how many were generated
    schedules: int


def total(lateness: Sequence[int]) -> int:
    """Return the total lateness."""
    return sum(lateness)


def greatest(lateness: Sequence[int]) -> int:
    """Return the greatest lateness.

    It measures the makespan if all due days are counted back from one day.
    """
    return max(lateness, default=0)


def search(
    instance: Instance,
    priority: Sequence[int],
    *,
    least: int,
    schedules: int,
    objective: Objective = total,
) -> SearchResult:
    """Generate schedules until one costs no more than ``least``.

    The first is parallel generation by ``priority``. Returns the first that costs ``least``, else
    the first of least cost among ``schedules``, which is rounded up to whole individuals.
    """
    plain = parallel(instance, priority)
    best = Individual(objective(instance.lateness(plain.finish)), plain)
    population = _Population(instance, objective, plain, schedules)
    count = 1
    while best.cost > least and count < schedules:
        # min() keeps the first of equals
        best = min(best, population.grow(), key=_cost)
        count += PER_INDIVIDUAL
    return SearchResult(best.cost, best.timetable, count)


def _cost(individual: Individual) -> int:
    return individual.cost


class _Population:
    def __init__(
        self, instance: Instance, objective: Objective, plain: Timetable, schedules: int
    ) -> None:
        self.instance = instance
        self.objective = objective
        self.plain = plain
        #: milestones follow from these
        self.tasks = [at for at in instance.order if instance.counts[at]]
        self.size = min(60, max(8, isqrt(schedules) * 4 // 5))
        # random() alone gives the same numbers in every version of Python
        self.chance = Random(SEED).random  # noqa: S311 - the same schedules each time, no secret
        self.members: list[Individual] = []

    def grow(self) -> Individual:
        """Add a sample while the population is small, then a child for its worst member."""
        if len(self.members) < self.size:
            individual = self._justified(self._sample() if self.members else self.plain)
            self.members.append(individual)
            return individual
        individual = self._justified(self._child())
        worst = max(range(self.size), key=lambda at: self.members[at].cost)
        # no two members are alike, or all would soon be
        if (
            individual.cost <= self.members[worst].cost
            and individual not in self.members
        ):
            self.members[worst] = individual
        return individual

    def _justified(self, timetable: Timetable) -> Individual:
        moved = justified(self.instance, timetable)
        return Individual(self.objective(self.instance.lateness(moved.finish)), moved)

    def _sample(self) -> Timetable:
        """Return a timetable by parallel generation with disturbed due days."""
        chance = self.chance
        due = self.instance.due
        return parallel(self.instance, [day + SPREAD * chance() for day in due])

    def _child(self) -> Timetable:
        """Return a timetable by serial generation from the starts of two parents.

        It takes those of one parent up to some day and those of the other after it. Around that day
        they pass over gradually. If the day lies outside the schedule, the child is a mutation of
        one parent.
        """
        chance = self.chance
        tasks = self.tasks
        before, after = (each.timetable.start for each in self._parents())
        first = min(before[at] for at in tasks)
        length = max(before[at] for at in tasks) - first + 1
        middle = first + length * (1.6 * chance() - 0.3)
        width = max(1.0, length * self._choose(WIDTHS)) * 2
        mutation = self._choose(MUTATIONS)
        key = [0.0] * len(before)
        for at in tasks:
            one = before[at]
            other = after[at]
            share = min(1.0, max(0.0, ((one + other) / 2 - middle) / width + 0.5))
            key[at] = one + (other - one) * share + mutation * (chance() + chance() - 1)
        return serial(self.instance, self._sequence(key))

    def _parents(self) -> list[Individual]:
        """Return two parents out of two members, each the cheaper of two.

        So half of the children have one parent only.
        """
        pair = [
            min(self._choose(self.members), self._choose(self.members), key=_cost)
            for _ in range(2)
        ]
        return [self._choose(pair) for _ in range(2)]

    def _sequence(self, key: list[float]) -> list[int]:
        """Return the tasks by their key, each after all its predecessors."""
        after = self.instance.after
        lagged = self.instance.lagged
        for at in self.instance.order:
            for other in after[at]:
                key[other] = max(key[other], key[at])
            for other, _ in lagged.get(at, ()):
                key[other] = max(key[other], key[at])
        # the sort is stable: tasks with the same key keep their order
        return sorted(self.instance.order, key=key.__getitem__)

    def _choose(self, among: Sequence[T]) -> T:
        return among[int(self.chance() * len(among))]
