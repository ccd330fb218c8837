"""Our own word about our own offer, which is its own source.

A company promises its warranty, notice period, support hours and prices itself. Superlatives,
figures of performance and statements about others are no promises: they need a source.
"""

from __future__ import annotations

import re

from launch_kits.claims.strong_words import SUPERLATIVE
from launch_kits.claims.subjects import short_name
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.brief_parts import Commitment, Faq

__all__ = ["is_own_word", "needs_source"]

#: a figure of performance, such as ``40 %``, ``2x``, ``5 ms`` or ``1.7 watts``
_FIGURE = re.compile(
    r"(?<![\d.,])\d[\d.,]*+\s?(?:%|percent\b|x\b|\u00d7|times\b|ms\b|milliseconds?\b|watts?\b|W\b|kWh\b|dB\b|fps\b"
    r"|[kKMGT]?i?(?:B|bit)(?:/s|ps|\b)|[kmKM]?qps\b|(?:requests|queries|operations)\b)"
    r"|(?<![\d.,])\d[\d.,]*+\s?(?:hours|h)\s(?:of\s)?(?:battery|play)",
)
#: words of money: a share of a price is no figure of performance
_OF_MONEY = re.compile(
    r"\b(?:discount|refund\w*|credit\w*|margin|off|price\w*|rebate|tax|VAT|deposit|fee\w*)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:better|cheaper|easier|faster|safer|simpler|slower|smaller|stronger|more\s\w{4,})"
    r"\s+than\b",
    re.IGNORECASE,
)


def is_own_word(item: Commitment | Faq, brief: Brief) -> bool:
    """Whether a line of a brief is our own word, and no source is needed for it.

    A promise is, and an answer that the brief calls our own word.
    """
    if isinstance(item, Faq):
        return (
            item.own_word and needs_source(f"{item.ask} {item.answer}", brief) is None
        )
    return needs_source(item.text, brief) is None


def needs_source(text: str, brief: Brief) -> str | None:
    """Return why a statement needs a source, although it is our own word; None if it needs none."""
    superlative = SUPERLATIVE.search(text)
    if superlative:
        return f'"{superlative[0]}" is a superlative'
    figure = None if _OF_MONEY.search(text) else _FIGURE.search(text)
    if figure:
        return f'"{figure[0]}" is a figure of performance'
    compared = _COMPARED.search(text)
    if compared:
        return f'"{compared[0]}" compares'
    for other in brief.positioning.alternatives:
        names = {other.name, short_name(other.ledger.card.them if other.ledger else "")}
        for name in sorted(filter(None, names)):
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
                return f"it speaks of {name}"
    return None
