"""Days, numbers and lists in words, for everything that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

__all__ = ["count", "day", "day_of", "days_in", "listed", "span"]

#: an ISO day on its own, with its weekday if that follows; not part of an instant, a name, an
#: option, an example of how to write one, or a command
_ISO_DAY = re.compile(
    r"`[^`]{0,300}`|--\w[\w-]{0,30} \S+"
    r"|(?<![\w./:\"'-])(?<!like )(\d{4}-\d\d-\d\d)(?![\w/\"'-]|[.:]\w)"
    r"(?: \((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\))?"
)


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def day(when: date, *, today: date | None = None) -> str:
    """Write a day as ``Thu 4 Feb``, or as ``Thu 4 Feb 2027``.

    The year is left out if it is today's. The language is English, whatever the locale.
    """
    year = "" if today and when.year == today.year else f" {when.year}"
    return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]}{year}"


def day_of(text: str) -> date | None:
    """Read a day as `day` writes it with its year; the weekday may be left out.

    Returns None for any other text, and for a day with a wrong weekday.
    """
    found = re.fullmatch(
        r"(?:([A-Z][a-z]{2}) )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})", text, re.ASCII
    )
    if found is None or found[3] not in _MONTHS:
        return None
    try:
        when = date(int(found[4]), _MONTHS.index(found[3]) + 1, int(found[2]))
    except ValueError:
        return None
    return when if found[1] in (None, _DAYS[when.weekday()]) else None


def days_in(text: str, *, today: date | None = None) -> str:
    """Write each ISO day of a sentence as `day` does, without a second weekday.

    Commands in backticks, values of options, names and instants stay as they are.
    """

    def written(found: re.Match[str]) -> str:
        try:
            return day(date.fromisoformat(found[1]), today=today)
        except (TypeError, ValueError):
            return found[0]

    return _ISO_DAY.sub(written, text)


def span(first: date, last: date, *, today: date) -> str:
    """Write days as ``7-11 Dec``, ``28 Dec-4 Jan 2027``, or ``7 Dec`` for a single one.

    Another year than today's is named, of both days if they are of two years.
    """
    end = f"{last.day} {_MONTHS[last.month - 1]}"
    end += f" {last.year}" if last.year != today.year else ""
    if first >= last:
        return end
    begin = f"{first.day}"
    if (first.year, first.month) != (last.year, last.month):
        begin += f" {_MONTHS[first.month - 1]}"
    if first.year not in (last.year, today.year):
        begin += f" {first.year}"
    return f"{begin}-{end}"


def count(number: int, noun: str, *, plural: str | None = None) -> str:
    """``1 working day``, ``3 working days``; ``plural`` is that of the noun, if irregular."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def listed(words: Iterable[str], *, most: int) -> list[str]:
    """The first of many, and how many more there are."""
    everything = list(words)
    if len(everything) <= most:
        return everything
    return [*everything[:most], f"and {len(everything) - most} more"]
