"""The working days and hours of a launch and of its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from launch_kits.inputs.brief import Brief
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours
from launch_kits.workdays.offsets import Offset

__all__ = ["Calendars"]


@dataclass
class Calendars:
    """The launch's calendar and its owners', each built once."""

    brief: Brief
    launch: Calendar = field(init=False)
    _owners: dict[str, Calendar] = field(default_factory=dict, init=False)
    _usual: dict[str, Calendar] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.launch = self.brief.calendar()

    def of(self, email: str) -> Calendar:
        """Return the working days of an owner within the launch."""
        key = email.casefold()
        if key not in self._owners:
            self._owners[key] = self.brief.calendar_of(email, launch=self.launch)
        return self._owners[key]

    def hours_of(self, email: str) -> Hours:
        """The working hours of a person; outside the team, those of the launch."""
        return Hours(self.of(email), self.brief.zone(email))

    def hours_for(self, to: str) -> Hours:
        """The hours in which the reader of a notice is written to: a person, or a channel.

        A channel, ``#name``, has the working hours of the launch.
        """
        if to.startswith("#"):
            return Hours(self.launch, self.brief.zone())
        return self.hours_of(to)

    def workdays_of(self, key: str) -> tuple[Offset, ...]:
        """Return the extra workdays of a task, as offsets from its anchor day."""
        return self._workdays.get(key.partition(":")[0], ())

    def usual_hours_of(self, email: str) -> Hours:
        """The working hours of a person as if they were never away."""
        key = email.casefold()
        if key not in self._usual:
            self._usual[key] = self.brief.calendar_of(
                email, launch=self.launch, absent=False
            )
        return Hours(self._usual[key], self.brief.zone(email))

    @cached_property
    def _workdays(self) -> Mapping[str, tuple[Offset, ...]]:
        tasks = (task for _, task in self.brief.kit_in_place.tasks() if task.workdays)
        return {task.key: tuple(map(Offset.parse, task.workdays)) for task in tasks}
