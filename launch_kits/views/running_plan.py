"""The plan in force of a launch, and the facts recorded since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from launch_kits.database.records import (
    Launch,
    LaunchStatus,
    TaskStatus,
)
from launch_kits.inputs.brief import Brief
from launch_kits.plan import (
    Forecast,
    PlanInput,
    Share,
    Standing,
    State,
    Why,
    Work,
    as_things_stand,
    forecast,
    state_of,
    why,
    work_to_watch,
)
from launch_kits.plan.calendars import Calendars
from launch_kits.plan.doubts import PlanDoubt
from launch_kits.plan.launched import launched_on
from launch_kits.plan.shortage import PlannedWork, short_days
from launch_kits.views.announcements import announcement_doubts
from launch_kits.views.days_away import DaysAway, days_away
from launch_kits.views.plan_in_force import as_planned, planned_work
from launch_kits.views.task_graph import TaskGraph
from launch_kits.workdays.offsets import Offset

__all__ = ["RunningPlan", "read_plan"]


@dataclass(frozen=True)
class RunningPlan:
    """The plan in force of a launch with its facts; results are computed when asked for."""

    #: the tasks that were not dropped, with all facts and with the more time granted
    given: PlanInput
    #: the same tasks with only the facts older than the plan
    planned: Sequence[Work]
    #: key → stored due day
    due: Mapping[str, date]
    #: keys of the tasks whose due day was moved by hand
    due_set: frozenset[str]
    #: in the time zone of the launch
    today: date
    #: how the launch ended; None while it runs
    ended: State | None
    #: keys for which `begin` would be accepted now, in the launch's order
    can_begin: tuple[str, ...] = ()
    #: with kit in place; None if it does not matter
    brief: Brief | None = None
    #: key → title of the same tasks
    titles: Mapping[str, str] = field(default_factory=dict)
    #: key → email of the owner of the same tasks
    owners: Mapping[str, str] = field(default_factory=dict)
    #: the planned days of the work not begun, by key
    planned_work: Mapping[str, PlannedWork] = field(default_factory=dict)
    #: keys of the tasks that were dropped
    dropped: tuple[str, ...] = ()

    @cached_property
    def forecast(self) -> Mapping[str, Forecast]:
        """The expected dates and float of the open tasks, by key."""
        if all(task.done_on for task in self.given.work):
            return {}
        return forecast(self.given, due=self.due, today=self.today)

    @cached_property
    def standing(self) -> Standing | None:
        """The landing of the launch, without its shares; None if it was cancelled."""
        return self._standing(planned=None)

    @property
    def over(self) -> bool:
        """Whether the launch has ended, or all its work due by the launch day is done."""
        standing = self.standing
        return bool(self.ended or standing is None or standing.launch_work_done)

    @cached_property
    def because(self) -> tuple[Share, ...]:
        """The shares of the tasks that delay the launch; they take the longest to find."""
        lands_on = self.standing.lands_on if self.standing else None
        if lands_on in (None, self.given.launch_on):
            return ()
        found = self._standing(planned=self.planned)
        return found.because if found else ()

    @cached_property
    def causes(self) -> tuple[Share, ...]:
        """The shares as people are told them.

        They are those of `because`, unless one of these has a task that makes its due day: then the
        facts are taken back in the other order, so that each cause is one without which the launch
        would land earlier.
        """
        if not any(share.task and self.makes_due(share.task) for share in self.because):
            return self.because
        found = self._standing(planned=self.planned, last_first=True)
        return found.because if found else ()

    def makes_due(self, key: str) -> bool:
        """Whether a task makes its due day; open work only if no one has moved that day."""
        done_on = self._by_key[key].done_on
        if done_on is not None:
            return done_on <= self.due[key]
        return key not in self.due_set and self.forecast[key].float_days >= 0

    @cached_property
    def short_days(self) -> Mapping[str, int]:
        """The days of work for which people lack time, by email.

        Read off the planned dates in force: the days planned after the due day, as it moves along
        to the landing, and after the day expected by the facts, which ignore capacity.
        """
        if self.ended or self.standing is None:
            return {}
        return short_days(
            self.given,
            self.planned_work,
            due=self.due,
            expected=self.forecast,
            lands_on=self.standing.lands_on,
        )

    @cached_property
    def away(self) -> DaysAway:
        """The people without whose days away the launch would land earlier."""
        return days_away(self)

    def _standing(
        self, *, planned: Sequence[Work] | None, last_first: bool = False
    ) -> Standing | None:
        if self.ended is State.CANCELLED:
            return None
        if any(task.float_days < 0 for task in self.forecast.values()):
            return as_things_stand(
                self.given,
                planned=planned,
                due=self.due,
                due_set=self.due_set,
                today=self.today,
                last_first=last_first,
            )
        launch_on = self.given.launch_on
        launch_work_done = all(self.due[key] > launch_on for key in self.forecast)
        return Standing(self.forecast, 0, launch_on, (), launch_work_done)

    @cached_property
    def announcements(self) -> tuple[PlanDoubt, ...]:
        """Notices that are too short and announcements out of order, as things stand.

        `check` finds the same in the due days of a plan. A task announces on its due day, or on
        the day on which it is expected or was done, if that is later.
        """
        return tuple(announcement_doubts(self))

    def state(self, *, overdue: bool) -> State:
        """Return the state of the launch; ``overdue`` says whether a task is overdue."""
        if self.standing is None:
            return State.CANCELLED
        return state_of(
            self.standing,
            due=self.due,
            launch_on=self.given.launch_on,
            today=self.today,
            overdue=overdue,
            ended=self.ended,
        )

    @property
    def launched_on(self) -> date | None:
        """The day on which the launch took place; None before that, and if it was cancelled."""
        if self.standing is None or not self.standing.launch_work_done:
            return None
        return launched_on(self.given, due=self.due, today=self.today)

    @cached_property
    def known_delays(self) -> dict[str, bool]:
        """The answers of `moves_launch` so far, by key: each takes a search."""
        return {}

    def last_start(self, key: str) -> date | None:
        """Return the last day to start work, if it is to make its due day.

        Returns None for a milestone, and for a task that is begun, in review, done or dropped.
        """
        work = self._by_key.get(key)
        if work is None or not work.days or not work.waits:
            return None
        anchor = self.given.anchors.day(work.anchor)
        own = work.own_calendar(self.given.calendar, anchor)
        return own.shift(own.last_on_or_before(self.due[key]), 1 - work.days)

    @cached_property
    def _by_key(self) -> Mapping[str, Work]:
        return {work.key: work for work in self.given.work}

    def why(self) -> Why | None:
        """Find the chain of the open work of least float; None if no work is open."""
        return self._chain

    def work_to_watch(self) -> Why | None:
        """Find the chain of least float before fixed days, if that of `why` begins with one."""
        return self._watched

    @cached_property
    def _chain(self) -> Why | None:
        if not self.forecast:
            return None
        return why(self._open(), dated=self.forecast, as_facts=True)

    @cached_property
    def _watched(self) -> Why | None:
        if not self.forecast:
            return None
        return work_to_watch(self._open(), dated=self.forecast, as_facts=True)

    def _open(self) -> PlanInput:
        """The work with the facts of today and the due days in force."""
        work = [
            replace(task, as_of=self.today, due=self._due_offset(task))
            for task in self.given.work
        ]
        return replace(self.given, work=work)

    def _due_offset(self, task: Work) -> Offset | None:
        """Return the limit of a task: its own, or the due day that was set by hand."""
        if task.key not in self.due_set:
            return task.due
        anchor = self.given.anchors.day(task.anchor)
        return Offset(self.given.calendar.count(anchor, self.due[task.key]))


def read_plan(
    launch: Launch,
    *,
    graph: TaskGraph,
    calendars: Calendars,
    today: date,
) -> RunningPlan:
    """Read the plan in force of a launch, and the facts since.

    ``today`` is a day in the time zone of the launch.
    """
    tasks = {
        task.key: task
        for task in graph.tasks.values()
        if task.status != TaskStatus.DROPPED
    }
    given = graph.plan_input(launch, calendars)
    zone = calendars.brief.zone()
    work = [
        replace(task, until=tasks[task.key].extended_until)
        if task.done_on is None
        else task
        for task in given.work
    ]
    running = launch.status == LaunchStatus.RUNNING
    return RunningPlan(
        given=replace(given, work=work),
        planned=[
            as_planned(work, tasks[work.key], planned_at=launch.planned_at, zone=zone)
            for work in given.work
        ],
        due={key: task.due for key, task in tasks.items()},
        due_set=frozenset(
            key for key, task in tasks.items() if task.due != task.planned_due
        ),
        today=today,
        ended=None if running else State(launch.status),
        can_begin=graph.can_begin() if running else (),
        brief=calendars.brief,
        titles={key: task.title for key, task in tasks.items()},
        owners={key: task.owner for key, task in tasks.items()},
        planned_work=planned_work(tasks),
        dropped=tuple(
            task.key
            for task in graph.tasks.values()
            if task.status == TaskStatus.DROPPED
        ),
    )
