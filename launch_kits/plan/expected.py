"""The expected dates of a running launch, its landing day, and the tasks that delay it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from launch_kits.plan.dates import Forecast, forecast, forecast_of
from launch_kits.plan.drivers import drivers_of
from launch_kits.plan.earliest import HORIZON, Candidates
from launch_kits.plan.graph import PlanGraph, Work
from launch_kits.plan.plan_input import PlanInput
from launch_kits.workdays.offsets import Offset

__all__ = [
    "Missed",
    "Share",
    "Standing",
    "State",
    "as_things_stand",
    "missed_by",
    "planned_slip",
    "state_of",
]


class Share(NamedTuple):
    """The working days by which a task, or the plan itself, makes the launch land later."""

    #: None is the plan itself
    task: str | None
    days: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a launch by its facts."""

    #: by key, in the order of the work; done tasks are left out
    tasks: Mapping[str, Forecast]
    #: working days
    late_by: int
    #: None if no day within the horizon holds
    lands_on: date | None
    #: adds up to the working days from launch_on to lands_on; the largest first; empty if it was
    #: not asked for
    because: tuple[Share, ...]
    #: all tasks due on or before launch_on are done: from here on only overdue tasks count
    launch_work_done: bool


class State(StrEnum):
    """How a launch goes."""

    ON_TRACK = "on_track"
    #: on track by its dates, which ignore what people have time for; only readers are told this
    SHORT_OF_PEOPLE = "short_of_people"
    AT_RISK = "at_risk"
    LATE = "late"
    DONE = "done"
    CANCELLED = "cancelled"


def as_things_stand(
    given: PlanInput,
    *,
    planned: Sequence[Work] | None,
    due: Mapping[str, date],
    due_set: Collection[str] = (),
    today: date,
    horizon: int = HORIZON,
    last_first: bool = False,
) -> Standing:
    """Work out expected dates and landing day from the facts.

    ``given.work`` holds all tasks that were not dropped, with their facts; ``planned`` the same in
    the same order with only the facts older than the plan in force, which began on ``begin_on``.
    ``due`` holds every task's stored due day, ``due_set`` the keys whose due day was set by hand:
    it moves along as its distance from its anchor. Without ``planned`` no shares are worked out.

    The launch lands on ``launch_on`` if no float is negative. Else it lands on the first of
    ``horizon`` working days after it for which none is, the release keeping its distance.
    The share of a task is how much later the launch lands with its facts than with those of the
    tasks before it alone. With ``last_first`` it is how much later it lands with them than with
    those of the tasks after it alone, so that no task has a share without which the launch would
    land on the same day. Raises the errors of ``schedule``, and KeyError for a task without a due
    day.
    """
    calendar = given.calendar
    launch_on = given.launch_on
    search = _LandingSearch.of(given, due=due)
    now = search.movable(given.work, due_set, as_of=today)
    landing = search.landing(now, most=horizon + 1)
    floats = [each.float_days for each in landing.tasks.values()]
    late_by = max(0, -min(floats, default=0))
    done = search.launch_work_done(now)
    distance = landing.distance
    if distance > horizon:
        return Standing(landing.tasks, late_by, None, (), done)
    shares: tuple[Share, ...] = ()
    if distance and planned is not None:
        then = search.movable(planned, due_set, as_of=None)
        shares = _shares(search, now, then, landing, last_first=last_first)
    lands_on = calendar.shift(launch_on, distance) if distance else launch_on
    return Standing(landing.tasks, late_by, lands_on, shares, done)


def planned_slip(
    given: PlanInput,
    *,
    planned: Sequence[Work],
    due: Mapping[str, date],
    due_set: Collection[str] = (),
    most: int = HORIZON,
) -> int:
    """Count the working days of delay, with only the facts of the plan.

    Takes the arguments of ``as_things_stand``, and at most ``most`` days. The share of the plan
    itself is at most as great.
    """
    search = _LandingSearch.of(given, due=due)
    then = search.movable(planned, due_set, as_of=None)
    return search.landing(then, most=most).distance


class _Landing(NamedTuple):
    """The landing of a launch."""

    tasks: Mapping[str, Forecast]
    #: working days from launch_on, at most as many as were asked for
    distance: int
    #: positions of tasks: while they stay as they are, it lands no earlier; None if that is not
    #: known
    drivers: set[int] | None


@dataclass(frozen=True, slots=True)
class _LandingSearch:
    given: PlanInput
    due: Mapping[str, date]
    candidates: Candidates

    @classmethod
    def of(cls, given: PlanInput, *, due: Mapping[str, date]) -> _LandingSearch:
        first_day = given.calendar.shift(given.launch_on, 1)
        return cls(given, due, Candidates.of(given, first_day=first_day, as_facts=True))

    def movable(
        self, work: Sequence[Work], due_set: Collection[str], *, as_of: date | None
    ) -> list[Work]:
        """Return the work with the limits that move along when the launch moves."""
        dated = [replace(task, as_of=as_of) for task in work]
        return [self._by_hand(task) if task.key in due_set else task for task in dated]

    def _by_hand(self, task: Work) -> Work:
        anchor = self.given.anchors.day(task.anchor)
        return replace(
            task, due=Offset(self.given.calendar.count(anchor, self.due[task.key]))
        )

    def launch_work_done(self, work: Sequence[Work]) -> bool:
        return all(
            task.done_on for task in work if self.due[task.key] <= self.given.launch_on
        )

    def landing(self, work: Sequence[Work], *, most: int) -> _Landing:
        """Find the landing, if it is less than ``most`` working days from launch_on."""
        graph = PlanGraph.of(work)
        given = self.given
        tasks, earliest = forecast_of(graph, given, due=self.due)
        worst = min(tasks, key=lambda key: tasks[key].float_days, default=None)
        if worst is None or tasks[worst].float_days >= 0 or self.launch_work_done(work):
            return _Landing(tasks, 0, set())
        step, drivers = self.candidates.first_that_holds(work, horizon=most - 1)
        if drivers is not None:
            at = graph.index[worst]
            drivers |= drivers_of(
                at, graph, earliest, calendar=given.calendar, anchors=given.anchors
            )
        return _Landing(tasks, most if step is None else step + 1, drivers)


def _shares(
    search: _LandingSearch,
    now: Sequence[Work],
    then: Sequence[Work],
    landing: _Landing,
    *,
    last_first: bool,
) -> tuple[Share, ...]:
    """Take the facts back, from the last task to the first, until the launch is on time.

    With ``last_first`` from the first task to the last.
    """
    work = list(now)
    distance = landing.distance
    drivers = landing.drivers
    shares: list[Share] = []
    taken = range(len(work)) if last_first else reversed(range(len(work)))
    for position in taken:
        work[position] = then[position]
        reopened = then[position].done_on and not now[position].done_on
        if drivers is not None and position not in drivers and not reopened:
            # it lands no earlier; if it lands later, the least distance still counts
            continue
        found = search.landing(work, most=distance)
        drivers = found.drivers
        if found.distance < distance:
            shares.append(Share(now[position].key, distance - found.distance))
            distance = found.distance
        if not distance:
            break
    if distance:
        shares.append(Share(None, distance))
    # in the planner's order, then the largest first
    if not last_first:
        shares.reverse()
    shares.sort(key=lambda share: -share.days)
    return tuple(shares)


class Missed(NamedTuple):
    """A task that can no longer make its due day, and the working days by which it misses it."""

    task: str
    days: int


def missed_by(
    given: PlanInput,
    *,
    task: str,
    until: date,
    due: Mapping[str, date],
    today: date,
) -> tuple[Missed, ...]:
    """Find the tasks that a longer task makes late.

    Tasks that miss their due days by as much anyway are left out, as is the task itself. Lags
    count, and a milestone may share the day. Raises the errors of ``forecast``.
    """
    extended = [
        replace(each, until=until) if each.key == task else each for each in given.work
    ]
    before = forecast(given, due=due, today=today)
    after = forecast(replace(given, work=extended), due=due, today=today)
    return tuple(
        Missed(key, -found.float_days)
        for key, found in after.items()
        if key != task and found.float_days < min(0, before[key].float_days)
    )


def state_of(
    standing: Standing,
    *,
    due: Mapping[str, date],
    launch_on: date,
    today: date,
    overdue: bool,
    ended: State | None,
) -> State:
    """Return the state of a launch, which follows from its facts alone.

    ``ended`` is done or cancelled if the launch is over, else None. ``today`` is a day in the time
    zone of the launch. ``overdue`` says whether a task is overdue.
    """
    if ended is not None:
        return ended
    if today > launch_on and any(due[key] <= launch_on for key in standing.tasks):
        return State.LATE
    at_risk = overdue if standing.launch_work_done else standing.late_by > 0
    return State.AT_RISK if at_risk else State.ON_TRACK
