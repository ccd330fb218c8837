"""The demand of tasks and the capacity of people, as exact integers, a day in one number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, lcm
from typing import NamedTuple

from launch_kits.errors import PlanError

__all__ = ["Demand", "Packing", "Resources", "stretched"]

#: by resource the amount that a task takes of it on each of its working days
Demand = Mapping[str, Fraction]

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Resources:
    """The capacity of each resource, and the load that other launches put on it."""

    #: per day, greater than 0; a resource that is not listed has 1
    capacity: Mapping[str, Fraction] = field(default_factory=dict)
    #: by resource and day
    load: Mapping[str, Mapping[date, Fraction]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for resource, amount in self.capacity.items():
            if amount <= 0:
                raise PlanError(
                    f'capacity of "{resource}" is {amount}; use a value greater than 0'
                )

    def of(self, resource: str) -> Fraction:
        """Return the capacity of a resource per day."""
        return self.capacity.get(resource, ONE)


def stretched(days: int, demand: Demand, resources: Resources) -> tuple[int, Demand]:
    """Return the days and demand of a task within capacity.

    If it asks for more than the capacity of a resource, it takes all of that capacity on
    ceil(days times demand divided by capacity) days.
    """
    ratio = max(
        (amount / resources.of(key) for key, amount in demand.items()), default=ONE
    )
    if ratio <= 1:
        return days, demand
    within = {key: min(amount, resources.of(key)) for key, amount in demand.items()}
    return ceil(days * ratio), within


class Packing(NamedTuple):
    """Amounts of all resources in one integer: a field of bits for each resource.

    An amount is a whole number of the resource's unit. Each field has a guard bit on top. If the
    guards are set in the free amounts, ``(free - demand) & guard == guard`` says that no resource
    is short: a field that would become negative takes its own guard, and leaves its neighbours
    alone.
    """

    #: by resource the lowest bit of its field
    shift: Mapping[str, int]
    #: by resource the number of units in one
    units: Mapping[str, int]
    capacity: Mapping[str, int]
    guard: int

    @classmethod
    def of(cls, demands: Iterable[Demand], resources: Resources) -> Packing:
        """Return the packing for resources that tasks ask for; others are left out."""
        denominators: dict[str, set[int]] = defaultdict(set)
        for demand in demands:
            for key, amount in demand.items():
                denominators[key].add(amount.denominator)
        shift: dict[str, int] = {}
        units: dict[str, int] = {}
        capacity: dict[str, int] = {}
        guard = width = 0
        for key, found in denominators.items():
            loads = resources.load.get(key, {}).values()
            available = resources.of(key)
            unit = lcm(
                *found, available.denominator, *{load.denominator for load in loads}
            )
            shift[key] = width
            units[key] = unit
            capacity[key] = int(available * unit)
            width += capacity[key].bit_length() + 1
            guard |= 1 << (width - 1)
        return cls(shift, units, capacity, guard)

    def demand(self, demand: Demand) -> int:
        """Return a demand as one integer."""
        return sum(
            int(amount * self.units[key]) << self.shift[key]
            for key, amount in demand.items()
        )

    def untouched(self) -> int:
        """Return a day without any load, guards set."""
        return self.guard | sum(
            amount << self.shift[key] for key, amount in self.capacity.items()
        )

    def taken(self, load: Mapping[str, Mapping[date, Fraction]]) -> dict[int, int]:
        """Return the load of each day, by ordinal, at most the capacity."""
        found: dict[int, int] = defaultdict(int)
        for key, days in load.items():
            if key in self.shift:
                units = self.units[key]
                most = self.capacity[key]
                shift = self.shift[key]
                for day, amount in days.items():
                    # rounded up in integers: a search for a launch day does this for each day
                    taken = -(-amount.numerator * units // amount.denominator)
                    found[day.toordinal()] += min(most, taken) << shift
        return found


def summed(
    load: Mapping[str, Mapping[date, Fraction]],
    more: Sequence[tuple[Demand, Sequence[date]]],
) -> dict[str, dict[date, Fraction]]:
    """Add demands on days to a load by resource and day; return the sum."""
    total = {key: dict(days) for key, days in load.items()}
    for demand, days in more:
        for key, amount in demand.items():
            own = total.setdefault(key, {})
            for day in days:
                own[day] = own.get(day, Fraction(0)) + amount
    return total
