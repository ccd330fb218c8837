"""Instants counted in working hours."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from launch_kits.workdays.hours import Hours

__all__ = ["after_working_hours"]

#: the end of a working day, in the person's time zone
CLOSES = time(17)


def after_working_hours(hours: Hours, start: datetime, amount: float) -> datetime:
    """The instant so many working hours of a person after ``start``, which is aware.

    A day has the eight hours from 9 to 17 in the person's time zone. Returns the end of a day
    rather than the morning after it, in UTC. Raises PlanError if the person has no working day
    left.
    """
    left = timedelta(hours=amount)
    opens = hours.opens(start)
    while True:
        closes = datetime.combine(hours.day(opens), CLOSES, hours.zone)
        # in UTC, since a day may have a change of the clocks
        room = closes.astimezone(UTC) - opens.astimezone(UTC)
        if left <= room:
            return opens.astimezone(UTC) + left
        left -= room
        opens = hours.morning_after(opens)
