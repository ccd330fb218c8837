"""Visibility of claims: which may be printed for a reader, and why others may not."""

from __future__ import annotations

import re
from datetime import date

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.ledger import Claim, Kind, Ledger

__all__ = ["hidden_because", "theirs_to_answer"]

#: words of a subject that say little are shorter, or as long
_SHORT = 3


def hidden_because(
    ledger: Ledger, claim: Claim, *, today: date, reader: Audience
) -> str | None:
    """Return why a line may not be printed for a reader on a day, or None if it may.

    A line needs a source, must not have ended, and must be meant for the reader. An inference is
    for internal readers alone. A negative statement needs a source of the competitor or a quote
    before other readers see it. They see no line about which sources disagree.
    """
    if claim.ended_by(today):
        return "it is no longer true"
    if claim.kind is Kind.CONFLICT or claim.subject:
        sourced = any(ledger.sourced(reading.src) for reading in claim.values)
    else:
        sourced = claim.kind is Kind.UNKNOWN or ledger.sourced(claim.src)
    if not sourced:
        return "it has no source"
    if claim.exposes:
        exposed = ledger.find(claim.exposes)
        if exposed is None or exposed.ended_by(today):
            return f"what it brings out ({claim.exposes}) is no longer true"
    if reader is Audience.INTERNAL:
        return None
    return _kept_inside(ledger, claim, today=today, reader=reader)


def _kept_inside(
    ledger: Ledger, claim: Claim, *, today: date, reader: Audience
) -> str | None:
    if not reader.may_read(claim.audience):
        return f"it is meant for {claim.audience} readers"
    if claim.kind is Kind.INFERENCE:
        return "it is an inference"
    if claim.legal_review == "required":
        return "its legal review is open"
    if ledger.negative(claim) and not theirs_to_answer(ledger, claim):
        return "it speaks against them without a source of theirs or a quote"
    if _is_disputed(ledger, claim, today=today):
        return "sources disagree about it"
    return None


def _is_disputed(ledger: Ledger, claim: Claim, *, today: date) -> bool:
    """Return whether a line states one value of an open conflict as a fact.

    It has the words of that value and of no other one, and half of those of the subject: without
    the competitor's name, or with it if both have a source in common.
    """
    if claim.subject or claim.kind is Kind.CONFLICT:
        return False
    said = _words(claim.text)
    named = {*said, *_words(ledger.card.them)}
    for conflict in ledger.conflicts:
        if conflict.subject is None or conflict.ended_by(today):
            continue
        subject = {word for word in _words(conflict.subject) if len(word) > _SHORT}
        told = {str(reading.value) for reading in conflict.values}
        if sum(_has(said, _words(value)) for value in told) != 1:
            continue
        sources = {src for reading in conflict.values for src in reading.src}
        words = said if sources.isdisjoint(claim.src) else named
        if len(subject.intersection(words)) * 2 >= len(subject):
            return True
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _has(words: list[str], part: list[str]) -> bool:
    """Return whether some words follow each other in a text."""
    return bool(part) and f" {' '.join(part)} " in f" {' '.join(words)} "


def theirs_to_answer(ledger: Ledger, claim: Claim) -> bool:
    """Return whether a statement has a source of the competitor or a quote."""
    return bool(claim.quote) or any(
        ledger.sources[src].by == "them" for src in claim.src if src in ledger.sources
    )
