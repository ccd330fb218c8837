"""Titles of tasks.

Plain text with names in double braces, filled in from plain values, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from launch_kits.errors import suggest

__all__ = ["LONGEST", "fill_in", "title_faults", "without_names"]

#: characters of a title at most, as the kit writes it and filled in
LONGEST = 500

#: the whole grammar of double braces: ``{{ product }}``, ``{{ item.name }}``
NAME = re.compile(r"\{\{\s*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*\}\}", re.ASCII)
#: the signs that a template language would begin or end with
BRACES = re.compile(r"\{[{%#]|\}\}")
#: how much of a title a fault shows
SHOWN = 40


def fill_in(title: str, values: Mapping[str, str | None]) -> str:
    """The title in plain text, which each reader's format escapes.

    ``values`` are the names that it can use (``product``, ``item.name``); None shows nothing.
    Raises ValueError for a part that is neither plain text nor such a name, and for a title that
    grows too long.
    """
    for fault in title_faults(title, list(values)):
        raise ValueError(f'title "{_short(title)}" {fault}')
    filled = NAME.sub(lambda found: (values[found[1]] or "")[: LONGEST + 1], title)
    if len(filled) > LONGEST:
        raise ValueError(
            f'title "{_short(title)}" grows longer than {LONGEST} characters; '
            "name something shorter"
        )
    return filled


def title_faults(title: str, known: Sequence[str]) -> Iterator[str]:
    """Find the faults of a title.

    ``known`` are the names that it can use, such as ``product`` and ``item.name``.
    """
    if len(title) > LONGEST:
        yield f"is longer than {LONGEST} characters; shorten it"
        return
    braces = BRACES.search(without_names(title))
    if braces:
        yield (
            f"{_misuse(title, braces[0])}; a title takes {_listed(known)}, and nothing "
            "else in braces"
        )
        return
    for name in dict.fromkeys(NAME.findall(title)):
        if name not in known:
            yield f'uses unknown "{name}"{_why(name, known)}'


def without_names(title: str) -> str:
    """The title with a blank for each name in double braces."""
    return NAME.sub(" ", title)


def _misuse(title: str, braces: str) -> str:
    """The fault of a part that is not a name, by its opening braces."""
    if braces == "{%":
        return "holds a statement ({% … %})"
    if braces == "{#":
        return "holds a comment ({# … #})"
    if braces == "}}":
        return "has }} without {{ before it"
    inside, closed, _ = NAME.sub(" ", title).partition("{{")[2].partition("}}")
    if not closed:
        return "has {{ without }} behind it"
    return f'holds "{{{{ {_short(inside.strip())} }}}}", which is not a name'


def _why(name: str, known: Sequence[str]) -> str:
    if name.partition(".")[0] == "item" and not any(
        each.startswith("item.") for each in known
    ):
        return " (it has no `each`)"
    nearest = "" if name == "item" else suggest(name, known)
    return nearest or f"; known: {', '.join(known)}"


def _listed(known: Sequence[str]) -> str:
    return ", ".join(f"{{{{ {name} }}}}" for name in known)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
