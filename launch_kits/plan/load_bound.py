"""A proof that no schedule keeps all due days: too much work between two days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from launch_kits.plan.instance import Instance, Timetable
from launch_kits.plan.resources import Packing

__all__ = ["can_hold", "surely_short"]


def can_hold(instance: Instance, earliest: Timetable, packing: Packing) -> bool:
    """Return whether neither the earliest dates nor the load rule out that it holds.

    A task that can start on a day at the earliest and is due on another takes all its work between
    them. If the tasks of a resource between two days need more than is free there, no schedule
    holds. The same is true of the days of tasks that take more than half of the capacity, for no
    two of them share a day. A launch that passes may still not hold.
    """
    if instance.lateness(earliest.finish):
        return False
    return not any(surely_short(instance, earliest, packing))


def surely_short(
    instance: Instance, earliest: Timetable, packing: Packing
) -> Iterator[str]:
    """Yield the resources of which some work is late in every schedule.

    The proof is that of ``can_hold``. Others may be short in every schedule as well.
    """
    for resource, capacity in packing.capacity.items():
        demand, free = _amounts(instance, packing, resource)
        for weight in (_amount, _exceeds(capacity // 2)):
            if not _fits(
                instance, earliest.start, [*map(weight, demand)], [*map(weight, free)]
            ):
                yield resource
                break


def _amount(amount: int) -> int:
    return amount


def _exceeds(half: int) -> Callable[[int], int]:
    return lambda amount: int(amount > half)


def _amounts(
    instance: Instance, packing: Packing, resource: str
) -> tuple[list[int], list[int]]:
    """Return the demand of each task for a resource, and its free amount on each day."""
    shift = packing.shift[resource]
    mask = (1 << packing.capacity[resource].bit_length()) - 1
    demand = [(packed >> shift) & mask for packed in instance.demand]
    calendars = {
        id(instance.days[at]): instance.days[at] for at in instance.order if demand[at]
    }
    days: set[int] = set().union(*calendars.values())
    free = [
        (packed >> shift) & mask if day in days else 0
        for day, packed in enumerate(instance.free)
    ]
    return demand, free


def _fits(
    instance: Instance, start: Sequence[int], demand: Sequence[int], free: Sequence[int]
) -> bool:
    """Return whether the load fits, between any two days."""
    tasks = sorted(
        (instance.due[at], start[at], instance.counts[at] * demand[at])
        for at in instance.order
        if demand[at]
    )
    free_up_to = [*accumulate(free)]
    for first in {begins for _, begins, _ in tasks}:
        asked = 0
        before = free_up_to[first - 1]
        for due, begins, work in tasks:
            if begins >= first:
                asked += work
                if asked > free_up_to[due] - before:
                    return False
    return True
