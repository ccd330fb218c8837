"""Sources as footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from launch_kits.claims.lines import Cited
from launch_kits.documents.escaping import escape, link

__all__ = ["footnote", "source_list"]

#: a source's ``by`` → the words for it, from the reader's point of view
_BY = {"us": "ours", "them": "theirs", "other": "third party"}


def source_list(sources: Sequence[Cited], *, plain: bool) -> str:
    """List sources as numbered Markdown footnotes under a heading.

    ``plain`` leaves out the details that only the keepers of a ledger need. Returns an empty text
    if there are no sources.
    """
    if not sources:
        return ""
    notes = [
        f"[^{number}]: {footnote(source, plain=plain)}"
        for number, source in enumerate(sources, 1)
    ]
    return "\n".join(["", "## Sources", "", *notes, ""])


@lru_cache(maxsize=4096)
def footnote(source: Cited, *, plain: bool) -> str:
    """The text of one footnote, as Markdown.

    ``plain`` leaves out the details that only the keepers of a ledger need.
    """
    title = source.title or _short(source.url)
    place = f"{link(source.url, title)}{_lines_of(source)}"
    dated = "date unknown" if source.as_of == "unknown" else source.as_of
    if plain:
        return f"{place}, {dated}"
    details = [
        _BY.get(source.by or "", ""),
        dated,
        str(escape(source.quality)),
        "**stale**" if source.stale else "",
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
