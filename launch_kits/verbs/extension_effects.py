"""The effect of more time on the rest of a launch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from launch_kits.database.records import Task
from launch_kits.plan import Anchor, Missed, Work, missed_by
from launch_kits.plan.doubts import PlanDoubt, newly_doubted
from launch_kits.verbs.transaction import Change
from launch_kits.views.notices.effects import effect_clauses
from launch_kits.views.running_plan import RunningPlan, read_plan
from launch_kits.workdays.calendar import Calendar

__all__ = ["Effect", "LateAnchor", "TaskOutlook"]


@dataclass(frozen=True, slots=True)
class LateAnchor:
    """A release or launch day that a task due by then passes."""

    #: ``launch`` or ``release``
    anchor: str
    on: date
    #: its finish with more time
    ends_on: date


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of more time: tasks and days that can no longer be kept."""

    #: other tasks, in the launch's order
    missed: tuple[Missed, ...]
    anchors: tuple[LateAnchor, ...]
    #: how many other tasks cannot be done in time already, and still cannot
    late: int = 0
    #: whether the launch lands later than as things stand
    delays: bool = False
    #: the day on which it lands then, if it lands later; None if no day of the horizon holds
    lands_on: date | None = None
    #: announcements that then come too late or out of order
    announcements: tuple[PlanDoubt, ...] = ()

    @property
    def harms(self) -> bool:
        """Whether anything can no longer be kept."""
        return bool(self.missed or self.anchors or self.delays or self.announcements)

    def facts(self) -> dict[str, Any]:
        """Return the effect as facts of a notice."""
        lands_on = self.lands_on.isoformat() if self.lands_on else None
        return {
            **({"late": self.late} if self.late else {}),
            **({"lands_on": lands_on} if self.delays else {}),
            "missed": [{"task": each.task, "days": each.days} for each in self.missed],
            "anchors": [
                {
                    "anchor": each.anchor,
                    "on": each.on.isoformat(),
                    "ends_on": each.ends_on.isoformat(),
                }
                for each in self.anchors
            ],
            **(
                {"announcements": [dict(each.facts) for each in self.announcements]}
                if self.announcements
                else {}
            ),
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
        return self._with(None).forecast[self._task.key].finish

    def effect(self, until: date) -> Effect:
        """Find what can no longer be kept if the task takes until a day."""
        missed = missed_by(
            self._plan.given,
            task=self._task.key,
            until=until,
            due=self._plan.due,
            today=self._plan.today,
        )
        then = self._with(until)
        late = self._late(self._plan) & self._late(then)
        before, after = self._landing(self._plan), self._landing(then)
        delays = before is not None and (after is None or after > before)
        return Effect(
            missed,
            tuple(self._late_anchors(until)),
            len(late),
            delays=delays,
            lands_on=after if delays else None,
            announcements=newly_doubted(self._plan.announcements, then.announcements),
        )

    def _late(self, plan: RunningPlan) -> set[str]:
        """The other tasks that end late."""
        return {
            key
            for key, each in plan.forecast.items()
            if each.float_days < 0 and key != self._task.key
        }

    @staticmethod
    def _landing(plan: RunningPlan) -> date | None:
        return plan.standing.lands_on if plan.standing else None

    def _with(self, until: date | None) -> RunningPlan:
        """The plan in force, with the time granted to the task until a day.

        A day beyond its due day becomes its due day, as the lead's grant makes it.
        """
        key = self._task.key
        plan = self._plan
        work = [
            replace(each, until=until) if each.key == key else each
            for each in plan.given.work
        ]
        found = replace(plan, given=replace(plan.given, work=work))
        if until is None or until <= plan.due[key]:
            return found
        return replace(
            found, due={**plan.due, key: until}, due_set=plan.due_set | {key}
        )

    def _late_anchors(self, until: date) -> Iterator[LateAnchor]:
        # the due day of the plan counts: an earlier extension may have moved the task's own
        due = self._task.planned_due
        key = self._task.key
        days = {
            Anchor.RELEASE: self._launch.release_on,
            Anchor.LAUNCH: self._launch.launch_on,
        }
        if days[Anchor.RELEASE] == days[Anchor.LAUNCH]:
            del days[Anchor.RELEASE]
        for anchor, on in days.items():
            counts = anchor is Anchor.LAUNCH or self._work[key].anchor is anchor
            if counts and due <= on < until:
                yield LateAnchor(anchor.value, on, until)

    def _calendar_of(self, work: Work) -> Calendar:
        given = self._plan.given
        return work.own_calendar(given.calendar, given.anchors.day(work.anchor))
