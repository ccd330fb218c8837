"""A ledger as one reader may see it on one day; built once for all documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from launch_kits.claims.lines import (
    Cited,
    Conflict,
    Mark,
    PrintedClaim,
    Supersession,
    Value,
)
from launch_kits.claims.visibility import hidden_because, theirs_to_answer
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.ledger import SECTIONS, Card, Claim, Kind, Ledger, Source
from launch_kits.workdays.partial_dates import end_of_period

__all__ = ["LedgerView", "Same", "cited", "view_ledger"]

#: views kept: a launch has a handful of competitors, read by three circles
KEPT = 64


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A ledger as one reader may see it on one day."""

    card: Card
    #: whether the card's review is overdue
    stale: bool
    #: lines by section, in the ledger's order; every section has an entry
    sections: Mapping[str, tuple[PrintedClaim, ...]]
    conflicts: tuple[Conflict, ...]
    changes: tuple[Supersession, ...]
    #: ids of lines that ended without a printable replacement
    ended: tuple[str, ...]
    #: number of lines held back by reason, without ended ones
    held_back: Mapping[str, int]
    #: one review period before the card was last verified
    since: date
    #: the sources behind the lines that are younger than ``since``, latest first
    new_sources: tuple[Cited, ...]
    #: how many sources the lines cite, and how many of those are stale
    sources_used: int
    sources_stale: int

    def find(self, claim_id: str) -> PrintedClaim | None:
        """Return the line with an id if this reader may see it; never an open conflict."""
        return next(
            (
                line
                for lines in self.sections.values()
                for line in lines
                if line.id == claim_id
            ),
            None,
        )


def view_ledger(ledger: Ledger, *, today: date, reader: Audience) -> LedgerView:
    """Return a ledger as a reader may see it on a day.

    Views are cached, so many documents of a day share one.
    """
    return _view_ledger(Same(ledger), today, reader)


@dataclass(frozen=True, slots=True, eq=False)
class Same:
    """A ledger as a key, by identity.

    Its contents cannot change, and comparing them would cost more than a view.
    """

    ledger: Ledger

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.ledger is other.ledger

    def __hash__(self) -> int:
        return id(self.ledger)


@lru_cache(maxsize=KEPT)
def _view_ledger(same: Same, today: date, reader: Audience) -> LedgerView:
    ledger = same.ledger
    card = ledger.card
    after_days = card.stale_after_days
    sources = {
        name: cited(source, today, after_days=after_days)
        for name, source in ledger.sources.items()
    }
    page = _LedgerViewBuilder(ledger, today, reader, sources)
    for section in SECTIONS:
        for claim in ledger.section(section):
            page.take(claim, section)
    sections = {section: tuple(page.lines.get(section, ())) for section in SECTIONS}
    changes = tuple(_changes(page.ended, sections))
    replaced = {claim_id for change in changes for claim_id in change.replaces}
    since = card.verified_on - timedelta(days=card.review_every_days)
    used = tuple(_used(sections, page.conflicts))
    return LedgerView(
        card=card,
        stale=card.stale_on(today),
        sections=sections,
        conflicts=tuple(page.conflicts),
        changes=changes,
        ended=tuple(claim.id for claim in page.ended if claim.id not in replaced),
        held_back=dict(page.held_back),
        since=since,
        new_sources=_newer(used, since),
        sources_used=len(used),
        sources_stale=sum(source.stale for source in used),
    )


def _is_open(claim: Claim) -> bool:
    return claim.kind is Kind.CONFLICT or bool(claim.subject)


def cited(source: Source, today: date, *, after_days: int) -> Cited:
    """Return a source as printed on a day; stale if it is older than ``after_days``."""
    return Cited(
        url=source.url,
        title=source.title,
        line=None if source.line is None else str(source.line),
        by=source.by,
        as_of=source.as_of,
        quality=source.quality,
        stale=source.stale_on(today, after_days=after_days),
    )


@dataclass(slots=True)
class _LedgerViewBuilder:
    """A view in the making."""

    ledger: Ledger
    today: date
    reader: Audience
    cited: Mapping[str, Cited]
    lines: dict[str, list[PrintedClaim]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    ended: list[Claim] = field(default_factory=list)
    held_back: Counter[str] = field(default_factory=Counter)

    def take(self, claim: Claim, section: str) -> None:
        why = self.why_not(claim)
        if why is None and _is_open(claim):
            self.conflicts.append(self.conflict(claim, section))
        elif why is None:
            self.lines.setdefault(section, []).append(self.line(claim, section))
        elif claim.ended_by(self.today):
            self.ended.append(claim)
        else:
            self.held_back[why] += 1

    def why_not(self, claim: Claim) -> str | None:
        return hidden_because(self.ledger, claim, today=self.today, reader=self.reader)

    def line(self, claim: Claim, section: str) -> PrintedClaim:
        exposed = self.ledger.find(claim.exposes) if claim.exposes else None
        known = (
            exposed
            if exposed and not _is_open(exposed) and self.why_not(exposed) is None
            else None
        )
        # a question brings out a claim, and no further question: two that name each other end here
        return self._line(
            claim, section, brings_out=self._line(known, section) if known else None
        )

    def _line(
        self, claim: Claim, section: str, *, brings_out: PrintedClaim | None = None
    ) -> PrintedClaim:
        inside = self.reader is Audience.INTERNAL
        return PrintedClaim(
            id=claim.id,
            section=section,
            kind=claim.kind,
            text=claim.text,
            answer=claim.answer,
            tone=claim.tone,
            quote=claim.quote,
            marks=tuple(self._marks(claim)),
            confidence=str(claim.confidence)
            if inside and claim.confidence not in (None, "high")
            else None,
            sources=self._sources(claim.src),
            for_customers=hidden_because(
                self.ledger, claim, today=self.today, reader=Audience.CUSTOMER
            )
            is None,
            brings_out=brings_out,
        )

    def conflict(self, claim: Claim, section: str) -> Conflict:
        values = [
            Value(str(reading.value), self._sources(reading.src))
            for reading in claim.values
        ]
        sourced = tuple(value for value in values if value.sources)
        return Conflict(
            claim.id,
            section,
            claim.text,
            sourced,
            len(values) - len(sourced),
            claim.use,
        )

    def _sources(self, src: Sequence[str]) -> tuple[Cited, ...]:
        return tuple(
            self.cited[name] for name in dict.fromkeys(src) if name in self.cited
        )

    def _marks(self, claim: Claim) -> Iterator[Mark]:
        if claim.kind is Kind.VENDOR_CLAIM:
            yield (
                Mark.VENDOR_NUMBER
                if re.search(r"\d", f"{claim.text} {claim.answer}")
                else Mark.VENDOR_STATEMENT
            )
        elif claim.kind is Kind.INFERENCE:
            yield Mark.INFERENCE
        elif claim.kind is Kind.UNKNOWN and Mark.NOT_SOURCED not in claim.text.lower():
            yield Mark.NOT_SOURCED
        speaks_against = self.ledger.negative(claim) and not theirs_to_answer(
            self.ledger, claim
        )
        if speaks_against and claim.kind is not Kind.INFERENCE:
            yield Mark.NOT_THEIRS
        if claim.derived:
            yield Mark.DERIVED
        if claim.legal_review == "required":
            yield Mark.LEGAL_REVIEW


def _changes(
    ended: Sequence[Claim], sections: Mapping[str, Sequence[PrintedClaim]]
) -> Iterator[Supersession]:
    """Yield the printable lines that replace ended ones, in the ledger's order."""
    replaces: dict[str, list[str]] = {}
    for claim in ended:
        if claim.superseded_by:
            replaces.setdefault(claim.superseded_by, []).append(claim.id)
    for lines in sections.values():
        for line in lines:
            if line.id in replaces:
                yield Supersession(line, tuple(replaces[line.id]))


def _used(
    sections: Mapping[str, Sequence[PrintedClaim]], conflicts: Sequence[Conflict]
) -> Sequence[Cited]:
    behind_lines = (
        source
        for lines in sections.values()
        for line in lines
        for source in line.sources
    )
    behind_values = (
        source
        for conflict in conflicts
        for value in conflict.values
        for source in value.sources
    )
    return tuple(dict.fromkeys((*behind_lines, *behind_values)))


def _newer(sources: Sequence[Cited], since: date) -> tuple[Cited, ...]:
    dated = [(end_of_period(source.as_of), source) for source in sources]
    fresh = [(day, source) for day, source in dated if day is not None and day > since]
    return tuple(
        source for _, source in sorted(fresh, key=lambda pair: pair[0], reverse=True)
    )
