"""Digests that would repeat the last one word for word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from launch_kits.database.records import Notice
from launch_kits.views.notices.digest import morning
from launch_kits.views.reader import Reader, iso_day
from launch_kits.workdays.hours import Hours

__all__ = ["repeats"]


def repeats(
    last: Notice | None, facts: Mapping[str, object], *, hours: Hours, today: date
) -> bool:
    """Return whether a digest would repeat the last one.

    ``facts`` are its own; the words of the last one are those of its day.

    ``hours`` are those of its reader, and ``today`` is their day.
    """
    day = iso_day(last.facts.get("day")) if last else None
    if last is None or day is None:
        return False
    return _words(last.facts, hours, day) == _words(facts, hours, today)


def _words(facts: Mapping[str, object], hours: Hours, day: date) -> list[str]:
    """Return the sentence and the lines of a digest; names are left out, as they stay the same."""
    found = morning(facts, reader=Reader(day, hours.zone, hours.calendar))
    items = (item.text for group in found.groups for item in group.items)
    rows = (value for row in found.rows for value in row.value)
    return [found.sentence, *items, *rows]
