"""The rollout of a brief: the assignments of its kit with their dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from launch_kits.errors import Fault
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.plan import (
    Anchor,
    PlanInput,
    Schedule,
    Span,
    Work,
    earliest_launch_on,
    schedule,
)
from launch_kits.plan.assignments import Assignment, assign
from launch_kits.plan.calendars import Calendars
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset

if TYPE_CHECKING:
    from launch_kits.plan.brief_load import BriefLoad

__all__ = ["Rollout", "anchor_doubts"]


@dataclass(frozen=True)
class Rollout:
    """A brief's tasks with their dates, computed when asked for."""

    brief: Brief
    begin_on: date
    release_on: date
    launch_on: date

    @classmethod
    def of(cls, brief: Brief, *, today: date) -> Rollout:
        """The rollout by the brief's own days; work begins today if it does not say."""
        return cls(
            brief,
            begin_on=brief.begin_on or today,
            release_on=brief.released_on,
            launch_on=brief.launch_on,
        )

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars of the launch and its owners."""
        return Calendars(self.brief)

    @cached_property
    def assignments(self) -> Sequence[Assignment]:
        """The tasks in the kit's order, then the brief's."""
        return assign(self.brief)

    @cached_property
    def work(self) -> Sequence[Work]:
        """The tasks as the planner takes them."""
        return [self._work(assignment) for assignment in self.assignments]

    def _work(self, assignment: Assignment) -> Work:
        task = assignment.task
        return Work(
            key=assignment.key,
            days=task.days,
            after=assignment.after,
            anchor=Anchor(task.anchor),
            due=Offset.parse(task.due) if task.due else None,
            not_before=Offset.parse(task.not_before) if task.not_before else None,
            calendar=self.calendars.of(assignment.owner),
            workdays=self.calendars.workdays_of(task.key),
        )

    @cached_property
    def plan_input(self) -> PlanInput:
        """The tasks with the launch's calendar and days."""
        return PlanInput(
            self.work,
            calendar=self.calendars.launch,
            begin_on=self.begin_on,
            release_on=self.release_on,
            launch_on=self.launch_on,
        )

    @cached_property
    def schedule(self) -> Schedule:
        """Every task's dates and float."""
        return schedule(self.plan_input)

    @cached_property
    def earliest_launch_on(self) -> date | None:
        """The first launch day on which the plan holds.

        It is None if there is none within 500 working days.
        """
        return earliest_launch_on(self.plan_input)

    @cached_property
    def load(self) -> BriefLoad:
        """The work that the brief alone asks of its people."""
        from launch_kits.plan.brief_load import BriefLoad

        return BriefLoad(self)

    def dated(self) -> Sequence[tuple[Assignment, Span]]:
        """Return every task with its dates."""
        return [
            (assignment, self.schedule.spans[assignment.key])
            for assignment in self.assignments
        ]

    def warnings(self, source: Yaml, *, today: date) -> list[Fault]:
        """Return warnings about the days of the launch.

        ``source`` is the brief as read. ``today`` is a day in the time zone of the launch.
        """
        doubts = anchor_doubts(
            self.calendars.launch,
            launch_on=self.launch_on,
            release_on=self.release_on,
            today=today,
        )
        if self.brief.begin_on is not None and self.brief.begin_on > self.launch_on:
            message = (
                f"begin_on {self.brief.begin_on} lies after launch_on "
                f"{self.launch_on}; correct one of the two"
            )
            doubts.append(("begin_on", "begin-after-launch", message))
        return [source.fault((key,), code, message) for key, code, message in doubts]


def anchor_doubts(
    calendar: Calendar, *, launch_on: date, release_on: date, today: date
) -> list[tuple[str, str, str]]:
    """Check the anchor days of a launch.

    Returns for each doubt the key in the brief, the code, and the message. ``today`` is a day in
    the time zone of the launch.
    """
    found = []
    for key, day in (("launch_on", launch_on), ("release_on", release_on)):
        if key == "release_on" and release_on == launch_on:
            continue
        anchor = calendar.last_on_or_before(day)
        if anchor != day:
            message = (
                f"{key} {day} ({day:%A}) is not a working day; "
                f"the plan counts from {anchor} ({anchor:%A})"
            )
            found.append((key, "anchor-off-day", message))
        if day < today:
            message = f"{key} {day} is past: today is {today}; is the year right?"
            found.append((key, "anchor-past", message))
    if release_on > launch_on:
        message = (
            f"release_on {release_on} lies after launch_on {launch_on}; "
            "is the market told too early?"
        )
        found.append(("release_on", "release-after-launch", message))
    return found
