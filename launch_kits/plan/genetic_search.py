"""A search for better schedules: sampling, double justification and crossover in time.

The number of schedules and the seed are fixed, and no clock is read: the same instance gives the
same timetable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isqrt
from random import Random
from typing import NamedTuple

from launch_kits.plan.schedule_generation import Instance, Timetable

__all__ = ["Found", "search"]

#: what is to be least, of the lateness of each late task: ``sum``, or the greatest
Objective = Callable[[Sequence[int]], int]

SEED = 1
#: schedules per individual: one generated, two by double justification
PER_INDIVIDUAL = 3


class Individual(NamedTuple):
    """A timetable and what it costs."""

    cost: int
    timetable: Timetable


class Found(NamedTuple):
    """The best timetable found."""

    cost: int
    timetable: Timetable
    #: how many were generated
    schedules: int


def total(lateness: Sequence[int]) -> int:
    """The total lateness."""
    return sum(lateness)


def greatest(lateness: Sequence[int]) -> int:
    """The greatest lateness; if all due days come from one last day, the makespan beyond it."""
    return max(lateness, default=0)


def search(
    instance: Instance, priority: Sequence[int], *, least: int, schedules: int, objective: Objective
) -> Found:
    """Generate schedules until one costs no more than ``least``.

    The first is parallel generation by ``priority``. Returns the first that costs ``least``, else
    the best of the given number of schedules, rounded up to a whole individual.
    """
    plain = instance.parallel(priority)
    best = Individual(objective(instance.lateness(plain.finish)), plain)
    if best.cost <= least or schedules <= 1:
        return Found(best.cost, plain, 1)
    population = _Population(instance, priority, objective, schedules)
    count = 1
    while best.cost > least and count < schedules:
        individual = population.grow()
        best = min(best, individual, key=_cost)
        count += PER_INDIVIDUAL
    return Found(best.cost, best.timetable, count)


def _cost(individual: Individual) -> int:
    return individual.cost


class _Population:
    def __init__(
        self, instance: Instance, priority: Sequence[int], objective: Objective, schedules: int
    ) -> None:
        self.instance, self.priority, self.objective = instance, priority, objective
        self.size = min(60, max(8, isqrt(schedules) * 4 // 5))
        self.chance = Random(SEED)  # noqa: S311 - the same schedules every time, not a secret
        self.members: list[Individual] = []

    def grow(self) -> Individual:
        """Adds a sample until the population is complete, then replaces its worst by a child."""
        if len(self.members) < self.size:
            individual = self._justified(self._sample())
            self.members.append(individual)
            return individual
        individual = self._justified(self._child())
        worst = max(range(self.size), key=lambda at: self.members[at].cost)
        if individual.cost <= self.members[worst].cost and individual not in self.members:
            self.members[worst] = individual
        return individual

    def _justified(self, timetable: Timetable) -> Individual:
        justified = self.instance.justified(timetable)
        return Individual(self.objective(self.instance.lateness(justified.finish)), justified)

    def _sample(self) -> Timetable:
        """Parallel generation by the priority, by due days that are disturbed by some days."""
        if not self.members:
            return self.instance.parallel(self.priority)
        chance, spread = self.chance.random, 10
        return self.instance.parallel([due + spread * chance() for due in self.instance.due])

    def _child(self) -> Timetable:
        """Serial generation by the starts of one parent, and from some day on of the other.

        Around that day the starts pass over from one to the other gradually.
        """
        chance = self.chance.random
        early, late = self._parent().timetable.start, self._parent().timetable.start
        order = self.instance.order
        first, last = min(early[at] for at in order), max(early[at] for at in order)
        length = last - first + 1
        middle = first + length * (1.6 * chance() - 0.3)
        width = max(1.0, length * (0.02, 0.1, 0.3)[int(3 * chance())])
        key = [0.0] * len(early)
        for at in order:
            one, other = early[at], late[at]
            share = ((one + other) / 2 - middle) / width / 2 + 0.5
            share = 0.0 if share < 0 else 1.0 if share > 1 else share
            key[at] = one + (other - one) * share + chance() + chance() - 1
        return self.instance.serial(self._sequence(key))

    def _sequence(self, key: list[float]) -> list[int]:
        """The tasks by their key, each behind all that it waits for."""
        after, lagged = self.instance.after, self.instance.lagged
        for at in self.instance.order:
            for other in after[at]:
                key[other] = max(key[other], key[at])
            for other, _ in lagged.get(at, ()):
                key[other] = max(key[other], key[at])
        # the sort is stable: tasks with the same key keep their order
        return sorted(self.instance.order, key=key.__getitem__)

    def _parent(self) -> Individual:
        """The better of two, or any."""
        first, second, third = (self._any() for _ in range(3))
        return min(first, second, key=_cost) if self.chance.random() < 0.5 else third

    def _any(self) -> Individual:
        return self.members[int(self.chance.random() * self.size)]
