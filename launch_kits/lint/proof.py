"""What stands on nothing.

Attributes nobody lacks or proves, lines left out, cards without their strengths.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from launch_kits.claims.proofs import left_out
from launch_kits.claims.visibility import hidden_because
from launch_kits.errors import Fault
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint.subject import Subject

__all__ = ["attributes", "hidden", "strengths"]


def attributes(subject: Subject) -> Iterator[Fault]:
    """Attributes that no alternative lacks, and attributes without a proof."""
    for at, attribute in enumerate(subject.brief.positioning.attributes):
        where = ("positioning", "attributes", at)
        if not attribute.lacked_by:
            message = (
                f'attribute "{attribute.key}" is lacked by no alternative, so it is no reason to choose you; '
                "name under lacked_by who lacks it, or claim it as parity"
            )
            yield subject.source.fault(where, "lacked-by-nobody", message)
        if not attribute.proof:
            message = f'attribute "{attribute.key}" has no proof; name claims under proof, such as redis.y4'
            yield subject.source.fault(where, "attribute-without-proof", message)


def hidden(subject: Subject) -> Iterator[Fault]:
    """Lines that are left out for a reader who may not see their proof."""
    for reader in Audience:
        for where, message in left_out(
            subject.brief, today=subject.today, reader=reader
        ):
            yield subject.source.fault(where, "left-out", message)


def strengths(ledger: Ledger, source: Yaml, *, today: date) -> Iterator[Fault]:
    """A ledger of which a battlecard would print no "where they win".

    One without any line is yet to be written.
    """
    printed = (
        hidden_because(ledger, claim, today=today, reader=Audience.INTERNAL) is None
        for claim in ledger.their_strengths
    )
    if next(ledger.each(), None) is not None and not any(printed):
        message = (
            f'ledger "{ledger.card.id}" has no sourced line under their_strengths that still holds, so the battlecard '
            "has no “where they win”; write down what they are good at"
        )
        yield source.fault(("their_strengths",), "no-strengths", message)
