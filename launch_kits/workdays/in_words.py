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
    weekday = _DAYS[when.weekday()]
    written = f"{weekday} {_in_month(when)}"
    if today is not None and when.year == today.year:
        return written
    return f"{written} {when.year}"


def _in_month(when: date) -> str:
    """Write a day as ``4 Feb``."""
    month = _MONTHS[when.month - 1]
    return f"{when.day} {month}"


def day_of(text: str) -> date | None:
    """Read a day as `day` writes it with its year; the weekday may be left out.

    Returns None for any other text, and for a day with a wrong weekday.
    """
    found = re.fullmatch(
        r"(?:([A-Z][a-z]{2}) )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})", text, re.ASCII
    )
    if found is None:
        return None
    weekday, number, month, year = found.groups()
    if month not in _MONTHS:
        return None
    try:
        when = date(int(year), _MONTHS.index(month) + 1, int(number))
    except ValueError:
        return None
    if weekday not in (None, _DAYS[when.weekday()]):
        return None
    return when


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
    end = _in_month(last)
    if last.year != today.year:
        end += f" {last.year}"
    if first >= last:
        return end
    same_month = (first.year, first.month) == (last.year, last.month)
    begin = str(first.day) if same_month else _in_month(first)
    if first.year not in (last.year, today.year):
        begin += f" {first.year}"
    return f"{begin}-{end}"


def count(number: int, noun: str, *, plural: str | None = None) -> str:
    """``1 working day``, ``3 working days``; ``plural`` is that of the noun, if irregular."""
    if number == 1:
        return f"{number} {noun}"
    return f"{number} {plural or noun + 's'}"


def listed(words: Iterable[str], *, most: int, noun: str = "") -> list[str]:
    """The first of many, and how many more there are; ``noun`` names one of them."""
    everything = list(words)
    more = len(everything) - most
    if more <= 0:
        return everything
    rest = count(more, f"more {noun}") if noun else f"{more} more"
    return [*everything[:most], f"and {rest}"]
