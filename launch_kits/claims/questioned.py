"""Claims in doubt: marked for internal readers, and held back from all others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from launch_kits.claims.doubtable import faq_ref
from launch_kits.claims.ledger_view import LedgerView
from launch_kits.claims.lines import Mark, PrintedClaim
from launch_kits.claims.proofs import Proof, Supported
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief_parts import Faq, Price
from launch_kits.inputs.positioning import Attribute

__all__ = ["NO_DOUBTS", "doubted_lines", "doubted_supports", "doubted_view"]

NO_DOUBTS: Mapping[str, Mark] = MappingProxyType({})

P = TypeVar("P", Attribute, Price, Faq)


def doubted_view(
    view: LedgerView, key: str, questioned: Mapping[str, Mark], *, reader: Audience
) -> LedgerView:
    """A ledger's view with its claims in doubt marked, or left out for outside readers.

    ``key`` is the alternative's; ``questioned`` has the marks of references such as ``redis.w3``.
    """
    ids = {
        ref.partition(".")[2]: mark
        for ref, mark in questioned.items()
        if ref.startswith(f"{key}.")
    }
    if not ids:
        return view
    sections = {
        name: tuple(_lines(lines, ids, reader=reader))
        for name, lines in view.sections.items()
    }
    changes = tuple(each for each in view.changes if each.line.id not in ids)
    if reader is Audience.INTERNAL:
        changes = tuple(
            replace(each, line=_marked(each.line, ids.get(each.line.id)))
            for each in view.changes
        )
    return replace(view, sections=sections, changes=changes)


def doubted_lines(
    lines: Sequence[tuple[str, PrintedClaim]],
    questioned: Mapping[str, Mark],
    *,
    reader: Audience,
) -> tuple[PrintedClaim, ...]:
    """Claims with their references, those in doubt marked or left out."""
    return tuple(
        _marked(line, questioned.get(ref))
        for ref, line in lines
        if ref not in questioned or reader is Audience.INTERNAL
    )


def doubted_supports(
    items: Sequence[Supported[P]], questioned: Mapping[str, Mark], *, reader: Audience
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
            doubt=_doubt(item.item, questioned),
        )
        for item in items
        if reader is Audience.INTERNAL or _doubt(item.item, questioned) is None
    ]
    return tuple(item for item in found if item.lines or not item.proofs)


def _doubt(item: object, questioned: Mapping[str, Mark]) -> Mark | None:
    """The mark of an entry of the FAQ that people doubt; None for any other line."""
    return questioned.get(faq_ref(item.ask)) if isinstance(item, Faq) else None


def _proof(proof: Proof, questioned: Mapping[str, Mark], *, reader: Audience) -> Proof:
    if proof.ref not in questioned or proof.line is None:
        return proof
    if reader is not Audience.INTERNAL:
        return Proof(proof.ref, None, "it is questioned")
    return Proof(proof.ref, _marked(proof.line, questioned[proof.ref]), None)


def _lines(
    lines: Sequence[PrintedClaim], ids: Mapping[str, Mark], *, reader: Audience
) -> list[PrintedClaim]:
    inside = reader is Audience.INTERNAL
    return [
        _marked(_brought_out(line, ids), ids.get(line.id))
        for line in lines
        if line.id not in ids or inside
    ]


def _brought_out(line: PrintedClaim, ids: Collection[str]) -> PrintedClaim:
    """A question to buyers, without the claim in doubt that it would bring out."""
    if line.brings_out is None or line.brings_out.id not in ids:
        return line
    return replace(line, brings_out=None)


def _marked(line: PrintedClaim, mark: Mark | None) -> PrintedClaim:
    if mark is None:
        return line
    marks = tuple(dict.fromkeys((*line.marks, mark)))
    return replace(line, marks=marks, for_customers=False)
