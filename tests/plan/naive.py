"""The rules of planning once more, day by day and as plainly as can be: an oracle for the passes over integers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from launch_kits.plan import Anchor, Span, Work
from launch_kits.workdays import Offset, Unit

DAY = timedelta(1)
#: says of a day whether it is a working day
Works = Callable[[date], bool]


def back(works: Works, day: date) -> date:
    while not works(day):
        day -= DAY
    return day


def step(works: Works, day: date, count: int) -> date:
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
    return back(works, anchor_day + offset.amount * (7 if offset.unit is Unit.WEEKS else 1) * DAY)


@dataclass
class Naive:
    work: Sequence[Work]
    launch_works: Works
    #: by key, for tasks that have a calendar of their own
    own: dict[str, Works]
    begin_on: date
    release_on: date
    launch_on: date
    earliest: dict[str, tuple[date, date, bool]] = field(default_factory=dict)
    latest: dict[str, tuple[date, date]] = field(default_factory=dict)

    def spans(self) -> dict[str, Span]:
        floats = {task.key: between(self.works(task), self.early(task)[1], self.late(task)[1]) for task in self.work}
        least = min(floats.values(), default=0)
        found = {}
        for task in self.work:
            (start, finish, free), (start_by, due) = self.early(task), self.late(task)
            dates = [start, finish, start_by, due]
            if free:
                dates = [step(self.launch_works, day, 1) for day in dates]
            spare = floats[task.key]
            found[task.key] = Span(*dates, spare, spare <= 0 or spare == least)
        return found

    def works(self, task: Work) -> Works:
        return self.own.get(task.key, self.launch_works) if task.days else self.launch_works

    def anchor_day(self, task: Work) -> date:
        return back(self.launch_works, self.release_on if task.anchor is Anchor.RELEASE else self.launch_on)

    def task(self, key: str) -> Work:
        return next(task for task in self.work if task.key == key)

    def early(self, task: Work) -> tuple[date, date, bool]:
        """Start, finish, and whether the task is a free milestone."""
        if task.key not in self.earliest:
            self.earliest[task.key] = self.milestone(task) if task.days == 0 else self.stretch(task)
        return self.earliest[task.key]

    def held_until(self, task: Work) -> list[date]:
        return [step(self.launch_works, self.early(self.task(link.key))[1], link.lag) for link in task.after]

    def not_before(self, task: Work) -> date | None:
        return resolved(task.not_before, self.launch_works, self.anchor_day(task)) if task.not_before else None

    def milestone(self, task: Work) -> tuple[date, date, bool]:
        not_before = self.not_before(task)
        if not_before and not_before <= self.begin_on:
            not_before = None
        free_before = all(link.lag == 0 and self.early(self.task(link.key))[2] for link in task.after)
        if free_before and not not_before:
            day = back(self.launch_works, self.begin_on - DAY)
            return day, day, True
        day = max([*self.held_until(task), *([not_before] if not_before else [])])
        return day, day, False

    def stretch(self, task: Work) -> tuple[date, date, bool]:
        works, held_until, not_before = self.works(task), self.held_until(task), self.not_before(task)
        start = self.begin_on
        while not (works(start) and all(start > day for day in held_until) and (not_before or start) <= start):
            start += DAY
        return start, step(works, start, task.days - 1), False

    def late(self, task: Work) -> tuple[date, date]:
        """Start_by and due."""
        if task.key not in self.latest:
            works = self.works(task)
            followers = [(other, link.lag) for other in self.work for link in other.after if link.key == task.key]
            ends = [self.late(other)[1] for other, _ in followers]
            if task.due:
                ends.append(resolved(task.due, self.launch_works, self.anchor_day(task)))
            due = max(ends) if ends else self.anchor_day(task) - DAY
            while not (works(due) and self.keeps(task, due, followers)):
                due -= DAY
            self.latest[task.key] = (step(works, due, 1 - task.days) if task.days else due), due
        return self.latest[task.key]

    def keeps(self, task: Work, day: date, followers: list[tuple[Work, int]]) -> bool:
        if task.due and day > resolved(task.due, self.launch_works, self.anchor_day(task)):
            return False
        for other, lag in followers:
            ready, (start_by, due) = step(self.launch_works, day, lag), self.late(other)
            if ready > due if other.days == 0 else ready >= start_by:
                return False
        return True
