"""Statements of a brief that a reader may see: problems and promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from launch_kits.claims.marks import OWN_WORD
from launch_kits.claims.own_word import is_own_word
from launch_kits.claims.proofs import Supported
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.brief_parts import Commitment, Faq, Price
from launch_kits.inputs.content import Deal, Finding, Quote, Segment
from launch_kits.inputs.positioning import Attribute

__all__ = ["marks_for", "problems_for", "promises_for", "unsourced"]

#: notes a missing part: what, its place in the brief, the role that supplies it
Note = Callable[[str, str, str], object]


def problems_for(brief: Brief, reader: Audience, note: Note) -> Iterator[Finding]:
    """The problems that a reader may see; outside the company, those with a source."""
    for each in brief.research.problems:
        if not reader.may_read(each.audience):
            continue
        if reader is Audience.INTERNAL or each.source is not None:
            yield each
        else:
            note(f"a source of “{each.text}”", "research.problems.source", "")


def promises_for(brief: Brief, reader: Audience, note: Note) -> Iterator[Commitment]:
    """The promises that a reader may see; outside the company, our own word or with a source."""
    for each in brief.commitments:
        if not reader.may_read(each.audience):
            continue
        inside = reader is Audience.INTERNAL
        if inside or each.source is not None or is_own_word(each, brief):
            yield each
        else:
            what = f"a source of “{each.text}”"
            note(what, "commitments.source", each.role or "")


def unsourced(
    thing: Finding | Segment | Deal | Quote | Commitment, brief: Brief
) -> str:
    """The mark, for internal readers, of a statement that names no source."""
    own = isinstance(thing, Commitment) and is_own_word(thing, brief)
    return OWN_WORD if own else "not sourced"


def marks_for(
    thing: Supported[Attribute] | Supported[Price] | Supported[Faq], reader: Audience
) -> str:
    """The marks of a brief's line by its proofs; empty without any."""
    # the company states its own prices: they need no proof, and are no measurements
    if isinstance(thing.item, Price):
        return ""
    proved = thing.proofs or (isinstance(thing.item, Faq) and thing.item.source)
    if not thing.marks and not proved and reader is Audience.INTERNAL:
        return OWN_WORD if thing.own_word else "no proof yet"
    return "; ".join(thing.marks)
