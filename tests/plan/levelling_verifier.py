"""The rules of levelling once more, day by day and with fractions: a verifier and a brute force."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations
from math import ceil

from launch_kits.plan import Levelling, PlannedDates, Resources, Work
from tests.plan.naive import DAY, Works, back, between, resolved, step
from tests.plan.strategies import Launch, works_of


@dataclass(frozen=True)
class LevellingCase:
    """A launch with what its tasks ask for and when they are due."""

    launch: Launch
    demand: Mapping[str, Mapping[str, Fraction]]
    resources: Resources
    due: Mapping[str, date]

    @property
    def work(self) -> tuple[Work, ...]:
        return self.launch.work

    def task(self, key: str) -> Work:
        return next(task for task in self.work if task.key == key)

    def works(self, task: Work) -> Works:
        return works_of((task.calendar if task.days else None) or self.launch.calendar)

    def ratio(self, task: Work) -> Fraction:
        """How many times as many days a task takes as without capacity."""
        amounts = self.demand.get(task.key, {}).items() if task.days else ()
        return max(
            [Fraction(1), *(amount / self.resources.of(key) for key, amount in amounts)]
        )

    def days(self, task: Work) -> int:
        return ceil(task.days * self.ratio(task))

    def amount(self, task: Work, resource: str) -> Fraction:
        asked = (
            self.demand.get(task.key, {}).get(resource, Fraction(0))
            if task.days
            else Fraction(0)
        )
        return min(asked, self.resources.of(resource))

    def not_before(self, task: Work) -> date | None:
        """The day before which a task may not start, if it lies after the first day of work."""
        if not task.not_before or not task.waits or (task.begun_on and task.days):
            return None
        anchor = (
            self.launch.release_on
            if task.anchor == "release"
            else self.launch.launch_on
        )
        works = works_of(self.launch.calendar)
        day = resolved(task.not_before, works, back(works, anchor))
        return day if day > self.launch.begin_on else None

    def until(self, key: str, finish: Mapping[str, date], lag: int) -> date:
        """The day after which a predecessor lets others start."""
        return step(works_of(self.launch.calendar), finish[key], lag)

    def eve(self) -> date:
        return back(works_of(self.launch.calendar), self.launch.begin_on - DAY)

    def earliest(self, task: Work, finish: Mapping[str, date]) -> date:
        """The first day on which a task that is not begun may be worked on, or a milestone lie."""
        after = [self.until(link.key, finish, link.lag) for link in task.after]
        opening = self.not_before(task)
        if task.days:
            return max(
                [
                    self.launch.begin_on,
                    *(day + DAY for day in after),
                    *([opening] if opening else []),
                ]
            )
        latest = max([*after, *([opening] if opening else [])], default=date.min)
        return latest if latest >= self.launch.begin_on else self.eve()

    def facts(self) -> dict[str, PlannedDates]:
        """The dates of done and begun work; done work is where its successors see it."""
        works, found = works_of(self.launch.calendar), {}
        for task in self.work:
            if task.done_on:
                day = back(works, task.done_on)
                found[task.key] = PlannedDates(day, day)
            elif task.begun_on and task.days:
                own = self.works(task)
                start = step(own, task.begun_on - DAY, 1)
                finish = step(own, start, self.days(task) - 1)
                finish = max(finish, step(own, self.launch.begin_on - DAY, 1))
                found[task.key] = PlannedDates(start, finish)
        return found

    def load(
        self, planned: Mapping[str, PlannedDates], resource: str, day: date
    ) -> Fraction:
        total = self.resources.load.get(resource, {}).get(day, Fraction(0))
        for key, (start, finish) in planned.items():
            task = self.task(key)
            if not task.done_on and start <= day <= finish and self.works(task)(day):
                total += self.amount(task, resource)
        return total

    def resources_of(self, task: Work) -> list[str]:
        return [
            key
            for key, amount in self.demand.get(task.key, {}).items()
            if amount and task.days
        ]

    def lateness(self, planned: Mapping[str, PlannedDates]) -> dict[str, int]:
        return {
            key: max(0, between(self.works(self.task(key)), self.due[key], finish))
            for key, (_, finish) in planned.items()
            if not self.task(key).done_on
        }


def verify(case: LevellingCase, levelling: Levelling) -> None:
    """Assert that planned dates keep every rule, and that the summary is true."""
    facts = case.facts()
    assert [*levelling.planned] == [task.key for task in case.work if not task.done_on]
    seen = {**levelling.planned, **facts}
    for key in facts:
        assert case.task(key).done_on or levelling.planned[key] == facts[key]
    # what successors count from: a free milestone ends on the eve of the first day
    finish = {key: dates.finish for key, dates in seen.items()}
    for task in _in_order(case):
        if task.key in facts:
            continue
        start, end = seen[task.key]
        first = case.earliest(task, finish)
        if task.days:
            works = case.works(task)
            assert start >= first
            assert works(start)
            assert end == step(works, start, case.days(task) - 1)
        elif first == case.eve():
            assert start == end == step(works_of(case.launch.calendar), first, 1)
            finish[task.key] = first
        else:
            assert start == end == first
    over = _verify_capacity(case, seen, facts)
    lateness = case.lateness(levelling.planned)
    assert levelling.total_lateness == sum(lateness.values())
    assert levelling.holds == (not any(lateness.values()) and not over)
    assert levelling.short_days == _short_days(case, levelling)


def _in_order(case: LevellingCase) -> Iterator[Work]:
    left = {task.key: task for task in case.work}
    while left:
        for task in [*left.values()]:
            if not any(link.key in left for link in task.after) or not task.waits:
                yield left.pop(task.key)


def _verify_capacity(
    case: LevellingCase,
    seen: Mapping[str, PlannedDates],
    facts: Mapping[str, PlannedDates],
) -> bool:
    """Whether work that is begun is too much for a day; no other work may be."""
    over = False
    for key, (start, finish) in seen.items():
        task, day = case.task(key), max(start, case.launch.begin_on)
        if task.done_on:
            continue
        while day <= finish:
            if case.works(task)(day):
                for resource in case.resources_of(task):
                    fits = case.load(seen, resource, day) <= case.resources.of(resource)
                    assert fits or key in facts
                    over = over or not fits
            day += DAY
    return over


def _short_days(case: LevellingCase, levelling: Levelling) -> dict[str, int]:
    short: dict[str, Fraction] = {}
    for key, (start, finish) in levelling.planned.items():
        task, day = case.task(key), start
        while day <= finish:
            if day > case.due[key] and case.works(task)(day):
                for resource in case.resources_of(task):
                    short[resource] = short.get(resource, Fraction(0)) + case.amount(
                        task, resource
                    )
            day += DAY
    return {resource: ceil(days) for resource, days in short.items()}


def least_lateness(case: LevellingCase) -> int:
    """The least total lateness of all schedules, by placing the tasks in every order.

    Some order, placed as early as it fits, gives a schedule of least total lateness.
    """
    facts = case.facts()
    open_tasks = [task for task in case.work if task.key not in facts]
    return min(
        sum(case.lateness(planned).values())
        for order in permutations(open_tasks)
        if (planned := _placed(case, order, facts)) is not None
    )


def _placed(
    case: LevellingCase, order: tuple[Work, ...], facts: Mapping[str, PlannedDates]
) -> dict[str, PlannedDates] | None:
    planned = dict(facts)
    finish = {key: dates.finish for key, dates in facts.items()}
    for task in order:
        if any(link.key not in finish for link in task.after):
            return None
        day = case.earliest(task, finish)
        if not task.days:
            finish[task.key] = day
            shown = (
                day
                if day > case.eve()
                else step(works_of(case.launch.calendar), day, 1)
            )
            planned[task.key] = PlannedDates(shown, shown)
            continue
        while not _fits(case, task, day, planned):
            day += timedelta(1)
        end = step(case.works(task), day, case.days(task) - 1)
        planned[task.key], finish[task.key] = PlannedDates(day, end), end
    return planned


def _fits(
    case: LevellingCase, task: Work, start: date, planned: Mapping[str, PlannedDates]
) -> bool:
    works = case.works(task)
    if not works(start):
        return False
    for number in range(case.days(task)):
        day = step(works, start, number)
        for resource in case.resources_of(task):
            load = case.load(planned, resource, day) + case.amount(task, resource)
            if load > case.resources.of(resource):
                return False
    return True
