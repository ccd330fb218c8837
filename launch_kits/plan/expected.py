"""A launch as things stand: when each task is expected, on which day the launch lands, and because of whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from launch_kits.plan.dates import Forecast, forecast, forecast_of
from launch_kits.plan.earliest import HORIZON, Candidates
from launch_kits.plan.network import Network, Work
from launch_kits.plan.terms import Anchors
from launch_kits.workdays import Calendar, Offset

__all__ = ["Missed", "Share", "Standing", "State", "as_things_stand", "missed_by", "state_of"]


class Share(NamedTuple):
    """The working days by which a task, or the plan itself, makes the launch land later."""

    #: None is the plan itself
    task: str | None
    days: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a launch stands."""

    #: by key, in the order of the work; what is done is left out
    tasks: Mapping[str, Forecast]
    #: working days
    late_by: int
    #: None where no day within the horizon holds
    lands_on: date | None
    #: adds up to the working days from launch_on to lands_on; the largest first
    because: tuple[Share, ...]
    #: all that was due on or before launch_on is done: from here on only overdue tasks count
    launch_work_done: bool


class State(StrEnum):
    """How a launch goes."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    LATE = "late"
    DONE = "done"
    CANCELLED = "cancelled"


def as_things_stand(
    work: Sequence[Work],
    *,
    planned: Sequence[Work],
    due: Mapping[str, date],
    due_set: Collection[str] = (),
    calendar: Calendar,
    begin_on: date,
    release_on: date,
    launch_on: date,
    today: date,
    horizon: int = HORIZON,
) -> Standing:
    """Says where a launch stands by its facts.

    ``work`` holds all tasks that were not dropped, with their facts; ``planned`` the same tasks in the same order with
    only the facts older than the plan in force, which began on ``begin_on``. ``due`` holds every task's stored due day,
    ``due_set`` the keys whose due day was set by hand: it moves along as its distance from its anchor.

    The launch lands on ``launch_on`` if no float is negative, else on the first working day after it, of ``horizon``,
    to which it can be moved so that none is, the release keeping its distance. The share of a task is how much
    later the launch lands with its facts than with those of the tasks before it alone.

    Raises what ``schedule`` does, and KeyError for a task without a due day.
    """
    search = _Search(
        due=due,
        calendar=calendar,
        begin_on=begin_on,
        launch_on=launch_on,
        anchors=Anchors.of(calendar, release_on=release_on, launch_on=launch_on),
        candidates=Candidates.of(
            calendar,
            begin_on=begin_on,
            first_day=calendar.shift(launch_on, 1),
            release_on=release_on,
            launch_on=launch_on,
        ),
    )
    now = [search.movable(replace(task, as_of=today), by_hand=task.key in due_set) for task in work]
    then = [search.movable(replace(task, as_of=None), by_hand=task.key in due_set) for task in planned]
    tasks = search.forecast(now)
    late_by = max(0, -min((each.float_days for each in tasks.values()), default=0))
    done = search.launch_work_done(now)
    distance = 0 if done else search.distance(now, tasks, most=horizon + 1)
    if distance == 0:
        return Standing(tasks, late_by, launch_on, (), done)
    if distance > horizon:
        return Standing(tasks, late_by, None, (), done)
    shares = _shares(search, now, then, tasks, distance, today=today)
    return Standing(tasks, late_by, calendar.shift(launch_on, distance), shares, done)


@dataclass(frozen=True, slots=True)
class _Search:
    due: Mapping[str, date]
    calendar: Calendar
    begin_on: date
    launch_on: date
    anchors: Anchors
    candidates: Candidates

    def movable(self, task: Work, *, by_hand: bool) -> Work:
        """The task with the limit that moves along when the launch moves."""
        if not by_hand:
            return task
        anchor = self.anchors.day(task.anchor)
        return replace(task, due=Offset(self.calendar.count(anchor, self.due[task.key])))

    def forecast(self, work: Sequence[Work]) -> dict[str, Forecast]:
        return forecast_of(
            Network.of(work), due=self.due, calendar=self.calendar, begin_on=self.begin_on, anchors=self.anchors
        )

    def launch_work_done(self, work: Sequence[Work]) -> bool:
        return all(task.done_on for task in work if self.due[task.key] <= self.launch_on)

    def distance(self, work: Sequence[Work], tasks: Mapping[str, Forecast], *, most: int) -> int:
        """The working days from launch_on to the day on which work so forecast lands, ``most`` if it is no less."""
        if self.launch_work_done(work) or all(each.float_days >= 0 for each in tasks.values()):
            return 0
        step = self.candidates.first_that_holds(work, horizon=most - 1)
        return most if step is None else step + 1

    def same(self, now: Work, then: Work, found: Forecast | None, *, today: date) -> bool:
        """Whether a task is as it was planned: nothing has happened, and that it is open today changes nothing."""
        if replace(now, as_of=None) != then:
            return False
        if found is None:
            return True
        own = now.own_calendar(self.calendar, self.anchors.day(now.anchor))
        return own.next_on_or_after(today) < (found.start if now.waits and now.days else found.finish)


def _shares(
    search: _Search,
    now: Sequence[Work],
    then: Sequence[Work],
    tasks: Mapping[str, Forecast],
    distance: int,
    *,
    today: date,
) -> tuple[Share, ...]:
    """Takes the facts back task by task, from the last to the first, until the launch lands on its day."""
    moving = any(task.workdays for task in now)
    work, shares = list(now), []
    for position in reversed(range(len(work))):
        key = now[position].key
        if not moving and search.same(now[position], then[position], tasks.get(key), today=today):
            work[position] = then[position]
            continue
        work[position] = then[position]
        tasks = search.forecast(work)
        before = search.distance(work, tasks, most=distance)
        if before < distance:
            shares.append(Share(key, distance - before))
            distance = before
        if not distance:
            break
    if distance:
        shares.append(Share(None, distance))
    return tuple(sorted(shares[::-1], key=lambda share: -share.days))


class Missed(NamedTuple):
    """A task that can no longer make its due day, and the working days by which it misses it."""

    task: str
    days: int


def missed_by(
    work: Sequence[Work],
    *,
    task: str,
    until: date,
    due: Mapping[str, date],
    calendar: Calendar,
    begin_on: date,
    release_on: date,
    launch_on: date,
    today: date,
) -> tuple[Missed, ...]:
    """Names what can no longer be made if a task takes until a day, and could without that.

    Lags count, and a milestone may share the day. The task itself is left out. Takes and raises what ``forecast`` does.
    """

    def stands(tasks: Sequence[Work]) -> dict[str, Forecast]:
        return forecast(
            tasks,
            due=due,
            calendar=calendar,
            begin_on=begin_on,
            release_on=release_on,
            launch_on=launch_on,
            today=today,
        )

    before = stands(work)
    after = stands([replace(each, until=until) if each.key == task else each for each in work])
    return tuple(
        Missed(key, -found.float_days)
        for key, found in after.items()
        if key != task and found.float_days < min(0, before[key].float_days)
    )


def state_of(
    standing: Standing, *, due: Mapping[str, date], launch_on: date, today: date, overdue: bool, ended: State | None
) -> State:
    """The state of a launch, which follows from its facts alone.

    ``ended`` is done or cancelled where it is over, ``today`` the launch's own day, ``overdue`` whether a task is.
    """
    if ended is not None:
        return ended
    if today > launch_on and any(due[key] <= launch_on for key in standing.tasks):
        return State.LATE
    at_risk = overdue if standing.launch_work_done else standing.late_by > 0
    return State.AT_RISK if at_risk else State.ON_TRACK
