"""What proves a line of the brief, and which lines a reader may not see for want of a proof they may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from launch_kits.claims.ledger_view import Same, view_ledger
from launch_kits.claims.lines import PrintedClaim
from launch_kits.claims.visibility import hidden_because
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.brief_parts import Faq, Price
from launch_kits.inputs.ledger import Kind
from launch_kits.inputs.positioning import Attribute
from launch_kits.inputs.yaml_source import Location

__all__ = ["Proof", "Supported", "left_out", "prove", "supported"]

#: proofs kept: those of some launches, read by three circles
KEPT = 2048

P = TypeVar("P", Attribute, Price, Faq)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a reader may see of a claim that the brief names, such as ``redis.y4``."""

    ref: str
    line: PrintedClaim | None
    #: why there is no line to see; None where there is one
    missing: str | None


@dataclass(frozen=True, slots=True)
class Supported(Generic[P]):
    """A line of the brief that may be printed, with the claims that prove it to its reader."""

    item: P
    proofs: tuple[Proof, ...]

    @property
    def lines(self) -> tuple[PrintedClaim, ...]:
        """The claims that the reader may see."""
        return tuple(proof.line for proof in self.proofs if proof.line)


def prove(
    brief: Brief, refs: Sequence[str], *, today: date, reader: Audience
) -> tuple[Proof, ...]:
    """What each reference shows a reader on a day.

    An open conflict and what is not sourced prove nothing.
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
    """The lines that a reader may see on a day.

    Meant for them, and proved by nothing or by a claim they may see.
    """
    meant = [item for item in items if _is_meant(item, reader)]
    proved = [
        Supported(item, prove(brief, item.proof, today=today, reader=reader))
        for item in meant
    ]
    return tuple(line for line in proved if line.lines or not line.proofs)


def _is_meant(item: Attribute | Price | Faq, reader: Audience) -> bool:
    return not isinstance(item, Faq) or reader.may_read(item.audience)


def left_out(
    brief: Brief, *, today: date, reader: Audience
) -> list[tuple[Location, str]]:
    """The attributes, prices and answers that are left out for a reader although they are meant for
    them.

    A line proved only by claims that its reader may not see is left out. Gives where each stands in
    the brief, and why; a persona's objections are named where internal readers miss them, since
    then everybody does.
    """
    return [
        *_lines_left_out(brief, today, reader),
        *_objections_left_out(brief, today, reader),
    ]


def _lines_left_out(
    brief: Brief, today: date, reader: Audience
) -> Iterator[tuple[Location, str]]:
    lines: list[tuple[Location, str, Attribute | Price | Faq]] = [
        *(
            (("positioning", "attributes", index), f'attribute "{item.key}"', item)
            for index, item in enumerate(brief.positioning.attributes)
        ),
        *(
            (("pricing", index), f'price "{item.plan}"', item)
            for index, item in enumerate(brief.pricing)
        ),
        *(
            (("faq", index), f'answer to "{item.ask}"', item)
            for index, item in enumerate(brief.faq)
        ),
    ]
    for where, what, item in lines:
        proofs = prove(brief, item.proof, today=today, reader=reader)
        if (
            proofs
            and _is_meant(item, reader)
            and not any(proof.line for proof in proofs)
        ):
            yield (
                where,
                f"{what} is left out for {reader} readers, who may not see its proof: {_reasons(proofs)}",
            )


def _objections_left_out(
    brief: Brief, today: date, reader: Audience
) -> Iterator[tuple[Location, str]]:
    if reader is not Audience.INTERNAL:
        return
    for index, persona in enumerate(brief.personas):
        for at, proof in enumerate(
            prove(brief, persona.objections, today=today, reader=reader)
        ):
            if proof.line is None:
                message = f'objection of persona "{persona.key}" is left out: {_reasons([proof])}'
                yield ("personas", index, "objections", at), message


def _reasons(proofs: Sequence[Proof]) -> str:
    reasons = ", ".join(f"{proof.ref} ({proof.missing})" for proof in proofs)
    return f"{reasons}; name a claim they may see, or take the line out"
