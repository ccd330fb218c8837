"""Days, numbers and names as their reader would say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.in_words import count, day, listed, span

__all__ = [
    "Reader",
    "count",
    "day",
    "iso_day",
    "iso_instant",
    "listed",
    "span",
    "spelled",
    "work_days_in_words",
]


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of a message: their day, calendar and names.

    ``names`` has the people that messages speak of.
    """

    #: today, in their time zone
    today: date
    zone: ZoneInfo
    calendar: Calendar
    #: email → name
    names: Mapping[str, str] = field(default_factory=dict)
    #: slug → the reader's calendar in another launch that the message tells of
    calendars: Mapping[str, Calendar] = field(default_factory=dict)

    def inside(self, launch: str) -> Reader:
        """The same reader, who counts working days as in a launch."""
        calendar = self.calendars.get(launch)
        return self if calendar is None else replace(self, calendar=calendar)

    def name(self, email: str) -> str:
        """The name of a person; outside the team, their email."""
        return self.names.get(email, email)

    def day(self, when: date | datetime) -> str:
        """Write a day, or an instant's day for the reader."""
        if isinstance(when, datetime):
            when = when.astimezone(self.zone).date()
        return day(when, today=self.today)

    def span(self, first: date, last: date) -> str:
        """Write the days from the first to the last, as `span` does."""
        return span(first, last, today=self.today)

    def work(self, days: tuple[date, date], late: date | None) -> str:
        """Write the days of a task, as `work_days_in_words` does."""
        return work_days_in_words(days, late, today=self.today)

    def due(self, when: date) -> str:
        """``Thu 4 Feb, in 3 working days``.

        A day and how far it is, in the reader's own working days.
        """
        return f"{self.day(when)}, {self.distance(when)}"

    def latest(self, when: date) -> str:
        """``Thu 4 Feb at the latest, in 3 working days``: a due day with time planned before it."""
        return f"{self.day(when)} at the latest, {self.distance(when)}"

    def before(self, due: date) -> date:
        """The last working day before a due day, by which an answer about it is of use.

        It is today if that day is over.
        """
        return max(self.today, self.calendar.last_on_or_before(due - timedelta(1)))

    def distance(self, when: date) -> str:
        """``today``, ``tomorrow``, ``in 3 working days``, ``2 working days ago``.

        Plain days for days off.
        """
        apart = (when - self.today).days
        if -1 <= apart <= 1:
            return ("yesterday", "today", "tomorrow")[apart + 1]
        working = self.calendar.count(min(when, self.today), max(when, self.today))
        length = count(working, "working day") if working else count(abs(apart), "day")
        return f"in {length}" if apart > 0 else f"{length} ago"


def work_days_in_words(
    days: tuple[date, date], late: date | None, *, today: date
) -> str:
    """Write the days meant for a task, and the day on which it ends if that is ``late``.

    ``7-11 Dec, now 15 Dec``. Every list writes them so.
    """
    told = span(*days, today=today)
    if late is None or late <= days[1]:
        return told
    return f"{told}, now {span(late, late, today=today)}"


def iso_day(value: object) -> date | None:
    """A day that a fact holds as text, or None."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def iso_instant(value: object) -> datetime | None:
    """An aware instant that a fact holds as text, or None."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def spelled(email: str, people: Iterable[str | None]) -> str:
    """An email as the first of these people spells it, whatever its capitals.

    Returns it unchanged if it is none of theirs.
    """
    known = [person for person in people if person]
    if email in known:
        return email
    return next((each for each in known if each.lower() == email.lower()), email)
