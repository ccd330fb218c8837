"""The ledger of sourced claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.base import Day, Link, Model, Name, Text
from launch_kits.inputs.source import Source
from launch_kits.workdays.partial_dates import PartialDate, end_of_period

__all__ = [
    "SECTIONS",
    "Card",
    "Claim",
    "Kind",
    "Ledger",
    "PartialDate",
    "Reading",
    "end_of_period",
]


class Kind(StrEnum):
    """How a claim is known."""

    FACT = "fact"
    VENDOR_CLAIM = "vendor_claim"
    INFERENCE = "inference"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Ids = Annotated[
    tuple[str, ...], BeforeValidator(_as_list, json_schema_input_type=str | list[str])
]


class Card(Model):
    """The head of a ledger: who is compared with whom, and when it was last verified."""

    id: str = Field(description="Name of the card.")
    us: str = Field(description="Our product.")
    them: str = Field(description="Their product.")
    tier: Literal[1, 2, 3] = Field(
        default=1, description="How important the competitor is: 1 to 3."
    )
    verified_on: Day = Field(
        ge=date(1900, 1, 1),
        le=date(2199, 12, 31),
        description="The day of the last review.",
    )
    review_every_days: int = Field(
        default=30, ge=1, le=3650, description="Days until the next review is due."
    )
    stale_after_days: int = Field(
        default=365,
        ge=1,
        le=36500,
        description="Age in days at which a source is stale.",
    )

    @property
    def next_review_on(self) -> date:
        """The last day on which the card is fresh."""
        return self.verified_on + timedelta(days=self.review_every_days)

    def stale_on(self, today: date) -> bool:
        """Whether the card's review is overdue."""
        return today > self.next_review_on


class Reading(Model):
    """One of the values that sources disagree about."""

    value: str | int | float = Field(description="The value that these sources give.")
    src: Ids = Field(default=(), description="Names of sources.")
    line: str | int | None = Field(
        default=None, description="The line in the source; one page can say both."
    )
    quote: Text | None = Field(default=None, description="The source's own words.")


class Claim(Model):
    """One line of a ledger.

    A claim, an objection, a question, a disqualifier or an open conflict.
    """

    id: Name = Field(description="Unique in the ledger.")
    kind: Kind = Field(default=Kind.FACT, description="How it is known.")
    claim: str | None = Field(default=None, description="The claim, in one sentence.")
    they_say: str | None = Field(
        default=None, description="An objection, as buyers say it."
    )
    answer: str | None = Field(default=None, description="The answer to the objection.")
    tone: str | None = Field(
        default=None, description="How to answer: concede, qualify."
    )
    ask: str | None = Field(default=None, description="A landmine question.")
    exposes: str | None = Field(
        default=None, description="Id of the claim that the answer brings out."
    )
    customer: Text | None = Field(
        default=None,
        description="A proof point: the customer whose result it is, by name.",
    )
    when: str | None = Field(
        default=None, description="A disqualifier: when to walk away."
    )
    subject: str | None = Field(
        default=None,
        description="A conflict: the subject on which the sources disagree.",
    )
    values: tuple[Reading, ...] = Field(
        default=(), description="A conflict: the value that each of them gives."
    )
    use: str | None = Field(
        default=None, description="A conflict: the words to use until it is settled."
    )
    src: Ids = Field(
        default=(), description="Names of sources; without one nothing is printed."
    )
    valid_until: PartialDate | None = Field(
        default=None, description="Last day on which it is true."
    )
    superseded_by: str | None = Field(
        default=None, description="Id of the claim that took its place."
    )
    status: str | None = Field(
        default=None, description="Such as `superseded` or `withdrawn`."
    )
    confidence: str | float | None = Field(
        default=None, description="How sure we are; internal."
    )
    quote: str | None = Field(default=None, description="The source's own words.")
    about: Literal["us", "them", "market"] | None = Field(
        default=None, description="`them` makes it a negative statement."
    )
    line: str | int | None = Field(default=None, description="The line in the source.")
    link: Link | None = Field(
        default=None, description="More about it: a link, http or https."
    )
    derived: str | bool | tuple[str, ...] | None = Field(
        default=None, description="The claims it is computed from."
    )
    note: str | None = Field(
        default=None, description="For those who keep the ledger; never printed."
    )
    legal_review: Literal["required", "approved"] | None = Field(
        default=None, description="`required` keeps it inside until it is `approved`."
    )
    approved_by: str | None = Field(default=None, description="Who approved it.")
    approved_on: Day | None = Field(default=None, description="When it was approved.")
    audience: Audience = Field(
        default=Audience.INTERNAL, description="Widest circle that may read it."
    )

    @model_validator(mode="after")
    def _approval_is_signed(self) -> Self:
        if self.legal_review == "approved" and not (
            self.approved_by and self.approved_on
        ):
            raise ValueError("legal_review: approved needs approved_by and approved_on")
        return self

    @property
    def text(self) -> str:
        """The line itself, whatever its form."""
        return (
            self.claim or self.they_say or self.ask or self.when or self.subject or ""
        )

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

    card: Card = Field(
        description="Who is compared with whom, and when that was last verified."
    )
    sources: dict[str, Source] = Field(
        default_factory=dict, description="Short name → source."
    )
    overview: tuple[Claim, ...] = Field(
        default=(), description="Their product in short."
    )
    their_strengths: tuple[Claim, ...] = Field(
        default=(), description="Strengths of theirs; they win by them."
    )
    their_weaknesses: tuple[Claim, ...] = Field(
        default=(), description="Weaknesses of theirs; negative statements."
    )
    why_we_win: tuple[Claim, ...] = Field(
        default=(), description="Why customers choose us."
    )
    parity_do_not_claim: tuple[Claim, ...] = Field(
        default=(), description="Things that both have."
    )
    our_weaknesses: tuple[Claim, ...] = Field(
        default=(), description="Weaknesses of ours."
    )
    objections: tuple[Claim, ...] = Field(
        default=(), description="Objections of buyers, with answers."
    )
    landmine_questions: tuple[Claim, ...] = Field(
        default=(), description="Questions that bring something out."
    )
    disqualifiers: tuple[Claim, ...] = Field(
        default=(), description="When to walk away."
    )
    pricing: tuple[Claim, ...] = Field(default=(), description="Their prices and ours.")
    proof_points: tuple[Claim, ...] = Field(
        default=(), description="Customers and figures."
    )
    conflicts: tuple[Claim, ...] = Field(
        default=(), description="Disagreements between sources, until they are settled."
    )

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
        return next(
            (claim for _, _, claim in self.each() if claim.id == claim_id), None
        )

    def negative(self, claim: Claim) -> bool:
        """Whether a line speaks against the competitor."""
        return claim.about == "them" or any(
            line.id == claim.id for line in self.their_weaknesses
        )

    def sourced(self, src: Sequence[str]) -> bool:
        """Whether at least one of the sources named is known."""
        return any(name in self.sources for name in src)
