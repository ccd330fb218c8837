"""The lines of a ledger as printed, with marks, sources and replaced lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from launch_kits.inputs.ledger import Kind
from launch_kits.workdays.partial_dates import end_of_period

__all__ = [
    "DOUBTS",
    "Cited",
    "Conflict",
    "Mark",
    "PrintedClaim",
    "Supersession",
    "Value",
]


class Mark(StrEnum):
    """A mark that a reader must see with a line."""

    VENDOR_NUMBER = "vendor's own number"
    VENDOR_STATEMENT = "vendor's own statement"
    OWN_NUMBER = "our own measurement"
    OWN_STATEMENT = "our own statement"
    INFERENCE = "our inference, internal only"
    NOT_SOURCED = "not sourced"
    DERIVED = "derived from other claims"
    LEGAL_REVIEW = "legal review open, internal only"
    NOT_THEIRS = "no source of theirs, internal only"
    QUESTIONED = "questioned, wait for the answer"
    WRONG = "wrong, wait for the correction"


#: the marks of a line in doubt
DOUBTS = frozenset({Mark.QUESTIONED, Mark.WRONG})


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it is printed."""

    url: str
    title: str | None
    line: str | None
    by: str | None
    #: may be partial, or ``unknown``
    as_of: str
    quality: str | None
    stale: bool
    #: our name, if a line that cites it has a figure that we measured
    measured_by: str = ""

    @property
    def key(self) -> tuple[str, str | None]:
        """The identity of a source, the same in every ledger.

        Two ledgers that read one page on different days cite it once.
        """
        return self.url.rstrip("/"), self.line


@dataclass(frozen=True, slots=True)
class PrintedClaim:
    """A line that may be printed."""

    id: str
    section: str
    kind: Kind
    #: the claim, objection, question or disqualifier
    text: str
    #: to an objection
    answer: str | None
    tone: str | None
    quote: str | None
    marks: tuple[Mark, ...]
    #: such as ``low``; for internal readers
    confidence: str | None
    sources: tuple[Cited, ...]
    #: whether customers may be told
    for_customers: bool
    #: the claim that a landmine question brings out, if this reader may know it
    brings_out: PrintedClaim | None
    #: its subject: ``us``, ``them``; None for both or neither
    about: str | None = None
    #: the competitor's name, if the line is about it and does not name it
    nameless: str = ""
    #: the customer whose result it is; None for a statement of ours
    customer: str | None = None

    @property
    def mark(self) -> str:
        """The marks in words; empty if there are none."""
        words = (
            [*self.marks, f"confidence: {self.confidence}"]
            if self.confidence
            else self.marks
        )
        return "; ".join(words)

    @property
    def as_of(self) -> str:
        """The date of its youngest source as written there; ``unknown`` if none is dated."""
        dated = [(end_of_period(source.as_of), source.as_of) for source in self.sources]
        return max(
            ((day, written) for day, written in dated if day), default=(None, "unknown")
        )[1]


@dataclass(frozen=True, slots=True)
class Value:
    """A value that some sources give in a conflict."""

    text: str
    sources: tuple[Cited, ...]
    #: the words of the sources, if the ledger has them
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that disagree: open until the ledger's owner settles it."""

    id: str
    section: str
    subject: str
    #: the sourced ones
    values: tuple[Value, ...]
    #: how many more values have no source
    unsourced: int
    #: wording to use until it is settled
    use: str | None


@dataclass(frozen=True, slots=True)
class Supersession:
    """A line that replaces ended ones, which are no longer printed."""

    line: PrintedClaim
    #: ids
    replaces: tuple[str, ...]
