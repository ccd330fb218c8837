"""Claims in doubt: marked for internal readers, and held back from all others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from launch_kits.claims.doubtable import faq_ref
from launch_kits.claims.ledger_view import LedgerView
from launch_kits.claims.lines import Mark, PrintedClaim
from launch_kits.claims.proofs import Proof, Supported
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief_parts import Faq, Price
from launch_kits.inputs.positioning import Attribute

__all__ = ["doubted_lines", "doubted_supports", "doubted_view"]

P = TypeVar("P", Attribute, Price, Faq)


def doubted_view(
    view: LedgerView, key: str, questioned: Collection[str], *, reader: Audience
) -> LedgerView:
    """A ledger's view with its claims in doubt marked, or left out for outside readers.

    ``key`` is the alternative's; ``questioned`` has references such as ``redis.w3``.
    """
    ids = {ref.partition(".")[2] for ref in questioned if ref.startswith(f"{key}.")}
    if not ids:
        return view
    sections = {
        name: tuple(_lines(lines, ids, reader=reader))
        for name, lines in view.sections.items()
    }
    changes = tuple(each for each in view.changes if each.line.id not in ids)
    if reader is Audience.INTERNAL:
        changes = tuple(
            replace(each, line=_marked(each.line)) if each.line.id in ids else each
            for each in view.changes
        )
    return replace(view, sections=sections, changes=changes)


def doubted_lines(
    lines: Sequence[tuple[str, PrintedClaim]],
    questioned: Collection[str],
    *,
    reader: Audience,
) -> tuple[PrintedClaim, ...]:
    """Claims with their references, those in doubt marked or left out."""
    return tuple(
        _marked(line) if ref in questioned else line
        for ref, line in lines
        if ref not in questioned or reader is Audience.INTERNAL
    )


def doubted_supports(
    items: Sequence[Supported[P]], questioned: Collection[str], *, reader: Audience
) -> tuple[Supported[P], ...]:
    """Lines of the brief of which some are in doubt, or some of their proofs.

    Those are marked. For outside readers a line in doubt goes, and one of which no proof is left.
    """
    if not questioned:
        return tuple(items)
    found = [
        replace(
            item,
            proofs=tuple(
                _proof(each, questioned, reader=reader) for each in item.proofs
            ),
            questioned=_is_doubted(item.item, questioned),
        )
        for item in items
        if reader is Audience.INTERNAL or not _is_doubted(item.item, questioned)
    ]
    return tuple(item for item in found if item.lines or not item.proofs)


def _is_doubted(item: object, questioned: Collection[str]) -> bool:
    """Whether a line is an entry of the FAQ that people doubt."""
    return isinstance(item, Faq) and faq_ref(item.ask) in questioned


def _proof(proof: Proof, questioned: Collection[str], *, reader: Audience) -> Proof:
    if proof.ref not in questioned or proof.line is None:
        return proof
    if reader is not Audience.INTERNAL:
        return Proof(proof.ref, None, "it is questioned")
    return Proof(proof.ref, _marked(proof.line), None)


def _lines(
    lines: Sequence[PrintedClaim], ids: Collection[str], *, reader: Audience
) -> list[PrintedClaim]:
    inside = reader is Audience.INTERNAL
    return [
        _marked(_brought_out(line, ids)) if line.id in ids else _brought_out(line, ids)
        for line in lines
        if line.id not in ids or inside
    ]


def _brought_out(line: PrintedClaim, ids: Collection[str]) -> PrintedClaim:
    """A question to buyers, without the claim in doubt that it would bring out."""
    if line.brings_out is None or line.brings_out.id not in ids:
        return line
    return replace(line, brings_out=None)


def _marked(line: PrintedClaim) -> PrintedClaim:
    marks = tuple(dict.fromkeys((*line.marks, Mark.QUESTIONED)))
    return replace(line, marks=marks, for_customers=False)
