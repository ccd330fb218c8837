"""A ledger as one reader may see it on one day; built once for all documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from launch_kits.claims.addressed import addressed
from launch_kits.claims.lines import (
    Cited,
    Conflict,
    PrintedClaim,
    Supersession,
    Value,
)
from launch_kits.claims.marks import is_measured_by_us, marks_of
from launch_kits.claims.subjects import nameless, short_name, subject_of
from launch_kits.claims.visibility import hidden_because
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.ledger import SECTIONS, Card, Claim, Kind, Ledger, Reading
from launch_kits.inputs.source import Source
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
    #: the lines whose newest source has a full date after ``since``, in the ledger's order
    new: tuple[PrintedClaim, ...]
    #: whether it names a source that a person can have read
    verified: bool

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
    return LedgerView(
        card=card,
        stale=card.stale_on(today),
        sections=sections,
        conflicts=tuple(page.conflicts),
        changes=changes,
        ended=tuple(claim.id for claim in page.ended if claim.id not in replaced),
        held_back=dict(page.held_back),
        since=since,
        new=tuple(_new(sections, changes, since)),
        verified=bool(ledger.sources),
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
            claim, section, brings_out=self._exposed(known) if known else None
        )

    def _exposed(self, claim: Claim) -> PrintedClaim:
        """A line that a question brings out, in the section that it is from."""
        section = next(
            (name for name, _, each in self.ledger.each() if each.id == claim.id), ""
        )
        return self._line(claim, section)

    def _line(
        self, claim: Claim, section: str, *, brings_out: PrintedClaim | None = None
    ) -> PrintedClaim:
        inside = self.reader is Audience.INTERNAL
        return PrintedClaim(
            id=claim.id,
            section=section,
            kind=claim.kind,
            text=addressed(claim.text, self.reader)
            if section == "disqualifiers"
            else claim.text,
            answer=claim.answer,
            tone=claim.tone,
            quote=claim.quote,
            marks=tuple(marks_of(self.ledger, claim, section, reader=self.reader)),
            confidence=str(claim.confidence)
            if inside and claim.confidence not in (None, "high")
            else None,
            sources=self._behind(claim, section),
            for_customers=hidden_because(
                self.ledger, claim, today=self.today, reader=Audience.CUSTOMER
            )
            is None,
            brings_out=brings_out,
            about=subject_of(self.ledger, claim, section),
            nameless=nameless(self.ledger, claim, section),
            customer=claim.customer,
        )

    def conflict(self, claim: Claim, section: str) -> Conflict:
        values = [
            Value(str(reading.value), self._at(reading), reading.quote)
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

    def _at(self, reading: Reading) -> tuple[Cited, ...]:
        """The sources of a value, at its own line if it has one."""
        sources = self._sources(reading.src)
        if reading.line is None:
            return sources
        return tuple(replace(each, line=str(reading.line)) for each in sources)

    def _behind(self, claim: Claim, section: str) -> tuple[Cited, ...]:
        """The sources of a line; those of our own figures say who measured."""
        sources = self._sources(claim.src)
        if not is_measured_by_us(self.ledger, claim, section):
            return sources
        us = short_name(self.ledger.card.us)
        return tuple(
            replace(each, measured_by=us) if each.by == "us" else each
            for each in sources
        )

    def _sources(self, src: Sequence[str]) -> tuple[Cited, ...]:
        return tuple(
            self.cited[name] for name in dict.fromkeys(src) if name in self.cited
        )


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


def _new(
    sections: Mapping[str, Sequence[PrintedClaim]],
    changes: Sequence[Supersession],
    since: date,
) -> Iterator[PrintedClaim]:
    """Yield the lines that became known after a day; a month or a year tells no day."""
    told = {change.line.id for change in changes}
    for lines in sections.values():
        for line in lines:
            if line.id not in told and _full_day(line.as_of, after=since):
                yield line


def _full_day(written: str, *, after: date) -> bool:
    day = end_of_period(written)
    return day is not None and written == day.isoformat() and day > after
