"""The input of every calculation of a plan: work, a calendar and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits.plan.constraints import Anchors
from launch_kits.plan.graph import Work
from launch_kits.workdays.calendar import Calendar

__all__ = ["PlanInput"]


@dataclass(frozen=True, slots=True)
class PlanInput:
    """The work of a launch, its calendar and the days that it is planned by."""

    work: Sequence[Work]
    #: the launch's; each task may have one of its own
    calendar: Calendar
    begin_on: date
    release_on: date
    launch_on: date

    @property
    def anchors(self) -> Anchors:
        """The working days that offsets are counted from."""
        return Anchors.of(
            self.calendar, release_on=self.release_on, launch_on=self.launch_on
        )
