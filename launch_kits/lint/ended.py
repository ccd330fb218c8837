"""Claims that have ended, or end before the launch day, and proofs that name them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from launch_kits.claims.audit import ends_on
from launch_kits.errors import Fault
from launch_kits.inputs.claim_references import claim_references
from launch_kits.inputs.ledger import Claim, Ledger
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint.subject import LintSubject

__all__ = ["claims", "proofs"]

_REMEDY = (
    "read its source again and correct `valid_until`, or write the new claim and "
    "name it under `superseded_by`"
)


def claims(
    ledger: Ledger, source: Yaml, *, today: date, launch_on: date | None = None
) -> Iterator[Fault]:
    """Yield claims that are past their last day, or will be on the launch day.

    A claim that names its successor, or has another status, was ended on purpose. ``launch_on`` is
    the launch day of a brief that uses the ledger.
    """
    for section, at, claim in ledger.each():
        if claim.valid_until is None or claim.superseded_by or claim.status:
            continue
        state = None
        if claim.ended_by(today):
            state = f"ended on {ends_on(claim)}, and no document has it"
        elif launch_on is not None and claim.ended_by(launch_on):
            state = f"ends on {ends_on(claim)}, before the launch day"
        if state:
            message = f'claim "{claim.id}" {state}: {_REMEDY}'
            yield source.fault((section, at, "valid_until"), "ended-claim", message)


def proofs(subject: LintSubject) -> Iterator[Fault]:
    """Yield proofs of a brief that name a claim that has ended."""
    ledgers = {
        alternative.key: alternative.ledger
        for alternative in subject.brief.positioning.alternatives
    }
    for named in claim_references(subject.brief):
        for at, ref in enumerate(named.refs):
            key, _, claim_id = ref.partition(".")
            ledger = ledgers.get(key)
            claim = ledger.find(claim_id) if ledger else None
            if claim is not None and claim.ended_by(subject.today):
                message = f"{named.title} names {ref}, which has ended; {_instead(key, claim)}"
                yield subject.source.fault((*named.refs_at, at), "ended-claim", message)


def _instead(key: str, claim: Claim) -> str:
    if claim.superseded_by:
        return f"name {key}.{claim.superseded_by}, which took its place"
    return "name a claim that holds, or take it out"
