"""Faults of a ledger that its model cannot see, each with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from launch_kits.errors import Fault, Suggestions
from launch_kits.inputs.ledger import SECTIONS, Claim, Kind, Ledger
from launch_kits.inputs.yaml_source import Location, Yaml

__all__ = ["ledger_faults"]


def ledger_faults(ledger: Ledger, source: Yaml) -> list[Fault]:
    """Find the faults that show only in the whole ledger.

    Returns unknown sources and claims, ids used twice, and lines without their keys.
    """
    faults: list[Fault] = []
    # in the ledger's order, each once: an id is looked up often
    ids = dict.fromkeys(claim.id for _, _, claim in ledger.each())
    hints = Suggestions()
    seen: set[str] = set()
    for section, index, claim in ledger.each():
        place: Location = (section, index)
        if claim.id in seen:
            message = f'duplicate claim id "{claim.id}"; rename one of them'
            faults.append(source.fault((*place, "id"), "duplicate-claim", message))
        seen.add(claim.id)
        faults.extend(_missing_keys(section, claim, source, place))
        faults.extend(_unknown_sources(ledger, claim, source, place, hints))
        faults.extend(_unknown_claims(ids, claim, source, place, hints))
    return faults


def _missing_keys(
    section: str, claim: Claim, source: Yaml, place: Location
) -> Iterator[Fault]:
    conflict = claim.kind is Kind.CONFLICT
    needed = SECTIONS["conflicts" if conflict else section]
    lacking = [key for key in needed if not getattr(claim, key)]
    if lacking:
        message = f'claim "{claim.id}" in {section} needs {" and ".join(lacking)}'
        yield source.fault(place, "missing", message)


def _unknown_sources(
    ledger: Ledger, claim: Claim, source: Yaml, place: Location, hints: Suggestions
) -> Iterator[Fault]:
    readings = (src for reading in claim.values for src in reading.src)
    for src in (*claim.src, *readings):
        if src not in ledger.sources:
            hint = hints.nearest(src, ledger.sources) or "; add it to sources"
            message = f'claim "{claim.id}" names unknown source "{src}"{hint}'
            yield source.fault((*place, "src"), "unknown-source", message)


def _unknown_claims(
    ids: Collection[str],
    claim: Claim,
    source: Yaml,
    place: Location,
    hints: Suggestions,
) -> Iterator[Fault]:
    for key in ("superseded_by", "exposes"):
        named = getattr(claim, key)
        if named is not None and named not in ids:
            hint = hints.nearest(named, ids) or "; name a line of this ledger"
            message = f'claim "{claim.id}": {key} names unknown claim "{named}"{hint}'
            yield source.fault((*place, key), "unknown-claim", message)
