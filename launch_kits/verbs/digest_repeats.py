"""Digests that would repeat the last one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from launch_kits.database.records import Notice
from launch_kits.plan.reminders import LATE_AGAIN
from launch_kits.views.notices.digest import morning
from launch_kits.views.reader import Reader, iso_day
from launch_kits.workdays.hours import Hours

__all__ = ["repeats"]


def repeats(
    last: Notice | None, facts: Mapping[str, object], *, hours: Hours, today: date
) -> bool:
    """Return whether a digest would repeat the last one, but for days that are counted from today.

    After a few working days those are worth telling, since an overdue task is told again then.
    ``facts`` are its own; the words of the last one are those of its day. ``hours`` are those of
    its reader, and ``today`` is their day.
    """
    day = iso_day(last.facts.get("day")) if last else None
    if last is None or day is None:
        return False
    again = hours.calendar.count(day, today) >= LATE_AGAIN
    kind = Reader if again else _Uncounted
    return _words(last.facts, kind(day, hours.zone, hours.calendar)) == _words(
        facts, kind(today, hours.zone, hours.calendar)
    )


class _Uncounted(Reader):
    """A reader to whom no day is counted from today."""

    __slots__ = ()

    def due(self, when: date) -> str:
        """A day alone."""
        return self.day(when)

    def distance(self, when: date) -> str:
        """A day alone: how far it is changes every day."""
        return self.day(when)


def _words(facts: Mapping[str, object], reader: Reader) -> list[str]:
    """Return the sentence and the lines of a digest; names are left out, as they stay the same."""
    found = morning(facts, reader=reader)
    items = (item.text for group in found.groups for item in group.items)
    rows = (value for row in found.rows for value in row.value)
    return [found.sentence, *items, *rows]
