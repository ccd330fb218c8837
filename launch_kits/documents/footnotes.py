"""Sources as footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlsplit

from launch_kits.claims.lines import Cited
from launch_kits.documents.dates import written_date
from launch_kits.documents.escaping import escape, link
from launch_kits.inputs.brand import DateStyle
from launch_kits.inputs.links import is_web_link
from launch_kits.workdays.partial_dates import end_of_period

__all__ = ["better", "footnote", "source_list"]

#: a source's ``by`` → the words for it, from the reader's point of view
_BY = {"us": "ours", "them": "theirs", "other": "third party"}


def source_list(
    sources: Sequence[Cited],
    *,
    plain: bool,
    company: str | None = None,
    dates: DateStyle = DateStyle.DAY_FIRST,
) -> str:
    """List sources as numbered Markdown footnotes under a heading.

    ``plain`` leaves out the details that only the keepers of a ledger need. ``company`` measured
    our figures, if it has a name beside the product's. Returns an empty text if there are no
    sources.
    """
    if not sources:
        return ""
    notes = []
    for number, source in enumerate(sources, 1):
        told = source
        if company and source.measured_by:
            told = replace(source, measured_by=company)
        notes.append(f"[^{number}]: {footnote(told, plain=plain, dates=dates)}")
    return "\n".join(["", "## Sources", "", *notes, ""])


def better(first: Cited, second: Cited) -> Cited:
    """The later of two readings of a page, with the facts of both."""
    days = (end_of_period(first.as_of), end_of_period(second.as_of))
    later = second if days[1] and (not days[0] or days[1] > days[0]) else first
    return replace(
        later,
        title=later.title or first.title or second.title,
        measured_by=first.measured_by or second.measured_by,
    )


@lru_cache(maxsize=4096)
def footnote(
    source: Cited, *, plain: bool, dates: DateStyle = DateStyle.DAY_FIRST
) -> str:
    """The text of one footnote, as Markdown.

    ``plain`` leaves out the details that only the keepers of a ledger need.
    """
    title = source.title or _short(source.url)
    named = plain and source.title and not is_web_link(source.url)
    # readers outside cannot go to a place that is not on the web
    shown = escape(title) if named else link(source.url, title)
    place = f"{shown}{_lines_of(source)}"
    dated = written_date(source.as_of, dates)
    if plain:
        measured = escape(source.measured_by)
        by = f"figures measured by {measured}" if measured else ""
        return ", ".join(part for part in (place, dated, by) if part)
    details = [
        _BY.get(source.by or "", ""),
        dated or "date unknown",
        str(escape(source.quality)),
    ]
    return f"{place}: {', '.join(detail for detail in details if detail)}"


def _lines_of(source: Cited) -> str:
    """The lines of the source that are cited, such as ``, lines 3-5``."""
    if source.line is None:
        return ""
    noun = "lines" if re.search(r"[-,]", source.line) else "line"
    return str(escape(f", {noun} {source.line}"))


def _short(url: str) -> str:
    """The host of an address and the last step of its path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    steps = [step for step in parts.path.split("/") if step]
    if not parts.netloc or not steps:
        return parts.netloc or url
    between = ["…"] if len(steps) > 1 else []
    return "/".join([parts.netloc, *between, steps[-1]])
