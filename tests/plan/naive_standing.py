"""The rules of the forecast and the landing day, day by day and candidate by candidate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from launch_kits.plan import Work
from launch_kits.workdays.offsets import Offset
from tests.plan.naive import DAY, Naive, Works, back, between, step


@dataclass
class NaiveFacts(Naive):
    """A network with facts: forward by the facts, backward as a plan."""

    #: by key the day before which nothing that is open happens, where that is known
    as_of: Mapping[str, date] = field(default_factory=dict)
    expected_dates: dict[str, tuple[date, date]] = field(default_factory=dict)

    def today(self, task: Work) -> date:
        return self.as_of.get(task.key, self.begin_on)

    def on_or_after(self, works: Works, day: date) -> date:
        while not works(day):
            day += DAY
        return day

    # predecessors

    def is_free(self, task: Work) -> bool:
        """Return whether no task holds a milestone.

        A task done before begin_on, its lag over, holds none.
        """
        return (
            task.days == 0
            and self.next_step(task) is None
            and all(
                (link.lag == 0 and self.is_free(before))
                or self.is_gone(before, link.lag)
                for link in task.after
                for before in [self.task(link.key)]
            )
        )

    def is_gone(self, task: Work, lag: int) -> bool:
        return (
            task.done_on is not None and self.after(task.done_on, lag) < self.begin_on
        )

    def may_follow(self, task: Work) -> date:
        """Return the day after which successors may start, without lags."""
        finish = self.expected(task)[1]
        if task.days:
            return finish
        done = task.done_on or max(
            [self.today(task), *([task.until] if task.until else [])]
        )
        before_done = back(self.launch_works, done - DAY)
        return max([before_done, *self.holds(task)])

    def holds(self, task: Work) -> list[date]:
        """For a milestone: its predecessors with lags, and its not_before."""
        found = [
            self.after(self.may_follow(self.task(link.key)), link.lag)
            for link in task.after
        ]
        return found + [day for day in [self.next_step(task)] if day]

    def days_of_milestones(self, task: Work) -> list[date]:
        """The days of the milestones that a milestone waits for.

        It lies on one of them or later.
        """
        before = [self.task(link.key) for link in task.after if not link.lag]
        return [self.expected(each)[1] for each in before if each.days == 0]

    # forward

    def expected(self, task: Work) -> tuple[date, date]:
        if task.key not in self.expected_dates:
            self.expected_dates[task.key] = self.expect(task)
        return self.expected_dates[task.key]

    def expect(self, task: Work) -> tuple[date, date]:
        works = self.works(task)
        if task.done_on:
            return task.done_on, task.done_on
        if task.days == 0:
            # of the working days the first that nothing keeps it from
            earliest = max(
                [
                    self.begin_on,
                    self.today(task),
                    *([task.until] if task.until else []),
                    *self.holds(task),
                    *self.days_of_milestones(task),
                ]
            )
            day = self.on_or_after(works, earliest)
            return day, day
        if task.in_review:
            finish = self.on_or_after(works, self.today(task))
            start = self.on_or_after(works, task.begun_on) if task.begun_on else finish
        elif task.begun_on:
            start = self.on_or_after(works, task.begun_on)
            finish = max(
                step(works, start, task.days - 1),
                self.on_or_after(works, self.today(task)),
            )
        else:
            held = [
                self.after(self.may_follow(self.task(link.key)), link.lag)
                for link in task.after
            ]
            earliest = max(
                [self.begin_on, self.today(task), *(day + DAY for day in held)]
            )
            not_before = self.not_before(task)
            start = self.on_or_after(
                works, max([earliest, *([not_before] if not_before else [])])
            )
            finish = step(works, start, task.days - 1)
        return start, max([finish, *([task.until] if task.until else [])])

    def open(self) -> list[Work]:
        return [task for task in self.work if task.done_on is None]

    def floats(self, due: Mapping[str, date]) -> dict[str, int]:
        return {
            task.key: between(self.works(task), self.expected(task)[1], due[task.key])
            for task in self.open()
        }

    # backward, over open tasks that still wait

    def late(self, task: Work) -> tuple[date, date]:
        if task.key not in self.latest:
            waiting = [
                each
                for each in self.open()
                if each.days == 0 or not (each.begun_on or each.in_review)
            ]
            hidden = replace_work(self, waiting, task)
            self.latest[task.key] = Naive.late(hidden, task)
        return self.latest[task.key]


def replace_work(
    network: NaiveFacts, waiting: Sequence[Work], task: Work
) -> NaiveFacts:
    """The network as a backward pass sees it from one task."""
    return _Backward(
        waiting if task in waiting else [*waiting, task],
        network.launch_works,
        network.own,
        network.begin_on,
        network.release_on,
        network.launch_on,
        whole=network,
    )


@dataclass
class _Backward(Naive):
    whole: NaiveFacts | None = None

    def late(self, task: Work) -> tuple[date, date]:
        return self.whole.late(task)

    def is_free(self, task: Work) -> bool:
        return self.whole.is_free(task)


@dataclass
class NaiveStanding:
    """The landing day of a launch, by trying each day."""

    work: Sequence[Work]
    planned: Sequence[Work]
    due: Mapping[str, date]
    due_set: Sequence[str]
    launch_works: Works
    own: dict[str, Works]
    begin_on: date
    release_on: date
    launch_on: date
    today: date
    horizon: int

    def network(self, known: int, launch_on: date) -> NaiveFacts:
        """The network with all facts of the first tasks, with the launch on a day."""
        tasks = [*self.work[:known], *self.planned[known:]]
        works = self.launch_works
        launch_day = back(works, self.launch_on)
        release_day = back(works, self.release_on)
        release_on = self.release_on
        if launch_on != self.launch_on:
            release_on = step(
                works, launch_on, -between(works, release_day, launch_day)
            )
        moved = []
        for task in tasks:
            anchor = release_day if task.anchor == "release" else launch_day
            by_hand = Offset(between(works, anchor, self.due[task.key]))
            moved.append(
                replace(task, due=by_hand) if task.key in self.due_set else task
            )
        as_of = {task.key: self.today for task in self.work[:known]}
        return NaiveFacts(
            moved, works, self.own, self.begin_on, release_on, launch_on, as_of=as_of
        )

    def lands_on(self, known: int | None = None) -> date | None:
        known = len(self.work) if known is None else known
        here = self.network(known, self.launch_on)
        if all(
            task.done_on for task in here.work if self.due[task.key] <= self.launch_on
        ):
            return self.launch_on
        if all(spare >= 0 for spare in here.floats(self.due).values()):
            return self.launch_on
        day = self.launch_on
        for _ in range(self.horizon):
            day = step(self.launch_works, day, 1)
            there = self.network(known, day)
            due = {task.key: there.late(task)[1] for task in there.open()}
            if all(spare >= 0 for spare in there.floats(due).values()):
                return day
        return None

    def distance(self, known: int) -> float:
        day = self.lands_on(known)
        return between(self.launch_works, self.launch_on, day) if day else float("inf")

    def because(self) -> list[tuple[str | None, int]]:
        distances = [self.distance(known) for known in range(len(self.work) + 1)]
        if distances[-1] == float("inf"):
            return []
        least = [min(distances[known:]) for known in range(len(distances))]
        shares = [(None, least[0])]
        shares += [
            (task.key, least[at + 1] - least[at]) for at, task in enumerate(self.work)
        ]
        return sorted(
            [share for share in shares if share[1]], key=lambda share: -share[1]
        )
