"""The subject of a ledger's line: us, the competitor, or neither."""

from __future__ import annotations

import re
from typing import Literal

from launch_kits.inputs.ledger import Card, Claim, Ledger

__all__ = ["nameless", "names_them", "short_name", "subject_of"]

#: the sections whose lines are about one of the two, unless a line says otherwise
_ABOUT: dict[str, Literal["us", "them"]] = {
    "their_strengths": "them",
    "their_weaknesses": "them",
    "our_weaknesses": "us",
    "why_we_win": "us",
    "proof_points": "us",
}
#: the shortest first word by which a product is known, such as ``Redis``
_KNOWN_BY = 4


def subject_of(
    ledger: Ledger, claim: Claim, section: str
) -> Literal["us", "them"] | None:
    """The subject of a line; None if it is about both or neither.

    The line's own ``about`` comes first, then its section. In the other sections of statements the
    name in the text tells, and last the makers of the sources.
    """
    if claim.about == "market":
        return None
    if claim.about or section in _ABOUT:
        return claim.about or _ABOUT[section]
    if section not in ("overview", "pricing"):
        return None
    card = ledger.card
    ours = _names(claim.text, card.us, card.them)
    theirs = _names(claim.text, card.them, card.us)
    if ours != theirs:
        return "us" if ours else "them"
    makers = {ledger.sources[src].by for src in claim.src if src in ledger.sources}
    if makers == {"us"}:
        return "us"
    return None if ours else "them"


def names_them(card: Card, text: str) -> bool:
    """Whether a text names the competitor of a card."""
    return _names(text, card.them, card.us)


def nameless(ledger: Ledger, claim: Claim, section: str) -> str:
    """The competitor's name if a line about it does not have it; empty if not."""
    about_them = subject_of(ledger, claim, section) == "them"
    if not about_them or names_them(ledger.card, claim.text):
        return ""
    return short_name(ledger.card.them)


def short_name(name: str) -> str:
    """The first of the names of a product, such as ``A`` of ``A / B``."""
    return name.partition(" / ")[0].strip()


def _names(text: str, product: str, other: str) -> bool:
    words = _words(text)
    spelled = [_words(name) for name in product.split("/")]
    if spelled[0]:
        first = spelled[0][0]
        if len(first) >= _KNOWN_BY and first not in _words(other):
            spelled.append([first])
    joined = f" {' '.join(words)} "
    return any(name and f" {' '.join(name)} " in joined for name in spelled)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
