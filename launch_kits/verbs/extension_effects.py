"""The effect of more time on the rest of a launch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from launch_kits.database.records import Task
from launch_kits.plan import Anchor, Forecast, Missed, Work, forecast, missed_by
from launch_kits.verbs.transaction import Change
from launch_kits.views.notices.effects import effect_clauses
from launch_kits.views.standing import RunningPlan, read_plan
from launch_kits.workdays.calendar import Calendar

__all__ = ["Effect", "LateAnchor", "TaskOutlook"]


@dataclass(frozen=True, slots=True)
class LateAnchor:
    """A release or launch day that work due by then passes."""

    #: ``launch`` or ``release``
    anchor: str
    on: date
    #: the last expected finish of that work
    ends_on: date


@dataclass(frozen=True, slots=True)
class Effect:
    """The tasks and days that can no longer be kept if a task takes more time."""

    #: other tasks, in the launch's order
    missed: tuple[Missed, ...]
    anchors: tuple[LateAnchor, ...]
    #: how many other tasks are late already, and stay so
    late: int = 0

    @property
    def harms(self) -> bool:
        """Whether anything can no longer be kept."""
        return bool(self.missed or self.anchors)

    def facts(self) -> dict[str, Any]:
        """Return the effect as facts of a notice."""
        return {
            **({"late": self.late} if self.late else {}),
            "missed": [{"task": each.task, "days": each.days} for each in self.missed],
            "anchors": [
                {
                    "anchor": each.anchor,
                    "on": each.on.isoformat(),
                    "ends_on": each.ends_on.isoformat(),
                }
                for each in self.anchors
            ],
        }

    def __str__(self) -> str:
        """The effect in words, with keys for tasks."""
        return "; ".join(effect_clauses(self.facts(), title=str, day=date.isoformat))


class TaskOutlook:
    """A task within the network of its launch, by the facts of today."""

    def __init__(self, change: Change, task: Task) -> None:
        self._launch = change.launch
        self._task = task
        self._plan: RunningPlan = read_plan(
            change.launch,
            graph=change.graph,
            calendars=change.calendars,
            today=change.today,
        )
        self._work = {each.key: each for each in self._plan.given.work}

    @property
    def calendar(self) -> Calendar:
        """The days on which the task is worked on."""
        return self._calendar_of(self._work[self._task.key])

    def expected(self) -> date:
        """Return the expected finish without the more time that was granted."""
        return self._forecast(None)[self._task.key].finish

    def effect(self, until: date) -> Effect:
        """Find what can no longer be kept if the task takes until a day."""
        missed = missed_by(
            self._plan.given,
            task=self._task.key,
            until=until,
            due=self._plan.due,
            today=self._plan.today,
        )
        late = self._late() & self._late(until)
        return Effect(missed, tuple(self._late_anchors(missed, until)), len(late))

    def _late(self, until: date | None = None) -> set[str]:
        """The other tasks that end late: as things stand, or if the task takes until a day."""
        found = self._forecast(until) if until else self._plan.forecast
        return {
            key
            for key, each in found.items()
            if each.float_days < 0 and key != self._task.key
        }

    def _forecast(self, until: date | None) -> Mapping[str, Forecast]:
        """The expected days of all tasks if the time granted to this one is until a day."""
        key, given = self._task.key, self._plan.given
        work = [
            replace(each, until=until) if each.key == key else each
            for each in given.work
        ]
        return forecast(
            replace(given, work=work), due=self._plan.due, today=self._plan.today
        )

    def _late_anchors(
        self, missed: tuple[Missed, ...], until: date
    ) -> Iterator[LateAnchor]:
        # the due day of the plan counts: an earlier extension may have moved the task's own
        due = {**self._plan.due, self._task.key: self._task.planned_due}
        ends = {self._task.key: until}
        for each in missed:
            calendar = self._calendar_of(self._work[each.task])
            ends[each.task] = calendar.shift(due[each.task], each.days)
        days = {
            Anchor.RELEASE: self._launch.release_on,
            Anchor.LAUNCH: self._launch.launch_on,
        }
        if days[Anchor.RELEASE] == days[Anchor.LAUNCH]:
            del days[Anchor.RELEASE]
        for anchor, on in days.items():
            late = [
                end
                for key, end in ends.items()
                if due[key] <= on < end
                and (anchor is Anchor.LAUNCH or self._work[key].anchor is anchor)
            ]
            if late:
                yield LateAnchor(anchor.value, on, max(late))

    def _calendar_of(self, work: Work) -> Calendar:
        given = self._plan.given
        return work.own_calendar(given.calendar, given.anchors.day(work.anchor))
