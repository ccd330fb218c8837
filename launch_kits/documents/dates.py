"""Dates and times of documents, in English, whatever the language of the machine."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo

from launch_kits.inputs.brand import DateStyle
from launch_kits.inputs.brief import Brief

__all__ = ["day", "long_day", "on_clock", "style_of", "time_zone", "written_date"]

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def style_of(brief: object) -> DateStyle:
    """The style of dates in the documents of a brief."""
    return brief.brand.dates if isinstance(brief, Brief) else DateStyle.DAY_FIRST


def day(value: date, style: DateStyle = DateStyle.DAY_FIRST) -> str:
    """Write a date with its weekday: ``Tue 2 March 2027`` or ``Tue, March 2, 2027``."""
    comma = "," if style is DateStyle.MONTH_FIRST else ""
    return f"{_WEEKDAYS[value.weekday()]}{comma} {long_day(value, style)}"


def long_day(value: date, style: DateStyle = DateStyle.DAY_FIRST) -> str:
    """Write a date for running text: ``2 March 2027`` or ``March 2, 2027``."""
    month = _MONTHS[value.month - 1]
    if style is DateStyle.MONTH_FIRST:
        return f"{month} {value.day}, {value.year}"
    return f"{value.day} {month} {value.year}"


def on_clock(planned: datetime, zone: tzinfo) -> str:
    """Write a time on the clocks of a time zone: ``09:00``, ``01:30 (+1 day)``."""
    local = planned.astimezone(zone)
    days = (local.date() - planned.date()).days
    if not days:
        return f"{local:%H:%M}"
    return f"{local:%H:%M} ({'+' if days > 0 else '-'}{abs(days)} day)"


def time_zone(name: str) -> str:
    """Write an IANA time zone in words: ``New York time``, ``UTC``, ``UTC+5``."""
    area, slash, place = name.partition("/")
    if area == "Etc" and slash:
        # POSIX counts the hours to UTC, people those from it
        found = re.fullmatch(r"GMT([+-])(\d+)", place)
        sign = {"+": "-", "-": "+"}
        return f"UTC{sign[found[1]]}{found[2]}" if found and int(found[2]) else "UTC"
    if not slash:
        return name
    return f"{place.rpartition('/')[2].replace('_', ' ')} time"


def written_date(value: str, style: DateStyle = DateStyle.DAY_FIRST) -> str:
    """Write a partial ISO date for running text: ``2 March 2027``, ``March 2027``, ``2027``.

    Returns an empty text for ``unknown``.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", value)
    if not match:
        return ""
    year, month, of_month = match.groups()
    if of_month:
        return long_day(date(int(year), int(month), int(of_month)), style)
    return f"{_MONTHS[int(month) - 1]} {year}" if month else year
