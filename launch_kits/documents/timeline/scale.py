"""The time axis of a picture: days as places from left to right, with ticks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

__all__ = ["Scale", "Tick"]

#: the room that a label of a week and of a month needs
WEEK_ROOM = 24.0
MONTH_ROOM = 72.0


class Tick(NamedTuple):
    """A line of the axis with its label, which may be empty."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Calendar days between two edges; a day has a width."""

    first: date
    last: date
    left: float
    right: float

    @classmethod
    def over(cls, days: Iterable[date], *, left: float, right: float) -> Scale:
        """The scale that shows all the days, from a Monday to a Sunday."""
        known = sorted(days)
        first, last = known[0], known[-1]
        return cls(
            first - timedelta(days=first.weekday()),
            last + timedelta(days=6 - last.weekday()),
            left,
            right,
        )

    @property
    def day_width(self) -> float:
        """The width of a day."""
        return (self.right - self.left) / ((self.last - self.first).days + 1)

    def begin(self, day: date) -> float:
        """The left edge of a day; a day outside lies at the nearest edge."""
        x = self.left + (day - self.first).days * self.day_width
        return min(max(x, self.left), self.right)

    def end(self, day: date) -> float:
        """The right edge of a day; a day outside lies at the nearest edge."""
        x = self.left + ((day - self.first).days + 1) * self.day_width
        return min(max(x, self.left), self.right)

    def weeks(self) -> list[Tick]:
        """The Mondays, with the day of the month where there is room."""
        count = ((self.last - self.first).days + 1) // 7
        step = -int(-WEEK_ROOM // (7 * self.day_width))
        days = [self.first + timedelta(weeks=number) for number in range(count)]
        return [Tick(self.begin(day), str(day.day)) for day in days[:: max(step, 1)]]

    def months(self) -> list[Tick]:
        """The first of each month, with its name where there is room."""
        ticks: list[Tick] = []
        labelled = self.left - MONTH_ROOM
        month = self.first.replace(day=1)
        while month <= self.last:
            x = self.begin(month)
            following = (month + timedelta(days=31)).replace(day=1)
            room = min(self.begin(following), self.right) - x
            fits = x - labelled >= MONTH_ROOM and (
                room >= MONTH_ROOM or room < MONTH_ROOM <= self.right - x
            )
            # The first month may be cut short: then the next one is named instead.
            if month < self.first and room < MONTH_ROOM:
                fits = False
            if fits:
                labelled = x
            ticks.append(Tick(x, f"{month:%b %Y}" if fits else ""))
            month = following
        return ticks
