"""The proofs of a brief's lines, and the lines left out because their proof is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from launch_kits.claims.ledger_view import Same, view_ledger
from launch_kits.claims.lines import Mark, PrintedClaim
from launch_kits.claims.own_word import is_own_word
from launch_kits.claims.visibility import hidden_because
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.brief_parts import Faq, Persona, Price
from launch_kits.inputs.claim_references import ClaimReferences, claim_references
from launch_kits.inputs.ledger import Kind
from launch_kits.inputs.positioning import Attribute
from launch_kits.inputs.yaml_source import Location

__all__ = ["Proof", "Supported", "left_out", "prove", "supported", "unproven"]

#: proofs cached: those of some launches for three audiences
KEPT = 2048

P = TypeVar("P", Attribute, Price, Faq)


@dataclass(frozen=True, slots=True)
class Proof:
    """A claim that the brief names, such as ``redis.y4``, as a reader may see it."""

    ref: str
    line: PrintedClaim | None
    #: the reason that there is no line; None if there is one
    missing: str | None


@dataclass(frozen=True, slots=True)
class Supported(Generic[P]):
    """A printable line of the brief, with the claims that prove it."""

    item: P
    proofs: tuple[Proof, ...]
    #: the mark of a line that people doubt itself
    doubt: Mark | None = None
    #: whether it is our own word, which needs no source
    own_word: bool = False

    @property
    def lines(self) -> tuple[PrintedClaim, ...]:
        """The claims that the reader may see."""
        return tuple(proof.line for proof in self.proofs if proof.line)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of its proofs, each once, and the one of a line in doubt.

        If customers may see one of its proofs, they read the line: a proof that stays inside then
        marks itself alone, and not the line.
        """
        open_ones = [line for line in self.lines if line.for_customers]
        found = [mark for line in open_ones or self.lines for mark in line.marks]
        if self.doubt is not None:
            found.append(self.doubt)
        return tuple(dict.fromkeys(found))

    @property
    def for_customers(self) -> bool:
        """Whether it is an answer of the brief that customers may be told."""
        item: object = self.item
        return (
            isinstance(item, Faq)
            and self.doubt is None
            and item.audience is Audience.CUSTOMER
            and (
                item.source is not None
                or self.own_word
                or any(line.for_customers for line in self.lines)
            )
        )


def prove(
    brief: Brief, refs: Sequence[str], *, today: date, reader: Audience
) -> tuple[Proof, ...]:
    """Look up the claims that prove a line for a reader on a day.

    Returns a proof for each reference. Open conflicts and claims without a source prove nothing.
    """
    return tuple(_prove(brief, ref, today, reader) for ref in refs)


def _prove(brief: Brief, ref: str, today: date, reader: Audience) -> Proof:
    key, _, claim_id = ref.partition(".")
    ledger = next(
        (item.ledger for item in brief.positioning.alternatives if item.key == key),
        None,
    )
    return (
        _proof(Same(ledger), ref, claim_id, today, reader)
        if ledger
        else Proof(ref, None, "there is no such claim")
    )


@lru_cache(maxsize=KEPT)
def _proof(same: Same, ref: str, claim_id: str, today: date, reader: Audience) -> Proof:
    ledger = same.ledger
    claim = ledger.find(claim_id)
    if claim is None:
        return Proof(ref, None, "there is no such claim")
    why = hidden_because(ledger, claim, today=today, reader=reader)
    if why is None and claim.kind is Kind.UNKNOWN:
        why = "it is not sourced"
    line = (
        view_ledger(ledger, today=today, reader=reader).find(claim_id)
        if why is None
        else None
    )
    return Proof(ref, line, why if line or why else "it is an open conflict")


def supported(
    brief: Brief, items: Sequence[P], *, today: date, reader: Audience
) -> tuple[Supported[P], ...]:
    """Return the lines that a reader may see on a day.

    A line must be meant for the reader. If it names claims, the reader must see one of them. An
    attribute or an answer that names no proof is for internal readers alone, unless the answer is
    our own word.
    """
    inside = reader is Audience.INTERNAL
    meant = [
        item
        for item in items
        if _is_meant(item, reader) and (inside or _is_backed(item, brief))
    ]
    proved = [
        Supported(
            item,
            prove(brief, item.proof, today=today, reader=reader),
            own_word=_is_own(item, brief),
        )
        for item in meant
    ]
    return tuple(line for line in proved if line.lines or not line.proofs)


def unproven(brief: Brief, items: Sequence[P], *, reader: Audience) -> tuple[P, ...]:
    """Return the lines that readers outside do not get because they name no proof.

    Empty for internal readers, who see such a line with a mark.
    """
    if reader is Audience.INTERNAL:
        return ()
    return tuple(
        item
        for item in items
        if _is_meant(item, reader) and not _is_backed(item, brief)
    )


def _is_backed(item: Attribute | Price | Faq, brief: Brief) -> bool:
    """Whether a line names a proof or a source, or is the company's own word."""
    # the company states its own prices
    if isinstance(item, Price) or item.proof:
        return True
    sourced = isinstance(item, Faq) and item.source is not None
    return sourced or _is_own(item, brief)


def _is_own(item: object, brief: Brief) -> bool:
    return isinstance(item, Faq) and is_own_word(item, brief)


def _is_meant(item: Attribute | Price | Faq, reader: Audience) -> bool:
    return not isinstance(item, Faq) or reader.may_read(item.audience)


def left_out(
    brief: Brief, *, today: date, reader: Audience
) -> list[tuple[Location, str]]:
    """List the lines of a brief that are left out for a reader.

    They are attributes, prices and answers that are meant for the reader, who may see none of the
    claims that prove them. The objections of a persona are listed if internal readers miss them,
    since then all readers do. Returns the location of each in the brief, and the reason.
    """
    found: list[tuple[Location, str]] = []
    for named in claim_references(brief):
        item = named.item
        proofs = prove(brief, named.refs, today=today, reader=reader)
        if isinstance(item, Persona):
            if reader is Audience.INTERNAL:
                found += _objections_left_out(named, item, proofs)
        elif proofs and _is_meant(item, reader) and not any(map(_is_seen, proofs)):
            message = (
                f"{named.title} is left out for {reader} readers, "
                f"who may not see its proof: {_reasons(proofs)}"
            )
            found.append((named.item_at, message))
    return found


def _is_seen(proof: Proof) -> bool:
    return proof.line is not None


def _objections_left_out(
    named: ClaimReferences, persona: Persona, proofs: Sequence[Proof]
) -> Iterator[tuple[Location, str]]:
    for at, proof in enumerate(proofs):
        if not _is_seen(proof):
            message = (
                f'objection of persona "{persona.key}" is left out: {_reasons([proof])}'
            )
            yield (*named.refs_at, at), message


def _reasons(proofs: Sequence[Proof]) -> str:
    reasons = ", ".join(f"{proof.ref} ({proof.missing})" for proof in proofs)
    return f"{reasons}; name a claim they may see, or take the line out"
