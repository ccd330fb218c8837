"""The project's own filters for templates: dates, numbers, lists, texts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Generic, NamedTuple, TypeVar

from jinja2 import pass_context, pass_environment
from jinja2.environment import Environment
from jinja2.runtime import Context

from launch_kits.claims.lines import PrintedClaim
from launch_kits.claims.similarity import stems
from launch_kits.documents.bounds import counted, fits, spend, spend_on, weighed
from launch_kits.documents.dates import day, long_day, style_of, time_zone, written_date
from launch_kits.documents.escaping import Markdown, link
from launch_kits.documents.networks import network_name, page_on
from launch_kits.documents.phrases import (
    article,
    behind,
    capitalized,
    dateline,
    ended,
    instead,
    lead_in,
    midsentence,
    sentence,
    told_of,
)
from launch_kits.documents.printing import plain, printed
from launch_kits.inputs.brand import DateStyle
from launch_kits.inputs.brief_parts import Price
from launch_kits.workdays import in_words

__all__ = ["FILTERS", "Group"]

T = TypeVar("T")
D = TypeVar("D", date, str)


class Group(NamedTuple, Generic[T]):
    """Things that share the value of an attribute."""

    grouper: object
    list: Sequence[T]


def number(value: float | int) -> str:  # noqa: PYI041 - a whole number stays one
    """Write a number with separators: ``750,000`` or ``1,234.5``."""
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:,}"


#: units that follow an amount as they are: ``USD 12 monthly``
_ADVERB = re.compile(
    r"(?:per|a|an|each|every|for|once|forever|monthly|quarterly|yearly|annually|one-time)\b",
    re.IGNORECASE,
)


def cost(price: Price) -> str:
    """Write a price in words: ``USD 12 per seat and month``, ``free forever``, ``on request``.

    Returns an empty text for a price that is not decided.
    """
    if price.text:
        return price.text
    if price.amount is None:
        return ""
    unit = (price.per or "").strip()
    if not price.amount:
        # free for a seat is free for any number of seats
        kept = unit.lower() == "forever" or unit.lower().startswith("for ")
        return f"free {unit}" if kept else "free"
    whole = f"{price.currency} {money(price.amount)}"
    if unit and not _ADVERB.match(unit):
        unit = f"per {unit}"
    return f"{whole} {unit}".strip()


def money(amount: float) -> str:
    """Write an amount of money: ``12.50``, ``1,200``."""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"


def joined(values: Iterable[object], separator: str = "") -> Markdown:
    """Join values, each escaped, with a separator that is Markdown."""
    parts = [printed(value) for value in counted(values, 1)]
    fits(sum(map(len, parts)) + len(separator) * len(parts))
    return Markdown(separator.join(parts))


def shortlist(lines: Sequence[PrintedClaim], words: int) -> Sequence[PrintedClaim]:
    """Keep the first lines that fit into a number of words.

    Returns at least one line if there are any.
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
    """Merge days, in order, into ranges that include both ends.

    A weekend does not end a range.
    """
    ranges: list[tuple[date, date]] = []
    for each in counted(days, 4):
        if ranges and _next_weekday(ranges[-1][1]) >= each:
            ranges[-1] = (ranges[-1][0], each)
        else:
            ranges.append((each, each))
    return ranges


def span(days: tuple[date, date], year_of: date) -> str:
    """Write two days as ``7-11 Dec``; a year is left out if it is that of another day."""
    first, last = days
    return in_words.span(first, last, today=year_of)


def _next_weekday(after: date) -> date:
    following = after + timedelta(1)
    if following.weekday() > calendar.FRIDAY:
        following += timedelta(7 - following.weekday())
    return following


def enumerated(values: Iterable[object]) -> Markdown:
    """Join values, each escaped, as a sentence does: ``one, two and three``."""
    parts = list(counted(values, 1))
    last = joined(parts[-1:])
    if len(parts) < 2:  # noqa: PLR2004 - one needs no "and"
        return last
    return Markdown(f"{joined(parts[:-1], ', ')} and {last}")


@pass_environment
def in_order(
    environment: Environment, things: Iterable[T], attribute: str
) -> list[Group[T]]:
    """Group things by an attribute, in the order given."""
    groups: dict[object, list[T]] = {}
    for thing in counted(things, 10):
        key = weighed(environment.getattr(thing, attribute))
        groups.setdefault(key, []).append(thing)
    return [Group(key, members) for key, members in groups.items()]


def link_to(url: str, text: str = "") -> Markdown:
    """Link to an http or https address, with a text or the address itself."""
    shown = str(plain(text or url))
    # each character of an address may be encoded on its own
    spend(3 * len(url) + len(shown))
    return link(url, shown)


def address(url: str) -> Markdown:
    """Link to an address, which is printed: a reader on paper can type it.

    Its scheme and a slash at its end are left out.
    """
    spend(4 * len(url))
    if url.startswith("mailto:"):
        return printed(url.removeprefix("mailto:"))
    shown = url.removeprefix("https://").removeprefix("http://").rstrip("/")
    return link(url, shown)


def handle(name: str, network: str) -> Markdown:
    """A company's name on a network: the address of its page, if the name tells it."""
    page = page_on(network, name)
    return address(page) if page else printed(name)


def covers(text: str, other: str, percent: int = 75) -> bool:
    """Whether a text has most of the words of another one, apart from small words."""
    spend_on(text)
    spend_on(other)
    asked = set(stems(other))
    shared = asked.intersection(stems(text))
    return bool(asked) and 100 * len(shared) >= percent * len(asked)


def safe(text: str) -> Markdown:
    """Mark a text as Markdown, which is printed as it is."""
    return Markdown(plain(text))


def forced(value: object) -> Markdown:
    """Escape a value, even if it is Markdown already."""
    return printed(str(plain(value)))


def _in_style(written: Callable[[D, DateStyle], str]) -> Callable[[Context, D], str]:
    """Make a filter of dates in the brief's style."""

    @pass_context
    def run(context: Context, value: D) -> str:
        return written(value, style_of(context.get("brief")))

    return run


FILTERS = {
    "day": _in_style(day),
    "long_day": _in_style(long_day),
    "time_zone": time_zone,
    "written_date": _in_style(written_date),
    "number": number,
    "cost": cost,
    "join": joined,
    "shortlist": shortlist,
    "span": span,
    "spans": spans,
    "sentence": sentence,
    "ended": ended,
    "lead_in": lead_in,
    "capitalized": capitalized,
    "midsentence": midsentence,
    "article": article,
    "behind": behind,
    "enumerated": enumerated,
    "instead": instead,
    "covers": covers,
    "groupby_in_order": in_order,
    "link": link_to,
    "address": address,
    "network": network_name,
    "handle": handle,
    "dateline": dateline,
    "told_of": told_of,
    "safe": safe,
    "e": printed,
    "escape": printed,
    "forceescape": forced,
}
