"""Missing parts of a document, and the people who supply them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from launch_kits.documents.escaping import escape
from launch_kits.documents.filters import capitalized

__all__ = ["Gap", "Rendered", "to_finish"]

#: the beginning of the place of a section, ``documents.TASK.sections.NAME``
_SECTIONS = "documents."


@dataclass(frozen=True, slots=True)
class Gap:
    """A missing part of a document."""

    #: such as ``the message in 50 words``
    what: str
    #: its place in the brief, such as ``messages.fifty``; ``claims.objections`` is a section of a
    #: ledger. Empty for a part that only the finished document has.
    where: str
    #: the person who supplies it
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document, and the parts that it lacks."""

    #: Markdown
    text: str
    gaps: tuple[Gap, ...] = ()
    #: the places of the parts without which it goes to no reader outside
    held_back: tuple[str, ...] = ()

    @property
    def lacks(self) -> tuple[str, ...]:
        """The places of the missing parts, such as ``press.place``, each once."""
        places = (gap.where for gap in self.gaps if gap.where)
        return tuple(dict.fromkeys((*self.held_back, *places)))


def to_finish(gaps: Iterable[Gap], *, named: bool) -> str:
    """The missing parts as a list under a heading, grouped by the person who supplies them.

    ``named`` tells the people; without it the one reader is the one who supplies all of it. Returns
    Markdown, which is empty without a gap.
    """
    by_person: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps:
        by_person.setdefault((gap.name, gap.email), []).append(gap)
    if not by_person:
        return ""
    lines = ["", "## To finish this document"]
    for (name, email), theirs in by_person.items():
        if named:
            lines += ["", f"**{escape(name)}** ({escape(email)})"]
        lines += ["", *_listed(theirs)]
    return "\n".join([*lines, ""])


def _listed(gaps: Iterable[Gap]) -> Iterator[str]:
    for gap in gaps:
        what = escape(capitalized(gap.what))
        yield f"- {what}{_place(gap.where)}"


def _place(where: str) -> str:
    """The place of a gap in words; empty for a part that is written into the document."""
    if not where:
        return ""
    if where.startswith(_SECTIONS):
        return f": section `{where.rpartition('.')[2]}`"
    if where.startswith("claims."):
        return f": `{where.removeprefix('claims.')}` in a ledger of claims"
    return f": `{where}` in the brief"
