"""Missing parts of a document, and the people who supply them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from launch_kits.documents.escaping import escape
from launch_kits.documents.facts import Facts
from launch_kits.documents.phrases import capitalized
from launch_kits.inputs.audience import Audience

__all__ = ["TO_FINISH", "Gap", "Rendered", "gap_of", "to_finish"]

#: the heading of the missing parts
TO_FINISH = "To finish this document"

#: the beginning of the place of a section, ``documents.TASK.sections.NAME``
_SECTIONS = "documents."
#: the beginnings of places whose lines name the audience that may read them
_FOR_READERS = ("claims.", "faq", "quotes", "research.problems")
#: the end of a place whose line may be read, once it has a source
_SOURCE = ".source"


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


def gap_of(
    facts: Facts, what: str, where: str, *, role: str = "", section: str = ""
) -> Gap:
    """A missing part of the document of `facts`, with the person who supplies it.

    ``where`` is its place in the brief, by default the ``section`` that the brief may write;
    ``role`` is by default the owner of the document.
    """
    task = facts.task
    if section and not where and task:
        where = f"{_SECTIONS}{task.key}.sections.{section}"
    limited = where.startswith(_FOR_READERS) and not where.endswith(_SOURCE)
    if facts.audience is not Audience.INTERNAL and limited:
        # the ledger may have such a part, for narrower audiences
        what = f"{what}; {facts.audience}s must be allowed to read it"
    if task and not role:
        return Gap(what, where, task.owner_name, task.owner)
    holder = facts.brief.holder(role or "pmm")
    return Gap(what, where, holder.name, holder.email)


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
    lines = ["", f"## {TO_FINISH}"]
    for (name, email), theirs in by_person.items():
        if named:
            lines += ["", f"**{escape(name)}** ({escape(email)})"]
        lines += ["", *_listed(theirs)]
    return "\n".join([*lines, ""])


def _listed(gaps: Iterable[Gap]) -> Iterator[str]:
    for gap in gaps:
        what = escape(capitalized(gap.what))
        place = _place(gap.where)
        yield f"- {what} ({place})" if place else f"- {what}"


def _place(where: str) -> str:
    """The place of a gap in words; empty for a part that is written into the document."""
    if not where:
        return ""
    if where.startswith(_SECTIONS):
        return f"section `{where.rpartition('.')[2]}`"
    if where.startswith("claims."):
        return f"`{where.removeprefix('claims.')}` in a ledger of claims"
    return f"`{where}` in the brief"
