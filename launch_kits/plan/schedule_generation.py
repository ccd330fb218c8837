"""The parallel and the serial schedule generation scheme, on plain integers.

Both are described by Kolisch and Hartmann (1999). Here they work on days: a task lies on
consecutive working days of its own calendar.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence

from launch_kits.plan.instance import Instance, Timetable
from launch_kits.plan.tables import OutOfTables

__all__ = ["parallel", "serial"]


def parallel(instance: Instance, priority: Sequence[float]) -> Timetable:
    """Place on each day every task that fits, least priority first."""
    generation = _Parallel(instance, priority)
    try:
        return generation.run()
    except IndexError:
        # only work that cannot be placed runs past the last day
        position = generation.waiting_at()
        raise OutOfTables(position, earlier=False) from None


def serial(instance: Instance, sequence: Iterable[int]) -> Timetable:
    """Place task after task as early as it fits; each comes after all that it waits for."""
    generation = _Generation(instance)
    counts = instance.counts
    position = 0
    try:
        for position in sequence:
            place = generation.put if counts[position] else generation.pass_milestone
            generation.hand_on(position, place(position))
    except IndexError:
        raise OutOfTables(position, earlier=False) from None
    return generation.timetable()


class _Generation:
    """A timetable in the making."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.milestones = instance.milestones()
        self.ready = instance.ready.copy()
        self.free = instance.free.copy()
        self.start = instance.fixed.start.copy()
        self.finish = instance.fixed.finish.copy()
        self.passed: dict[int, int] = {}

    def timetable(self) -> Timetable:
        """The timetable once all tasks are placed."""
        return Timetable(self.start, self.finish, self.passed)

    def pass_milestone(self, position: int) -> int:
        """Place a milestone; return the day after which others may start."""
        base = self.instance.base
        day = self.milestones.place(position, self.ready[position] + base) - base
        self.start[position] = self.finish[position] = day
        passed = self.passed[position] = self.milestones.passed[position] - base
        return passed

    def put(self, position: int) -> int:
        """Place work as early as it fits; return its finish."""
        instance = self.instance
        free = self.free
        guard = instance.guard
        need = instance.demand[position]
        count = instance.counts[position]
        days = instance.days[position]
        at = instance.rank[position][self.ready[position]]
        run = 0
        while run < count:
            run = run + 1 if (free[days[at]] - need) & guard == guard else 0
            at += 1
        if need:
            for day in days[at - count : at]:
                free[day] -= need
        self.start[position] = days[at - count]
        self.finish[position] = days[at - 1]
        return days[at - 1]

    def hand_on(self, position: int, end: int) -> None:
        """Let the successors start after a finish, and after their lag."""
        instance = self.instance
        ready = self.ready
        if instance.until:
            end = max(end, instance.until.get(position, end))
        for other in instance.after[position]:
            if ready[other] < end:  # noqa: PLR1730 - max() takes three times as long
                ready[other] = end
        if position in instance.lagged:
            for other, lag in instance.lagged[position]:
                day = instance.launch_days[instance.launch_rank[end] - 1 + lag]
                ready[other] = max(ready[other], day)


class _Parallel(_Generation):
    """A timetable that is made day by day."""

    def __init__(self, instance: Instance, priority: Sequence[float]) -> None:
        super().__init__(instance)
        self.priority = priority
        self.waits_for = [*instance.waits_for]
        #: by the day after which they can start, tasks whose predecessors are placed
        self.waiting: dict[int, list[int]] = {}
        #: tasks that can start, by priority
        self.eligible: list[tuple[float, int]] = []

    def run(self) -> Timetable:
        """Place the tasks."""
        instance = self.instance
        waiting = self.waiting
        demand = instance.demand
        free = self.free
        guard = instance.guard
        opened = [at for at in instance.order if not self.waits_for[at]]
        today = 0
        while True:
            # milestones open others, which this loop reaches too
            for position in opened:
                if instance.counts[position]:
                    waiting.setdefault(self.ready[position], []).append(position)
                else:
                    opened += self._open(position, self.pass_milestone(position))
            if not self.eligible:
                if not waiting:
                    return self.timetable()
                today = min(waiting)
            for position in waiting.pop(today, ()):
                insort(self.eligible, (self.priority[position], position))
            today += 1
            opened = []
            held_back = []
            for entry in self.eligible:
                position = entry[1]
                # most do not fit on the day itself: the cheapest test goes first
                if (free[today] - demand[position]) & guard == guard:
                    end = self._take(position, today)
                    if end:
                        self.start[position] = today
                        self.finish[position] = end
                        opened += self._open(position, end)
                        continue
                held_back.append(entry)
            self.eligible = held_back

    def waiting_at(self) -> int:
        """A task that is not placed yet."""
        waiting = (at for group in self.waiting.values() for at in group)
        return next((at for _, at in self.eligible), next(waiting, 0))

    def _take(self, position: int, today: int) -> int:
        """Place a task on a day if it fits; return the day on which it finishes, else 0."""
        instance = self.instance
        free = self.free
        days = instance.days[position]
        count = instance.counts[position]
        need = instance.demand[position]
        guard = instance.guard
        at = instance.rank[position][today - 1]
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

    def _open(self, position: int, end: int) -> list[int]:
        """Hand a finish on; return the successors that wait for nothing more."""
        self.hand_on(position, end)
        instance = self.instance
        waits_for = self.waits_for
        lagged = (other for other, _ in instance.lagged.get(position, ()))
        opened = []
        for other in (*instance.after[position], *lagged):
            waits_for[other] -= 1
            if not waits_for[other]:
                opened.append(other)
        return opened
