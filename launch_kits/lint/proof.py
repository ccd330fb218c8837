"""Missing proof: attributes without a reason or proof, lines left out, cards without strengths."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from launch_kits.claims.proofs import left_out
from launch_kits.claims.visibility import hidden_because
from launch_kits.errors import Fault
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint.subject import LintSubject

__all__ = ["attributes", "hidden", "strengths"]


def attributes(subject: LintSubject) -> Iterator[Fault]:
    """Yield attributes that no alternative lacks, and attributes without a proof."""
    for at, attribute in enumerate(subject.brief.positioning.attributes):
        where = ("positioning", "attributes", at)
        if not attribute.lacked_by:
            message = (
                f'attribute "{attribute.key}" is lacked by no alternative, so it is '
                "no reason to choose you; "
                "name the alternatives that lack it under lacked_by, or claim it as parity"
            )
            yield subject.source.fault(where, "lacked-by-nobody", message)
        if not attribute.proof:
            message = (
                f'attribute "{attribute.key}" has no proof, so partners and customers '
                "do not see it; name claims under proof, such as redis.y4"
            )
            yield subject.source.fault(where, "attribute-without-proof", message)


def hidden(subject: LintSubject) -> Iterator[Fault]:
    """Yield lines that are left out for readers who may not see their proof."""
    for reader in Audience:
        for where, message in left_out(
            subject.brief, today=subject.today, reader=reader
        ):
            yield subject.source.fault(where, "left-out", message)


def strengths(ledger: Ledger, source: Yaml, *, today: date) -> Iterator[Fault]:
    """Yield a ledger without any strength of the competitor to print.

    A ledger without any line is still to be written, so it is skipped.
    """
    printed = (
        hidden_because(ledger, claim, today=today, reader=Audience.INTERNAL) is None
        for claim in ledger.their_strengths
    )
    if next(ledger.each(), None) is not None and not any(printed):
        message = (
            f'ledger "{ledger.card.id}" has no sourced line under their_strengths '
            "that still holds, so the battlecard "
            'has no "where they win"; add a strength of theirs'
        )
        yield source.fault(("their_strengths",), "no-strengths", message)
