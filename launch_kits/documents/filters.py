"""Small words for templates: dates, numbers, lists."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Generic, NamedTuple, TypeVar

from jinja2 import pass_environment
from jinja2.environment import Environment

from launch_kits.claims.lines import PrintedClaim
from launch_kits.documents.bounds import counted, fits, plain, printed, spend_on
from launch_kits.documents.escaping import Markdown, link

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
    return (
        f"{value:,.2f}".rstrip("0").rstrip(".")
        if isinstance(value, float)
        else f"{value:,}"
    )


def joined(values: Iterable[object], separator: str = "") -> Markdown:
    """The values, each escaped, with the template's own separator."""
    parts = [printed(value) for value in counted(values, 1)]
    fits(sum(map(len, parts)) + len(separator) * len(parts))
    return Markdown(separator.join(parts))


def shortlist(lines: Sequence[PrintedClaim], words: int) -> Sequence[PrintedClaim]:
    """The first lines, as many as so many words hold, and at least one.

    What a front page has room for.
    """
    kept = 0
    for line in lines:
        spend_on(line.text)
        words -= len(line.text.split())
        if words < 0 and kept:
            break
        kept += 1
    return lines[:kept]


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days in order as ranges, both ends included; a weekend does not break a range."""
    ranges: list[tuple[date, date]] = []
    for each in counted(days, 4):
        if ranges and _next_weekday(ranges[-1][1]) >= each:
            ranges[-1] = (ranges[-1][0], each)
        else:
            ranges.append((each, each))
    return ranges


def _next_weekday(after: date) -> date:
    following = after + timedelta(1)
    return (
        following + timedelta(7 - following.weekday())
        if following.weekday() > calendar.FRIDAY
        else following
    )


def sentence(text: str) -> str:
    """A text without its full stop, to go on after it."""
    spend_on(text)
    return text.strip().rstrip(".")


def capitalized(text: str) -> str:
    """A text with a capital first letter, the rest as it is."""
    spend_on(text)
    return text[:1].upper() + text[1:]


def article(noun: str) -> str:
    """``a`` or ``an``, as the word that follows sounds."""
    spend_on(noun)
    word = noun.strip().lower()
    if re.match(r"(?:eu|uni(?!n|m)|use|us[aeiou]|one\b|once\b|u[ -])", word):
        return "a"
    return "an" if re.match(r"[aeiou]|hour|honest|heir", word) else "a"


@pass_environment
def in_order(
    environment: Environment, things: Iterable[T], attribute: str
) -> list[Group[T]]:
    """The things grouped by an attribute, groups and things in the order given."""
    groups: dict[object, list[T]] = {}
    for thing in counted(things, 10):
        groups.setdefault(environment.getattr(thing, attribute), []).append(thing)
    return [Group(key, members) for key, members in groups.items()]


def link_to(url: str, text: str = "") -> Markdown:
    """A link to an http or https address, under a text or under the address itself."""
    spend_on(url)
    return link(url, str(plain(text or url)))


def safe(text: str) -> Markdown:
    """A text that is Markdown by the template's own word."""
    return Markdown(plain(text))


def forced(value: object) -> Markdown:
    """A value escaped, even where it is Markdown already."""
    return printed(str(plain(value)))


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
    "e": printed,
    "escape": printed,
    "forceescape": forced,
}
