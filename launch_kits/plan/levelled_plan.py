"""The levelled plan of one launch, with the launch day on which it would hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from launch_kits.plan.dates import forecast, schedule
from launch_kits.plan.levelling import (
    Levelling,
    earliest_levelled_launch_on,
    level,
    short_in_any_schedule,
)
from launch_kits.plan.plan_input import PlanInput
from launch_kits.plan.resources import Demand, Resources
from launch_kits.plan.shortage import PlannedWork, short_days

__all__ = ["LevelledPlan"]

#: levellings of launch days that are tried for a sentence
SOON = 15


@dataclass(frozen=True)
class LevelledPlan:
    """Work with its due days and its people; results are computed when asked for."""

    given: PlanInput
    #: the latest finish of every open task, by key
    due: Mapping[str, date]
    #: the part of its owner's day that each task takes, by key; milestones are left out
    demand: Mapping[str, Demand]
    #: the owners, with the load that other launches put on them
    resources: Resources
    #: the landing of a running launch by the facts, None if no day holds; a plan has none
    landing: Callable[[], date | None] | None = None
    #: the names of people, by owner key
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, owner: str) -> str:
        """Return the name of a person; of one outside the team, the email."""
        return self.names.get(owner.casefold(), owner)

    @cached_property
    def lands_on(self) -> date | None:
        """The launch day by the facts; None if no day of the next 500 holds."""
        return self.landing() if self.landing else self.given.launch_on

    @cached_property
    def levelling(self) -> Levelling:
        """The planned dates on which no one is asked for more than their capacity."""
        return level(
            self.given, due=self.due, demand=self.demand, resources=self.resources
        )

    @cached_property
    def surely_short(self) -> frozenset[str]:
        """Owners who are short of time however the work is spread, found without a search."""
        return short_in_any_schedule(
            self.given, due=self.due, demand=self.demand, resources=self.resources
        )

    @cached_property
    def earliest_launch_on(self) -> date | None:
        """The first later launch day on which levelling holds, as `move` would plan it.

        It is None if levelling holds already, or on none of the next 500 working days. On that day
        each due day lies on or after the day until which more time was granted, so that a move to
        it takes none of it back, and it is never earlier than the landing by the facts. Work that
        is begun may ask for too much of a day, which no launch day changes: then it is None as
        well.
        """
        return self._earliest(most=None)

    @cached_property
    def dates_hold_on(self) -> date | None:
        """The same day if people had time for everything; the launch day if it holds so.

        None if it is not found soon. People are the cause only if their day is later.
        """
        free = replace(self, demand={})
        return self.given.launch_on if free.levelling.holds else free.near_launch_on

    @cached_property
    def near_launch_on(self) -> date | None:
        """The same day if it is found soon, for a sentence on the way."""
        return self._earliest(most=SOON)

    @cached_property
    def short_days(self) -> Mapping[str, int]:
        """The days of work for which people have no time by its due days, by owner key.

        Unlike those of the levelling, days that are late by the dates alone do not count.
        """
        planned = {
            work.key: PlannedWork(
                owner, self.levelling.planned[work.key].finish, amount
            )
            for work in self.given.work
            if work.waits and work.done_on is None
            for owner, amount in self.demand.get(work.key, {}).items()
        }
        expected = forecast(self.given, due=self.due, today=self.given.begin_on)
        return short_days(
            self.given,
            planned,
            due=self.due,
            expected=expected,
            lands_on=self.lands_on,
        )

    @property
    def clashes_with_others(self) -> bool:
        """Whether begun work and other launches overload a day."""
        load = self.resources.load
        return any(
            load.get(owner, {}).get(day)
            for owner, days in self.levelling.overloads.items()
            for day in days
        )

    @property
    def above_capacity(self) -> frozenset[str]:
        """The people with a task larger than their capacity, by owner key.

        Such a task takes more days than written, and a later launch day alone may not help it.
        """
        return frozenset(
            key
            for demand in self.demand.values()
            for key, amount in demand.items()
            if amount > self.resources.of(key)
        )

    def _earliest(self, *, most: int | None) -> date | None:
        if self.levelling.holds or not self.levelling.total_lateness:
            return None
        if self.lands_on is None:
            return None
        return earliest_levelled_launch_on(
            self.given,
            due_on=self._due_on,
            demand=self.demand,
            resources=self.resources,
            first=self.lands_on,
            most=most,
        )

    def _due_on(self, release_on: date, launch_on: date) -> Mapping[str, date]:
        """The due days that a move gives, by which the time granted lapses."""
        work = [replace(task, until=None) for task in self.given.work]
        moved = replace(
            self.given, work=work, release_on=release_on, launch_on=launch_on
        )
        spans = schedule(moved).spans
        return {key: span.due for key, span in spans.items()}
