"""The ledger of sourced claims: what may be printed, for whom, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from launch_kits.errors import Fault, suggest
from launch_kits.inputs import Yaml
from launch_kits.models import Day, Model
from launch_kits.patterns import NAME
from launch_kits.periods import PartialDate, end_of_period

__all__ = [
    "SECTIONS",
    "Audience",
    "Card",
    "Claim",
    "Kind",
    "Ledger",
    "PartialDate",
    "Source",
    "end_of_period",
    "hidden_because",
    "ledger_faults",
    "theirs_to_answer",
]


class Audience(StrEnum):
    """Who reads a document, from the innermost circle to the widest."""

    INTERNAL = "internal"
    PARTNER = "partner"
    CUSTOMER = "customer"

    def may_read(self, meant_for: Audience) -> bool:
        """Whether this reader sees what is meant for an audience: their own circle or a wider one."""
        circles = list(Audience)
        return circles.index(meant_for) >= circles.index(self)

    def or_wider(self, other: Audience) -> Audience:
        """The wider of two circles: what a document meant for the one may tell where the other reads it."""
        return other if self.may_read(other) else self


class Kind(StrEnum):
    """How a claim is known."""

    FACT = "fact"
    VENDOR_CLAIM = "vendor_claim"
    INFERENCE = "inference"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Ids = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class Source(Model):
    """Where a claim can be checked."""

    url: str = Field(min_length=1)
    #: the date of the source, not of the reading
    as_of: PartialDate
    by: Literal["us", "them", "other"] | None = None
    title: str | None = None
    repo: str | None = None
    line: str | int | None = None
    quality: str | None = None

    def stale_on(self, today: date, *, after_days: int) -> bool:
        """Whether the source is older than ``after_days`` days; one of unknown date is."""
        known = end_of_period(self.as_of)
        return known is None or (today - known).days > after_days


class Card(Model):
    """The head of a ledger: who is compared with whom, and when it was last verified."""

    id: str
    us: str
    them: str
    tier: Literal[1, 2, 3] = 1
    verified_on: Day = Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))
    review_every_days: int = Field(default=30, ge=1, le=3650)
    #: age in days at which a source counts as stale
    stale_after_days: int = Field(default=365, ge=1, le=36500)

    @property
    def next_review_on(self) -> date:
        """The last day on which the card is fresh."""
        return self.verified_on + timedelta(days=self.review_every_days)

    def stale_on(self, today: date) -> bool:
        """Whether the card's review is overdue."""
        return today > self.next_review_on


class Reading(Model):
    """One of the values that sources disagree about."""

    value: str | int | float
    src: Ids = ()


class Claim(Model):
    """One line of a ledger: a claim, an objection, a question, a disqualifier or an open conflict."""

    id: str = Field(pattern=NAME)
    kind: Kind = Kind.FACT
    claim: str | None = None
    #: an objection, and how to answer it
    they_say: str | None = None
    answer: str | None = None
    tone: str | None = None
    #: a landmine question, and the claim that its answer brings out
    ask: str | None = None
    exposes: str | None = None
    #: a disqualifier
    when: str | None = None
    #: a conflict: what the sources disagree about
    subject: str | None = None
    values: tuple[Reading, ...] = ()
    use: str | None = None
    src: Ids = ()
    valid_until: PartialDate | None = None
    superseded_by: str | None = None
    status: str | None = None
    confidence: str | float | None = None
    quote: str | None = None
    about: Literal["us", "them", "market"] | None = None
    line: str | int | None = None
    link: str | None = None
    derived: str | bool | tuple[str, ...] | None = None
    note: str | None = None
    legal_review: Literal["required", "approved"] | None = None
    approved_by: str | None = None
    approved_on: Day | None = None
    audience: Audience = Audience.INTERNAL

    @model_validator(mode="after")
    def _approval_is_signed(self) -> Self:
        if self.legal_review == "approved" and not (self.approved_by and self.approved_on):
            raise ValueError("legal_review: approved needs approved_by and approved_on")
        return self

    @property
    def text(self) -> str:
        """The line itself, whatever its form."""
        return self.claim or self.they_say or self.ask or self.when or self.subject or ""

    def ended_by(self, today: date) -> bool:
        """Whether the claim is no longer true: past its last day, superseded or withdrawn."""
        if self.status in ("superseded", "withdrawn", "retired", "expired"):
            return True
        if self.valid_until is None:
            return self.superseded_by is not None
        last_day = end_of_period(self.valid_until)
        return last_day is None or today > last_day


#: section → the keys that a line of it needs
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "overview": ("claim",),
    "their_strengths": ("claim",),
    "their_weaknesses": ("claim",),
    "why_we_win": ("claim",),
    "parity_do_not_claim": ("claim",),
    "our_weaknesses": ("claim",),
    "objections": ("they_say", "answer"),
    "landmine_questions": ("ask",),
    "disqualifiers": ("when",),
    "pricing": ("claim",),
    "proof_points": ("claim",),
    "conflicts": ("subject", "values"),
}


class Ledger(Model):
    """A competitor's claims with their sources."""

    card: Card
    sources: dict[str, Source] = Field(default_factory=dict)
    overview: tuple[Claim, ...] = ()
    their_strengths: tuple[Claim, ...] = ()
    their_weaknesses: tuple[Claim, ...] = ()
    why_we_win: tuple[Claim, ...] = ()
    parity_do_not_claim: tuple[Claim, ...] = ()
    our_weaknesses: tuple[Claim, ...] = ()
    objections: tuple[Claim, ...] = ()
    landmine_questions: tuple[Claim, ...] = ()
    disqualifiers: tuple[Claim, ...] = ()
    pricing: tuple[Claim, ...] = ()
    proof_points: tuple[Claim, ...] = ()
    conflicts: tuple[Claim, ...] = ()

    def section(self, name: str) -> Sequence[Claim]:
        """The lines of one section, in the ledger's order."""
        lines: Sequence[Claim] = getattr(self, name)
        return lines

    def each(self) -> Iterator[tuple[str, int, Claim]]:
        """Every line as (section, index in it, claim)."""
        for name in SECTIONS:
            for index, claim in enumerate(self.section(name)):
                yield name, index, claim

    def find(self, claim_id: str) -> Claim | None:
        """The line with an id, or None."""
        return next((claim for _, _, claim in self.each() if claim.id == claim_id), None)

    def negative(self, claim: Claim) -> bool:
        """Whether a line speaks against the competitor."""
        return claim.about == "them" or any(line.id == claim.id for line in self.their_weaknesses)

    def sourced(self, src: Sequence[str]) -> bool:
        """Whether at least one of the sources named is known."""
        return any(name in self.sources for name in src)


def hidden_because(ledger: Ledger, claim: Claim, *, today: date, reader: Audience) -> str | None:
    """Why a line of the ledger may not be printed for a reader on a day; None where it may.

    Nothing is printed without a source, after its end, for a wider circle than it is meant for; an inference
    stays inside, and a negative statement leaves the house only with the competitor's own source or a quote.
    """
    if claim.ended_by(today):
        return "it is no longer true"
    if claim.kind is Kind.CONFLICT or claim.subject:
        sourced = any(ledger.sourced(reading.src) for reading in claim.values)
    else:
        sourced = claim.kind is Kind.UNKNOWN or ledger.sourced(claim.src)
    if not sourced:
        return "it has no source"
    if claim.exposes:
        exposed = ledger.find(claim.exposes)
        if exposed is None or exposed.ended_by(today):
            return f"what it brings out ({claim.exposes}) is no longer true"
    if reader is Audience.INTERNAL:
        return None
    return _kept_inside(ledger, claim, reader=reader)


def _kept_inside(ledger: Ledger, claim: Claim, *, reader: Audience) -> str | None:
    if not reader.may_read(claim.audience):
        return f"it is meant for {claim.audience} readers"
    if claim.kind is Kind.INFERENCE:
        return "it is an inference"
    if claim.legal_review == "required":
        return "its legal review is open"
    if ledger.negative(claim) and not theirs_to_answer(ledger, claim):
        return "it speaks against them without a source of theirs or a quote"
    return None


def theirs_to_answer(ledger: Ledger, claim: Claim) -> bool:
    """Whether a statement about the competitor rests on a source of theirs or on a quote."""
    return bool(claim.quote) or any(ledger.sources[src].by == "them" for src in claim.src if src in ledger.sources)


def ledger_faults(ledger: Ledger, source: Yaml) -> list[Fault]:
    """What the model cannot see: unknown sources and claims, ids used twice, lines without their keys."""
    faults: list[Fault] = []
    ids = [claim.id for _, _, claim in ledger.each()]
    seen: set[str] = set()
    for section, index, claim in ledger.each():
        where = (section, index)
        if claim.id in seen:
            message = f'claim id "{claim.id}" is used twice; rename one'
            faults.append(source.fault((*where, "id"), "duplicate-claim", message))
        seen.add(claim.id)
        needed = SECTIONS["conflicts"] if claim.kind is Kind.CONFLICT else SECTIONS[section]
        lacking = [key for key in needed if not getattr(claim, key)]
        if lacking:
            message = f'claim "{claim.id}" in {section} needs {" and ".join(lacking)}'
            faults.append(source.fault(where, "missing", message))
        for src in (*claim.src, *(src for reading in claim.values for src in reading.src)):
            if src not in ledger.sources:
                hint = suggest(src, ledger.sources) or "; add it to sources"
                message = f'claim "{claim.id}" names unknown source "{src}"{hint}'
                faults.append(source.fault((*where, "src"), "unknown-source", message))
        for key in ("superseded_by", "exposes"):
            named = getattr(claim, key)
            if named is not None and named not in ids:
                hint = suggest(named, ids) or "; name a line of this ledger"
                message = f'claim "{claim.id}": {key} names unknown claim "{named}"{hint}'
                faults.append(source.fault((*where, key), "unknown-claim", message))
    return faults
