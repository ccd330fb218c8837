"""The audit of a ledger: stale sources, open conflicts, ending claims, and their use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.claim_references import claim_references
from launch_kits.inputs.ledger import Claim, Ledger
from launch_kits.inputs.yaml_source import Location
from launch_kits.workdays.partial_dates import end_of_period

__all__ = [
    "Ending",
    "Stale",
    "endings",
    "ends_on",
    "open_conflicts",
    "proofs_in",
    "stale",
]


@dataclass(frozen=True, slots=True)
class Stale:
    """A card past its review, or a source that is too old."""

    #: ``card`` or ``source``
    what: str
    #: the card's id, or the source's name
    id: str
    #: the day of the review, or the date of the source: partial, or ``unknown``
    as_of: str
    #: the first day on which it was stale; None for a source of unknown date
    since: date | None
    #: ids of the lines that cite the source and still hold
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """A claim that has ended, or ends soon."""

    section: str
    claim: Claim
    #: the last day on which it holds; None if that is not known
    last_day: date | None
    ended: bool


def stale(ledger: Ledger, *, today: date) -> Iterator[Stale]:
    """Yield the card if its review is overdue, and all stale sources."""
    card = ledger.card
    if card.stale_on(today):
        yield Stale(
            "card",
            card.id,
            f"{card.verified_on}",
            card.next_review_on + timedelta(1),
            (),
        )
    for name, source in ledger.sources.items():
        if source.stale_on(today, after_days=card.stale_after_days):
            known = end_of_period(source.as_of)
            days = source.ages_in(card.stale_after_days) or 0
            since = known + timedelta(days + 1) if known else None
            yield Stale(
                "source", name, source.as_of, since, _resting_on(ledger, name, today)
            )


def _resting_on(ledger: Ledger, source: str, today: date) -> tuple[str, ...]:
    return tuple(
        claim.id
        for _, _, claim in ledger.each()
        if not claim.ended_by(today)
        and source in (*claim.src, *(src for each in claim.values for src in each.src))
    )


def open_conflicts(ledger: Ledger, *, today: date) -> Iterator[tuple[str, Claim]]:
    """Yield the conflicts that are not settled, each with its section."""
    for section, _, claim in ledger.each():
        if claim.subject and not claim.ended_by(today):
            yield section, claim


def endings(ledger: Ledger, *, today: date, within: int) -> Iterator[Ending]:
    """Yield the claims that have ended by a day, or end ``within`` days after it."""
    for section, _, claim in ledger.each():
        last_day = ends_on(claim)
        ended = claim.ended_by(today)
        if ended or (last_day is not None and (last_day - today).days <= within):
            yield Ending(section, claim, last_day, ended)


def ends_on(claim: Claim) -> date | None:
    """Return the last day on which a claim holds, or None if that is not known."""
    return end_of_period(claim.valid_until) if claim.valid_until else None


def proofs_in(brief: Brief, ref: str) -> list[tuple[Location, str]]:
    """List the parts of a brief that name a claim, such as ``redis.y4``.

    Returns the location of each reference, with the title of the part.
    """
    return [
        ((*named.refs_at, named.refs.index(ref)), named.title)
        for named in claim_references(brief)
        if ref in named.refs
    ]
