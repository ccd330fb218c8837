"""Small words for templates: dates, numbers, lists."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Generic, NamedTuple, TypeVar

from launch_kits.documents.escaping import Markdown, escape, link
from launch_kits.lines import Line

__all__ = ["FILTERS", "Group"]

T = TypeVar("T")


#: whatever the language of the machine is
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Group(NamedTuple, Generic[T]):
    """Things that have something in common."""

    grouper: object
    list: Sequence[T]


def day(value: date) -> str:
    """``Tue 2027-03-02``: the weekday tells at a glance what a date alone does not."""
    return f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[value.weekday()]} {value.isoformat()}"


def long_day(value: date) -> str:
    """``2 March 2027``, as running text has it."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def number(value: float | int) -> str:  # noqa: PYI041 - a whole number stays one
    """``750,000`` or ``1,234.5``."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


def joined(values: Iterable[object], separator: str = "") -> Markdown:
    """The values, each escaped, with the template's own separator."""
    return Markdown(separator.join([escape(value) for value in values]))


def shortlist(lines: Sequence[Line], words: int) -> Sequence[Line]:
    """The first lines, as many as so many words hold, and at least one: what a front page has room for."""
    kept = 0
    for line in lines:
        words -= len(line.text.split())
        if words < 0 and kept:
            break
        kept += 1
    return lines[:kept]


def spans(days: Sequence[date]) -> list[tuple[date, date]]:
    """Days in order as ranges, both ends included; a weekend does not break a range."""
    ranges: list[tuple[date, date]] = []
    for each in days:
        if ranges and _next_weekday(ranges[-1][1]) >= each:
            ranges[-1] = (ranges[-1][0], each)
        else:
            ranges.append((each, each))
    return ranges


def _next_weekday(after: date) -> date:
    following = after + timedelta(1)
    return following + timedelta(7 - following.weekday()) if following.weekday() > calendar.FRIDAY else following


def sentence(text: str) -> str:
    """A text without its full stop, to go on after it."""
    return text.strip().rstrip(".")


def capitalized(text: str) -> str:
    """A text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def article(noun: str) -> str:
    """``a`` or ``an``, as the word that follows sounds."""
    word = noun.strip().lower()
    if re.match(r"(?:eu|uni(?!n|m)|use|us[aeiou]|one\b|once\b|u[ -])", word):
        return "a"
    return "an" if re.match(r"[aeiou]|hour|honest|heir", word) else "a"


def in_order(things: Sequence[T], attribute: str) -> list[Group[T]]:
    """The things grouped by an attribute, groups and things in the order given."""
    groups: dict[object, list[T]] = {}
    for thing in things:
        groups.setdefault(getattr(thing, attribute), []).append(thing)
    return [Group(key, members) for key, members in groups.items()]


def link_to(url: str, text: str = "") -> Markdown:
    """A link to an http or https address, under a text or under the address itself."""
    return link(url, text or url)


def safe(text: str) -> Markdown:
    """A text that is Markdown by the template's own word."""
    return Markdown(text)


FILTERS = {
    "day": day,
    "long_day": long_day,
    "number": number,
    "join": joined,
    "shortlist": shortlist,
    "spans": spans,
    "sentence": sentence,
    "capitalized": capitalized,
    "article": article,
    "groupby_in_order": in_order,
    "link": link_to,
    "safe": safe,
    "e": escape,
    "escape": escape,
    "forceescape": lambda value: escape(str(value)),
}
