"""Schedule generation schemes for resource-constrained scheduling, on plain integers.

The parallel and the serial scheme are described by Kolisch and Hartmann (1999), double
justification by Valls, Ballestín and Quintanilla (2005). Here they work on days: a task lies on
consecutive working days of its own calendar.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from launch_kits.plan.critical_path import OutOfTables

__all__ = ["Instance", "Timetable"]


class Timetable(NamedTuple):
    """For each task the days on which it starts and finishes."""

    start: list[int]
    finish: list[int]


@dataclass(frozen=True, slots=True)
class Instance:
    """Tasks to be scheduled; days are numbers from the first of the tables, lists run by position.

    A task with a fixed place (done, begun, a free milestone) is not in ``order``: its finish is in
    ``ready`` of its successors, its demand is taken out of ``free``.
    """

    #: the tasks to be placed, each behind all that it waits for
    order: list[int]
    #: working days of work; 0 is a milestone
    counts: Sequence[int]
    #: the working days of each task's calendar, and for each day how many there are up to it
    days: Sequence[list[int]]
    rank: Sequence[list[int]]
    #: the same for the launch's calendar
    launch_days: list[int]
    launch_rank: list[int]
    after: Sequence[list[int]]
    lagged: dict[int, list[tuple[int, int]]]
    #: the number of tasks in ``order`` that each task waits for
    waits_for: Sequence[int]
    #: the day after which a task can start; for a milestone the first day on which it can lie
    ready: list[int]
    #: by task, packed
    demand: Sequence[int]
    #: by day the free capacity, packed, guards set
    free: list[int]
    guard: int
    #: the dates of the tasks with a fixed place
    fixed: Timetable
    #: the latest finish
    due: Sequence[int]

    def lateness(self, finish: Sequence[int]) -> list[int]:
        """The working days by which each late task finishes late; others are left out."""
        return [
            rank[end] - rank[due]
            for end, due, rank in zip(finish, self.due, self.rank, strict=True)
            if end > due
        ]

    def parallel(self, priority: Sequence[float]) -> Timetable:
        """Place on each day every task that fits, least priority first."""
        demand, guard = self.demand, self.guard
        ready, free = self.ready.copy(), self.free.copy()
        start, finish = self.fixed.start.copy(), self.fixed.finish.copy()
        waits_for = list(self.waits_for)
        opened = [position for position in self.order if not waits_for[position]]
        # by the day after which they can start, tasks whose predecessors are placed
        waiting: dict[int, list[int]] = {}
        eligible: list[tuple[float, int]] = []
        today = 0
        while True:
            # milestones open others, which this loop reaches too
            for position in opened:
                if self.counts[position]:
                    waiting.setdefault(ready[position], []).append(position)
                else:
                    start[position] = finish[position] = ready[position]
                    opened += self._open(position, ready[position], ready, waits_for)
            if not eligible:
                if not waiting:
                    return Timetable(start, finish)
                today = min(waiting)
            for position in waiting.pop(today, ()):
                insort(eligible, (priority[position], position))
            today += 1
            opened, held_back = [], []
            for entry in eligible:
                position = entry[1]
                # most do not fit on the day itself: the cheapest test goes first
                if (free[today] - demand[position]) & guard == guard:
                    end = self._take(position, today, free)
                    if end:
                        start[position], finish[position] = today, end
                        opened += self._open(position, end, ready, waits_for)
                        continue
                held_back.append(entry)
            eligible = held_back

    def serial(self, sequence: Iterable[int]) -> Timetable:
        """Place task after task as early as it fits; each stands behind all it waits for."""
        counts, guard, demand = self.counts, self.guard, self.demand
        ready, free = self.ready.copy(), self.free.copy()
        start, finish = self.fixed.start.copy(), self.fixed.finish.copy()
        position = 0
        try:
            for position in sequence:
                count, need = counts[position], demand[position]
                if not count:
                    start[position] = finish[position] = ready[position]
                    self._hand_on(position, ready[position], ready)
                    continue
                days = self.days[position]
                at = self.rank[position][ready[position]]
                run = 0
                while run < count:
                    run = run + 1 if (free[days[at]] - need) & guard == guard else 0
                    at += 1
                if need:
                    for day in days[at - count : at]:
                        free[day] -= need
                start[position] = days[at - count]
                finish[position] = end = days[at - 1]
                self._hand_on(position, end, ready)
        except IndexError:
            raise OutOfTables(position, earlier=False) from None
        return Timetable(start, finish)

    def justified(self, timetable: Timetable) -> Timetable:
        """Move every task as late as it fits, the last first, then as early as it fits.

        No task finishes later than its due day by more than the greatest lateness of the given
        timetable, so the greatest lateness never grows.
        """
        spare = max(self.lateness(timetable.finish), default=0)
        late = self._as_late_as_fits(timetable, spare)
        return self.serial(sorted(self.order, key=late.__getitem__))

    def _as_late_as_fits(self, timetable: Timetable, spare: int) -> list[int]:
        """The latest starts, each within ``spare`` working days of the task's due day.

        When a task's turn comes, those that finish after it were only moved away from the days
        that it holds: it always fits where it is.
        """
        counts, guard, demand = self.counts, self.guard, self.demand
        start, room, free = (
            timetable.start.copy(),
            timetable.finish.copy(),
            self.free.copy(),
        )
        finish = timetable.finish
        backward = self.order[::-1]
        backward.sort(key=finish.__getitem__, reverse=True)
        for position in backward:
            days, rank, count = (
                self.days[position],
                self.rank[position],
                counts[position],
            )
            limit = rank[self.due[position]] + spare
            if limit > len(days):
                raise OutOfTables(position, earlier=False)
            at = min(limit, rank[self._room(position, room)])
            if not count:
                start[position] = room[position] = days[at - 1]
                continue
            need, run = demand[position], 0
            while run < count:
                at -= 1
                run = run + 1 if (free[days[at]] - need) & guard == guard else 0
            if need:
                for day in days[at : at + count]:
                    free[day] -= need
            start[position] = days[at]
            room[position] = days[at] - 1
        return start

    def _room(self, position: int, room: Sequence[int]) -> int:
        """The last day on which a task can finish before its successors; the last of all days."""
        latest = len(self.free) - 1
        for other in self.after[position]:
            latest = min(latest, room[other])
        for other, lag in self.lagged.get(position, ()):
            latest = min(
                latest, self.launch_days[self.launch_rank[room[other]] - lag - 1]
            )
        return latest

    def _take(self, position: int, today: int, free: list[int]) -> int:
        """Places a task on a day if it fits; the day on which it finishes, else 0."""
        days, need, guard = self.days[position], self.demand[position], self.guard
        at, count = self.rank[position][today - 1], self.counts[position]
        if at + count > len(days):
            raise OutOfTables(position, earlier=False)
        if days[at] != today:
            return 0
        taken = days[at : at + count]
        for day in taken:
            if (free[day] - need) & guard != guard:
                return 0
        for day in taken:
            free[day] -= need
        return taken[-1]

    def _hand_on(self, position: int, end: int, ready: list[int]) -> None:
        """Lets the successors start after a finish, and after their lag."""
        for other in self.after[position]:
            if ready[other] < end:  # noqa: PLR1730 - max() takes three times as long
                ready[other] = end
        if position in self.lagged:
            for other, lag in self.lagged[position]:
                day = self.launch_days[self.launch_rank[end] - 1 + lag]
                ready[other] = max(ready[other], day)

    def _open(
        self, position: int, end: int, ready: list[int], waits_for: list[int]
    ) -> list[int]:
        """Hands a finish on; the successors that wait for nothing more."""
        self._hand_on(position, end, ready)
        opened = []
        for other in (
            *self.after[position],
            *(at for at, _ in self.lagged.get(position, ())),
        ):
            waits_for[other] -= 1
            if not waits_for[other]:
                opened.append(other)
        return opened
