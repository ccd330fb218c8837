"""Cards past their review, and sources that are too old to rely on, today or by the launch day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from launch_kits.claims.audit import Stale, stale
from launch_kits.errors import Fault
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.yaml_source import Yaml

__all__ = ["stale_card", "stale_sources"]

#: lines that a finding names
_MOST_NAMED = 5
#: days to a launch day from which on any source will have aged
_MOST_AHEAD = 365


def stale_card(ledger: Ledger, source: Yaml, *, today: date) -> Iterator[Fault]:
    """Yield a card whose review is overdue; one without any line is still to be written."""
    card = ledger.card
    if card.stale_on(today) and next(ledger.each(), None) is not None:
        message = (
            f'card "{card.id}" was last verified on {card.verified_on}, and its next review was '
            f"due on {card.next_review_on}: read its lines again and correct `verified_on`"
        )
        yield source.fault(("card", "verified_on"), "stale-card", message)


def stale_sources(
    ledger: Ledger, source: Yaml, *, today: date, launch_on: date | None = None
) -> Iterator[Fault]:
    """Yield sources on which lines rest that are stale today, or will be on the launch day.

    ``launch_on`` is the launch day of a brief that uses the ledger.
    """
    told = set()
    for found in _sources(ledger, today):
        told.add(found.id)
        yield _finding(source, found, "is stale")
    if launch_on is not None and 0 < (launch_on - today).days <= _MOST_AHEAD:
        for found in _sources(ledger, launch_on):
            if found.id not in told:
                by_then = f"will be stale on the launch day {launch_on}"
                yield _finding(source, found, by_then)


def _sources(ledger: Ledger, day: date) -> Iterator[Stale]:
    for found in stale(ledger, today=day):
        if found.what == "source" and found.claims:
            yield found


def _finding(source: Yaml, found: Stale, state: str) -> Fault:
    named = ", ".join(found.claims[:_MOST_NAMED])
    more = len(found.claims) - _MOST_NAMED
    named += f" and {more} more" if more > 0 else ""
    rest = "rests" if len(found.claims) == 1 else "rest"
    if found.since is None:
        message = (
            f'source "{found.id}" has no known date, so it counts as stale; {named} {rest} on it: '
            "find its date and correct `as_of`, or write `stale_after_days: never`"
        )
    else:
        message = (
            f'source "{found.id}" of {found.as_of} {state}; {named} {rest} on it: '
            "read it again and cite a newer version, or write `stale_after_days: never` "
            "if it does not age"
        )
    where = ("sources", found.id, "as_of")
    return source.fault(where, "stale-source", message)
