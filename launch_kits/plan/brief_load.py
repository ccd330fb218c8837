"""The work that a brief alone asks of its people, on earliest or on levelled dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from launch_kits.plan.levelled_plan import LevelledPlan
from launch_kits.plan.levelling import Levelling, PlannedDates
from launch_kits.plan.resources import Demand, Resources
from launch_kits.plan.workload import (
    OwnedWork,
    Workload,
    capacity_by_owner,
    days_of_work,
    exact,
    owner_key,
    stated_capacity,
    workloads,
)
from launch_kits.workdays.countries import first_weekday

if TYPE_CHECKING:
    from launch_kits.plan.rollout import Rollout

__all__ = ["BriefLoad", "DaysAsked"]

ONE = Fraction(1)
#: from this part of the available days on, a person has much to do
MUCH = Fraction(4, 5)


class DaysAsked(NamedTuple):
    """The days of work that a person is asked for until launch day."""

    #: the owner's key
    owner: str
    #: of tasks that are due by launch day
    asked: Fraction
    #: from the first day of work to launch day
    working_days: int
    #: per working day
    capacity: Fraction

    @property
    def much(self) -> bool:
        """Whether it is more than 80 % of the person's capacity."""
        return self.asked > MUCH * self.capacity * self.working_days


@dataclass(frozen=True)
class BriefLoad:
    """The work that a rollout asks of its owners; no other launch counts."""

    rollout: Rollout

    @cached_property
    def capacity(self) -> Mapping[str, Fraction]:
        """The smallest stated capacity of each owner, by owner key."""
        return capacity_by_owner(stated_capacity(self.rollout.brief.team.values()))

    @cached_property
    def resources(self) -> Resources:
        """The owners as the planner takes them."""
        return Resources(self.capacity)

    @cached_property
    def demand(self) -> Mapping[str, Demand]:
        """The part of its owner's day that each task takes; milestones are left out."""
        return {
            one.key: {owner_key(one.owner): exact(one.share)}
            for one in self.rollout.assignments
            if one.task.days
        }

    @cached_property
    def levelled(self) -> LevelledPlan:
        """The levelled plan of the brief alone."""
        return self.levelled_on(self.resources)

    def levelled_on(self, resources: Resources) -> LevelledPlan:
        """Return the levelled plan if people have what the resources say."""
        return LevelledPlan(
            self.rollout.plan_input,
            {key: span.due for key, span in self.rollout.schedule.spans.items()},
            self.demand,
            resources,
            names={
                owner_key(person.email): person.name
                for person in reversed(self.rollout.brief.team.values())
            },
        )

    @property
    def levelling(self) -> Levelling:
        """The planned dates on which no one is asked for more than their capacity."""
        return self.levelled.levelling

    @property
    def earliest_launch_on(self) -> date | None:
        """The first launch day after the brief's on which levelling holds.

        It is None if levelling holds already, or on none of the next 500 working days.
        """
        return self.levelled.earliest_launch_on

    def planned(self, *, levelled: bool) -> Mapping[str, PlannedDates]:
        """Return the planned dates of each task; without levelling the earliest ones."""
        if levelled:
            return self.levelling.planned
        return {
            key: PlannedDates(span.start, span.finish)
            for key, span in self.rollout.schedule.spans.items()
        }

    def days_left(self) -> Mapping[str, int]:
        """Return key → the working days from the levelled finish to the due day.

        They count in the task's own calendar; they are negative for work planned after it.
        """
        given = self.rollout.plan_input
        anchors = self.rollout.plan_input.anchors
        due = self.levelled.due
        return {
            work.key: work.own_calendar(given.calendar, anchors.day(work.anchor)).count(
                self.levelling.planned[work.key].finish, due[work.key]
            )
            for work in given.work
        }

    def workloads(self, *, today: date, levelled: bool) -> list[Workload]:
        """Return the work and the capacity of each owner, from the week of ``today`` on.

        Weeks begin as in the launch's country.
        """
        rollout = self.rollout
        return workloads(
            self._owned(self.planned(levelled=levelled)),
            today=today,
            first_weekday=first_weekday(rollout.brief.holidays, today.year),
            capacity=self.capacity,
            is_available=lambda owner, day: rollout.calendars.of(owner).is_workday(day),
        )

    def _owned(self, planned: Mapping[str, PlannedDates]) -> list[OwnedWork]:
        given = self.rollout.plan_input
        anchors = given.anchors
        return [
            OwnedWork(
                one.owner,
                f"{self.rollout.brief.launch}/{one.key}",
                exact(one.share),
                days_of_work(
                    work.own_calendar(given.calendar, anchors.day(work.anchor)),
                    planned_start=planned[one.key].start,
                    planned_finish=planned[one.key].finish,
                ),
            )
            for one, work in zip(self.rollout.assignments, given.work, strict=True)
            if work.days
        ]

    def days_asked(self) -> Sequence[DaysAsked]:
        """Return the days of work that each owner is asked for until launch day."""
        rollout = self.rollout
        asked: dict[str, Fraction] = {}
        for one, span in rollout.dated():
            if one.task.days and span.due <= rollout.launch_on:
                key = owner_key(one.owner)
                days = one.task.days * exact(one.share)
                asked[key] = asked.get(key, Fraction(0)) + days
        before = rollout.begin_on - timedelta(1)
        return [
            DaysAsked(
                owner,
                days,
                max(0, rollout.calendars.of(owner).count(before, rollout.launch_on)),
                self.capacity.get(owner, ONE),
            )
            for owner, days in asked.items()
        ]
