"""The levelled plan of one launch, with the launch day on which it would hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from launch_kits.plan.dates import schedule
from launch_kits.plan.levelling import (
    Levelling,
    earliest_levelled_launch_on,
    level,
)
from launch_kits.plan.plan_input import PlanInput
from launch_kits.plan.resources import Demand, Resources

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

    @cached_property
    def levelling(self) -> Levelling:
        """The planned dates on which no one is asked for more than their capacity."""
        return level(
            self.given, due=self.due, demand=self.demand, resources=self.resources
        )

    @cached_property
    def earliest_launch_on(self) -> date | None:
        """The first later launch day on which levelling holds, as `move` would plan it.

        It is None if levelling holds already, or on none of the next 500 working days. More time
        that was granted lapses by a move, so it does not count. Work that is begun may ask for too
        much of a day, which no launch day changes: then it is None as well.
        """
        return self._earliest(most=None)

    @cached_property
    def near_launch_on(self) -> date | None:
        """The same day if it is found soon, for a sentence on the way."""
        return self._earliest(most=SOON)

    @property
    def above_capacity(self) -> frozenset[str]:
        """The people with a task that asks for more of a day than their capacity, by owner key.

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
        return earliest_levelled_launch_on(
            self._moved(self.given.release_on, self.given.launch_on),
            due_on=self._due_on,
            demand=self.demand,
            resources=self.resources,
            most=most,
        )

    def _due_on(self, release_on: date, launch_on: date) -> Mapping[str, date]:
        spans = schedule(self._moved(release_on, launch_on)).spans
        return {key: span.due for key, span in spans.items()}

    def _moved(self, release_on: date, launch_on: date) -> PlanInput:
        work = [
            replace(task, until=None) if task.until else task
            for task in self.given.work
        ]
        return replace(
            self.given, work=work, release_on=release_on, launch_on=launch_on
        )
