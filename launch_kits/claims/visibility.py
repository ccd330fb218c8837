"""Visibility of claims: which may be printed for a reader, and why others may not."""

from __future__ import annotations

from datetime import date

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.ledger import Claim, Kind, Ledger

__all__ = ["hidden_because", "theirs_to_answer"]


def hidden_because(
    ledger: Ledger, claim: Claim, *, today: date, reader: Audience
) -> str | None:
    """Return why a line may not be printed for a reader on a day, or None if it may.

    A line needs a source, must not have ended, and must be meant for the reader. An inference is
    for internal readers alone. A negative statement needs a source of the competitor or a quote
    before other readers see it.
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
    return _kept_inside(ledger, claim, reader=reader)


def _kept_inside(ledger: Ledger, claim: Claim, *, reader: Audience) -> str | None:
    if not reader.may_read(claim.audience):
        return f"it is meant for {claim.audience} readers"
    if claim.kind is Kind.INFERENCE:
        return "it is an inference"
    if claim.legal_review == "required":
        return "its legal review is open"
    if ledger.negative(claim) and not theirs_to_answer(ledger, claim):
        return "it speaks against them without a source of theirs or a quote"
    return None


def theirs_to_answer(ledger: Ledger, claim: Claim) -> bool:
    """Return whether a statement has a source of the competitor or a quote."""
    return bool(claim.quote) or any(
        ledger.sources[src].by == "them" for src in claim.src if src in ledger.sources
    )
