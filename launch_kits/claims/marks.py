"""The marks of a ledger's line, which tell its origin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from launch_kits.claims.lines import Mark
from launch_kits.claims.visibility import theirs_to_answer
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.ledger import Claim, Kind, Ledger

__all__ = ["OWN_WORD", "is_measured_by_us", "marks_of"]

#: the word for a line that is its own source
OWN_WORD = "our own word"

#: a figure that is measured, such as ``40%``, ``2x``, ``up to 30``; a version or a year is not
_MEASURED = re.compile(
    r"\d\s?(?:%|percent\b|x\b|\u00d7|k\b|ms\b|times\b|bytes\b|[km]?qps\b|million\b|billion\b)"
    r"|\b(?:up to|about|more than|less than|fewer than|at least|over)\s\d",
    re.IGNORECASE,
)


def marks_of(
    ledger: Ledger, claim: Claim, section: str, *, reader: Audience
) -> Iterator[Mark]:
    """Yield the marks that a reader must see with a line.

    Readers outside the company see our own figures and statements without a mark, because the
    document is ours; a footnote says who measured a figure.
    """
    if claim.kind is Kind.VENDOR_CLAIM:
        yield from _vendor(ledger, claim, section, reader=reader)
    elif claim.kind is Kind.INFERENCE:
        yield Mark.INFERENCE
    elif claim.kind is Kind.UNKNOWN and Mark.NOT_SOURCED not in claim.text.lower():
        yield Mark.NOT_SOURCED
    speaks_against = ledger.negative(claim) and not theirs_to_answer(ledger, claim)
    if speaks_against and claim.kind is not Kind.INFERENCE:
        yield Mark.NOT_THEIRS
    if claim.derived:
        yield Mark.DERIVED
    if claim.legal_review == "required":
        yield Mark.LEGAL_REVIEW


def _vendor(
    ledger: Ledger, claim: Claim, section: str, *, reader: Audience
) -> Iterator[Mark]:
    if not _is_ours(ledger, claim):
        has_number = re.search(r"\d", f"{claim.text} {claim.answer}")
        yield Mark.VENDOR_NUMBER if has_number else Mark.VENDOR_STATEMENT
    elif reader is Audience.INTERNAL:
        measured = is_measured_by_us(ledger, claim, section)
        yield Mark.OWN_NUMBER if measured else Mark.OWN_STATEMENT


def is_measured_by_us(ledger: Ledger, claim: Claim, section: str) -> bool:
    """Whether a line has a figure that we measured ourselves.

    The figures of a customer's story are the customer's, although we tell it.
    """
    return (
        claim.kind is Kind.VENDOR_CLAIM
        and section != "proof_points"
        and _is_ours(ledger, claim)
        and _MEASURED.search(f"{claim.text} {claim.answer or ''}") is not None
    )


def _is_ours(ledger: Ledger, claim: Claim) -> bool:
    makers = {ledger.sources[src].by for src in claim.src if src in ledger.sources}
    return "us" in makers and "them" not in makers
