"""Double justification of a timetable: as late as tasks fit, then as early as they fit.

The source is Valls, Ballestín and Quintanilla (2005).
"""

from __future__ import annotations

from collections.abc import Sequence

from launch_kits.plan.instance import Instance, Timetable
from launch_kits.plan.schedule_generation import serial
from launch_kits.plan.tables import OutOfTables

__all__ = ["justified"]


def justified(instance: Instance, timetable: Timetable) -> Timetable:
    """Move every task as late as it fits, the last first, then as early as it fits.

    No task finishes later than its due day by more than the greatest lateness of the given
    timetable, so the greatest lateness never grows.
    """
    spare = max(instance.lateness(timetable.finish), default=0)
    late = _latest_starts(instance, timetable, spare)
    return serial(instance, sorted(instance.order, key=late.__getitem__))


def _latest_starts(instance: Instance, timetable: Timetable, spare: int) -> list[int]:
    """The latest starts, each within ``spare`` working days of the task's due day.

    When a task's turn comes, those that finish after it were only moved away from the days that it
    holds: it always fits where it is.
    """
    guard = instance.guard
    start = timetable.start.copy()
    free = instance.free.copy()
    # the last day on which the predecessors of a task can finish
    room = timetable.finish.copy()
    finish = [*timetable.finish]
    for position, day in timetable.passed.items():
        finish[position] = day
    backward = instance.order[::-1]
    backward.sort(key=finish.__getitem__, reverse=True)
    for position in backward:
        latest = _latest_finish(instance, position, room, spare)
        count = instance.counts[position]
        if not count:
            start[position] = room[position] = latest
            continue
        days = instance.days[position]
        at = instance.rank[position][latest]
        need = instance.demand[position]
        run = 0
        while run < count:
            at -= 1
            run = run + 1 if (free[days[at]] - need) & guard == guard else 0
        if need:
            for day in days[at : at + count]:
                free[day] -= need
        start[position] = days[at]
        room[position] = days[at] - 1
    return start


def _latest_finish(
    instance: Instance, position: int, room: Sequence[int], spare: int
) -> int:
    """The latest finish of a task, before its successors and in due time.

    A milestone that is done has no due day.
    """
    latest = len(instance.free) - 1
    for other in instance.after[position]:
        latest = min(latest, room[other])
    for other, lag in instance.lagged.get(position, ()):
        # any day before the next working day of the launch does
        last = instance.launch_rank[room[other]] - lag
        latest = min(latest, instance.launch_days[last] - 1)
    if position in instance.done:
        return latest
    days = instance.days[position]
    limit = instance.rank[position][instance.due[position]] + spare
    if limit > len(days):
        raise OutOfTables(position, earlier=False)
    return min(latest, days[limit - 1])
