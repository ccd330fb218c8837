"""Working hours of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from launch_kits.workdays.calendar import CLOSES, Calendar, working_moment

__all__ = ["Hours"]


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours of a person."""

    calendar: Calendar
    zone: ZoneInfo

    def day(self, instant: datetime) -> date:
        """The person's own day of an instant."""
        return instant.astimezone(self.zone).date()

    def opens(self, now: datetime) -> datetime:
        """``now`` within their working hours, else when these next begin."""
        return working_moment(self.calendar, timezone=self.zone, now=now)

    def morning(self, day: date) -> datetime:
        """When they begin to work on a day, or on the first working day after it."""
        return self.opens(datetime.combine(day, time(), self.zone))

    def morning_after(self, now: datetime) -> datetime:
        """When they begin to work on their next working day after today's."""
        return self.morning(self.calendar.shift(self.day(now), 1))

    def turns(self, now: datetime) -> datetime:
        """The next instant at which their working hours begin or end."""
        opens = self.opens(now)
        if opens > now:
            return opens
        return datetime.combine(self.day(now), CLOSES, self.zone).astimezone(UTC)
