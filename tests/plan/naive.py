"""The rules of planning once more, day by day and as plainly as can be.

An oracle for the passes over integers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from launch_kits.plan import Anchor, Span, Work
from launch_kits.workdays.offsets import Offset, Unit

DAY = timedelta(1)
#: says of a day whether it is a working day
Works = Callable[[date], bool]


def back(works: Works, day: date) -> date:
    while not works(day):
        day -= DAY
    return day


def step(works: Works, day: date, count: int) -> date:
    if count and not works(day):
        # a day off counts as the last working day before it
        day = back(works, day)
    while count:
        day += DAY if count > 0 else -DAY
        if works(day):
            count += -1 if count > 0 else 1
    return day


def between(works: Works, after: date, until: date) -> int:
    if until < after:
        return -between(works, until, after)
    return sum(works(after + n * DAY) for n in range(1, (until - after).days + 1))


def resolved(offset: Offset, works: Works, anchor_day: date) -> date:
    if offset.unit is Unit.WORKING_DAYS:
        return step(works, anchor_day, offset.amount)
    return back(
        works,
        anchor_day + offset.amount * (7 if offset.unit is Unit.WEEKS else 1) * DAY,
    )


@dataclass
class Naive:
    """The rules of a plan, section by section, as plainly as possible."""

    work: Sequence[Work]
    launch_works: Works
    #: by key, for tasks that have a calendar of their own; their workdays are added here
    own: dict[str, Works]
    begin_on: date
    release_on: date
    launch_on: date
    earliest: dict[str, tuple[date, date]] = field(default_factory=dict)
    latest: dict[str, tuple[date, date]] = field(default_factory=dict)

    def spans(self) -> dict[str, Span]:
        floats = {
            task.key: between(self.works(task), self.early(task)[1], self.late(task)[1])
            for task in self.work
        }
        least = min(floats.values(), default=0)
        return {
            task.key: Span(
                *self.early(task), *self.late(task), spare, spare <= 0 or spare == least
            )
            for task in self.work
            for spare in [floats[task.key]]
        }

    def works(self, task: Work) -> Works:
        """The working days of a task; a milestone's are the launch's."""
        if not task.days:
            return self.launch_works
        owner = self.own.get(task.key, self.launch_works)
        anchor = self.anchor_day(task)
        more = {
            anchor + offset.amount * (7 if offset.unit is Unit.WEEKS else 1) * DAY
            for offset in task.workdays
        }
        return lambda day: owner(day) or (day in more and not self.away(task, day))

    @staticmethod
    def away(task: Work, day: date) -> bool:
        ranges = (
            task.calendar.blackouts if task.calendar and task.calendar.parent else ()
        )
        return any(first <= day <= last for first, last in ranges)

    def anchor_day(self, task: Work) -> date:
        return back(
            self.launch_works,
            self.release_on if task.anchor is Anchor.RELEASE else self.launch_on,
        )

    def task(self, key: str) -> Work:
        return next(task for task in self.work if task.key == key)

    def after(self, day: date, lag: int) -> date:
        """So many working days of the launch after a day; without any, the day itself."""
        return step(self.launch_works, day, lag)

    def not_before(self, task: Work) -> date | None:
        return (
            resolved(task.not_before, self.launch_works, self.anchor_day(task))
            if task.not_before
            else None
        )

    def next_step(self, task: Work) -> date | None:
        """The not_before of a milestone; on or before begin_on it counts as none."""
        day = self.not_before(task)
        return day if day and day > self.begin_on else None

    def is_free(self, task: Work) -> bool:
        return (
            task.days == 0
            and self.next_step(task) is None
            and all(
                link.lag == 0 and self.is_free(self.task(link.key))
                for link in task.after
            )
        )

    def early(self, task: Work) -> tuple[date, date]:
        """Start and finish."""
        if task.key not in self.earliest:
            self.earliest[task.key] = (
                self.milestone(task) if task.days == 0 else self.stretch(task)
            )
        return self.earliest[task.key]

    def held_until(self, task: Work) -> list[date]:
        """The days after which predecessors let the task start.

        Lags are counted. For a milestone they are the days on which it can lie.
        """
        days = []
        for link in task.after:
            before = self.task(link.key)
            finish = self.early(before)[1]
            if self.is_free(before):
                # its successors may start on the day it is done; a lag counts from the working day
                # before it
                finish = (
                    back(self.launch_works, finish - DAY) if link.lag else finish - DAY
                )
            days.append(self.after(finish, link.lag))
        return days

    def milestone(self, task: Work) -> tuple[date, date]:
        if self.is_free(task):
            day = self.begin_on
        else:
            day = max(
                day for day in [*self.held_until(task), self.next_step(task)] if day
            )
        while not self.launch_works(day):
            day += DAY
        return day, day

    def stretch(self, task: Work) -> tuple[date, date]:
        works = self.works(task)
        held_until = self.held_until(task)
        not_before = self.not_before(task)
        start = self.begin_on
        while not (
            works(start)
            and all(start > day for day in held_until)
            and (not_before or start) <= start
        ):
            start += DAY
        return start, step(works, start, task.days - 1)

    def late(self, task: Work) -> tuple[date, date]:
        """Start_by and due."""
        if task.key not in self.latest:
            works = self.works(task)
            followers = [
                (other, link.lag)
                for other in self.work
                for link in other.after
                if link.key == task.key
            ]
            ends = [self.late(other)[1] for other, _ in followers]
            if task.due:
                ends.append(
                    resolved(task.due, self.launch_works, self.anchor_day(task))
                )
            due = max(ends) if ends else self.anchor_day(task) - DAY
            while not (works(due) and self.keeps(task, due, followers)):
                due -= DAY
            self.latest[task.key] = (
                (step(works, due, 1 - task.days) if task.days else due),
                due,
            )
        return self.latest[task.key]

    def keeps(self, task: Work, day: date, followers: list[tuple[Work, int]]) -> bool:
        if task.due and day > resolved(
            task.due, self.launch_works, self.anchor_day(task)
        ):
            return False
        return all(self.leaves(task, day, other, lag) for other, lag in followers)

    def leaves(self, task: Work, day: date, other: Work, lag: int) -> bool:
        """Whether a task's last day leaves time for a successor.

        A successor needs its latest start; a milestone, its due day.
        """
        start_by, due = self.late(other)
        if self.is_free(task) and not lag:
            return day <= (due if other.days == 0 else start_by)
        ready = self.after(
            back(self.launch_works, day - DAY) if self.is_free(task) else day, lag
        )
        return ready <= due if other.days == 0 else ready < start_by
