"""The rules of levelling once more, day by day and with fractions: a verifier and a brute force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations
from math import ceil

from launch_kits.plan import Levelling, PlannedDates, Predecessor, Resources, Work
from tests.plan.naive import DAY, Works, back, between, resolved, step
from tests.plan.strategies import Launch, works_of

Dates = Mapping[str, PlannedDates]


@dataclass(frozen=True)
class LevellingCase:
    """A launch with the demand and the due days of its tasks."""

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
        return self.launch.naive().works(task)

    @property
    def launch_works(self) -> Works:
        return works_of(self.launch.calendar)

    def asked(self, task: Work) -> Mapping[str, Fraction]:
        """Return the demand of a task; milestones and work in review have none."""
        return self.demand.get(task.key, {}) if task.days and not task.in_review else {}

    def ratio(self, task: Work) -> Fraction:
        """How many times as many days a task takes as without capacity."""
        amounts = self.asked(task).items()
        return max(
            [Fraction(1), *(amount / self.resources.of(key) for key, amount in amounts)]
        )

    def days(self, task: Work) -> int:
        return ceil(task.days * self.ratio(task))

    def amount(self, task: Work, resource: str) -> Fraction:
        asked = self.asked(task).get(resource, Fraction(0))
        return min(asked, self.resources.of(resource))

    def not_before(self, task: Work) -> date | None:
        """The day before which a task may not start, if it lies after the first day of work."""
        if not task.not_before:
            return None
        anchor_day = self.launch.naive().anchor_day(task)
        day = resolved(task.not_before, self.launch_works, anchor_day)
        return day if day > self.launch.begin_on else None

    def is_free(self, task: Work) -> bool:
        """Whether nothing holds a milestone: no not_before, no predecessor but such milestones.

        A predecessor that was done, its lag over, before the first day does not hold it either.
        """
        if task.days or self.not_before(task):
            return False
        return all(
            (not link.lag and self.is_free(self.task(link.key))) or self.is_gone(link)
            for link in task.after
        )

    def is_gone(self, link: Predecessor) -> bool:
        done_on = self.task(link.key).done_on
        if done_on is None:
            return False
        return step(self.launch_works, done_on, link.lag) < self.launch.begin_on

    def held_until(self, task: Work, planned: Dates) -> list[date]:
        """The days after which the predecessors, with their lags, let a task start."""
        return [
            step(self.launch_works, self.passed(self.task(link.key), planned), link.lag)
            for link in task.after
        ]

    def passed(self, task: Work, planned: Dates) -> date:
        """The day after which other tasks may start."""
        if task.days:
            finish = planned[task.key].finish
            return max(finish, task.until) if task.until and task.waits else finish
        held = [*self.held_until(task, planned), *self.opening(task)]
        if task.done_on:
            return max([back(self.launch_works, task.done_on - DAY), *held])
        day = self.milestone(task, planned)
        return max([day - DAY, *held]) if self.is_free(task) else day

    def opening(self, task: Work) -> list[date]:
        day = self.not_before(task)
        return [day] if day else []

    def milestone(self, task: Work, planned: Dates) -> date:
        """Return the day of a milestone by the planned dates of work."""
        if task.done_on:
            return task.done_on
        before = [self.task(link.key) for link in task.after if not link.lag]
        day = max(
            [
                self.launch.begin_on,
                *([task.until] if task.until else []),
                *self.opening(task),
                *self.held_until(task, planned),
                *(self.milestone(each, planned) for each in before if not each.days),
            ]
        )
        return self.on_or_after(self.launch_works, day)

    def earliest(self, task: Work, planned: Dates) -> date:
        """The first day on which work that is not begun may start."""
        held = [day + DAY for day in self.held_until(task, planned)]
        return max([self.launch.begin_on, *held, *self.opening(task)])

    def on_or_after(self, works: Works, day: date) -> date:
        return step(works, day - DAY, 1)

    def facts(self) -> dict[str, PlannedDates]:
        """The dates of work that is done, begun or in review."""
        return {
            task.key: self.fact(task)
            for task in self.work
            if task.days and not task.waits
        }

    def fact(self, task: Work) -> PlannedDates:
        if task.done_on:
            return PlannedDates(task.begun_on or task.done_on, task.done_on)
        works = self.works(task)
        finish = self.on_or_after(works, self.launch.begin_on)
        start = self.on_or_after(works, task.begun_on) if task.begun_on else finish
        if not task.in_review:
            finish = max(finish, step(works, start, self.days(task) - 1))
        finish = max(finish, task.until) if task.until else finish
        return PlannedDates(min(start, finish), finish)

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
        return [key for key, amount in self.asked(task).items() if amount]

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
    for task in case.work:
        if task.key in facts or task.done_on:
            continue
        start, end = seen[task.key]
        if task.days:
            works = case.works(task)
            assert start >= case.earliest(task, seen)
            assert works(start)
            assert end == step(works, start, case.days(task) - 1)
        else:
            assert start == end == case.milestone(task, seen)
    over = _verify_capacity(case, seen, facts)
    lateness = case.lateness(levelling.planned)
    assert levelling.total_lateness == sum(lateness.values())
    assert levelling.holds == (not any(lateness.values()) and not over)
    assert levelling.short_days == _short_days(case, levelling)


def _verify_capacity(
    case: LevellingCase,
    seen: Mapping[str, PlannedDates],
    facts: Mapping[str, PlannedDates],
) -> bool:
    """Whether work that is begun is too much for a day; no other work may be."""
    over = False
    for key, (start, finish) in seen.items():
        task = case.task(key)
        day = max(start, case.launch.begin_on)
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
        task = case.task(key)
        day = start
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
    for task in order:
        if any(link.key not in planned for link in task.after):
            return None
        if not task.days:
            day = case.milestone(task, planned)
            planned[task.key] = PlannedDates(day, day)
            continue
        day = case.earliest(task, planned)
        while not _fits(case, task, day, planned):
            day += timedelta(1)
        end = step(case.works(task), day, case.days(task) - 1)
        planned[task.key] = PlannedDates(day, end)
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
