"""Lines of cards, and entries of the FAQ, as people doubt them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import normalize

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.brief_parts import Faq
from launch_kits.inputs.ledger import Claim, Ledger

__all__ = [
    "DoubtableLine",
    "doubtable_line",
    "doubtable_refs",
    "faq_ref",
    "is_faq",
    "of_entry",
]

#: the beginning of a reference of the FAQ
_FAQ = "faq."
#: the hex digits after it
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class DoubtableLine:
    """A line of a card, or an entry of the FAQ."""

    #: ``redis.w3``, or ``faq.`` and the digest of the question
    ref: str
    #: key of the competitor; of an entry, its reference
    card: str
    #: of the competitor; empty for an entry
    name: str
    #: of an entry the question and its answer
    text: str
    #: the claim or the entry itself: another one says something else, or rests on other sources
    stated: Claim | Faq
    ledger: Ledger | None = None


def faq_ref(question: str) -> str:
    """The reference of an entry of the FAQ.

    It stays the same if only capitals, spaces or signs of the question change.
    """
    words = " ".join(re.findall(r"\w+", normalize("NFKC", question).casefold()))
    return f"{_FAQ}{sha256(words.encode()).hexdigest()[:_DIGITS]}"


def is_faq(ref: str) -> bool:
    """Whether a reference is that of an entry of the FAQ."""
    return re.fullmatch(rf"faq\.[0-9a-f]{{{_DIGITS}}}", ref) is not None


def of_entry(entry: Faq) -> DoubtableLine:
    """An entry of the FAQ as a line."""
    ref = faq_ref(entry.ask)
    return DoubtableLine(ref, ref, "", f"{entry.ask} {entry.answer}", entry)


def doubtable_line(brief: Brief, ref: str) -> DoubtableLine | None:
    """Find the line with a reference; None without one."""
    key, _, claim_id = ref.partition(".")
    for each in brief.competitors():
        claim = each.ledger.find(claim_id) if each.ledger else None
        if each.key == key and claim is not None:
            return DoubtableLine(ref, key, each.name, claim.text, claim, each.ledger)
    entries = (each for each in brief.faq if faq_ref(each.ask) == ref)
    entry = next(entries, None)
    return of_entry(entry) if entry else None


def doubtable_refs(brief: Brief) -> list[str]:
    """The references of all lines of a brief."""
    claims = [
        f"{each.key}.{claim.id}"
        for each in brief.competitors()
        if each.ledger
        for _, _, claim in each.ledger.each()
    ]
    return [*claims, *(faq_ref(entry.ask) for entry in brief.faq)]
