"""The working days and hours of a launch and of its people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from launch_kits.inputs.brief import Brief
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours
from launch_kits.workdays.offsets import Offset

__all__ = ["Calendars"]


@dataclass
class Calendars:
    """The launch's calendar and its owners', each built once."""

    brief: Brief
    #: the time zone of a person outside the team by email; None if it is not known
    zone_outside: Callable[[str], ZoneInfo | None] = lambda _email: None
    launch: Calendar = field(init=False)
    _owners: dict[str, Calendar] = field(default_factory=dict, init=False)
    _usual: dict[str, Calendar] = field(default_factory=dict, init=False)

    _zones: dict[str, ZoneInfo] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.launch = self.brief.calendar()

    def of(self, email: str) -> Calendar:
        """Return the working days of an owner within the launch."""
        key = email.casefold()
        if key not in self._owners:
            self._owners[key] = self.brief.calendar_of(email, launch=self.launch)
        return self._owners[key]

    def hours_of(self, email: str) -> Hours:
        """The working hours of a person, outside the team on the working days of the launch."""
        return Hours(self.of(email), self.zone(email))

    def zone(self, email: str) -> ZoneInfo:
        """The time zone of a person, that of the launch if no other is known."""
        key = email.casefold()
        if key not in self._zones:
            known = self.brief.introduced(email) is not None
            outside = None if known else self.zone_outside(email)
            self._zones[key] = outside or self.brief.zone(email)
        return self._zones[key]

    def has(self, email: str) -> bool:
        """Whether a person is in the team, whose hours the brief knows."""
        return self.brief.person(email) is not None

    def hours_for(self, to: str) -> Hours:
        """The hours in which the reader of a notice is written to: a person, or a channel.

        A channel, ``#name``, has the working hours of the launch.
        """
        if to.startswith("#"):
            return Hours(self.launch, self.brief.zone())
        return self.hours_of(to)

    def sends_at(self, to: str, *, now: datetime) -> datetime:
        """The instant from which a notice is sent to a reader.

        A person outside the team is met then: the delivery keeps the hours of their own zone.
        """
        unmet = "@" in to and self.brief.introduced(to) is None
        return now if unmet else self.hours_for(to).opens(now)

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
        return Hours(self._usual[key], self.zone(email))

    @cached_property
    def _workdays(self) -> Mapping[str, tuple[Offset, ...]]:
        tasks = (task for _, task in self.brief.kit_in_place.tasks() if task.workdays)
        return {task.key: tuple(map(Offset.parse, task.workdays)) for task in tasks}
