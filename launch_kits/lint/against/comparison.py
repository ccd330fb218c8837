"""Compare texts from outside with a brief, and collect the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.lint.against import amounts, figures
from launch_kits.lint.against.known import Known
from launch_kits.lint.against.statements import Statements
from launch_kits.lint.against.texts import OutsideText
from launch_kits.plan.rollout import Rollout

__all__ = ["DOUBTS", "TextFinding", "TextFindings", "check_texts"]

#: findings that a person may answer with good reasons; the others are faults
DOUBTS = frozenset(
    {
        "superlative-without-proof",
        "everyone-without-proof",
        "other-name",
        "open-conflict",
        "like-dead-claim",
        "like-internal-line",
    }
)
#: findings of one text that are told
MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class TextFinding:
    """One thing wrong, or doubtful, at one place of a text."""

    #: the file as its user named it, ``-`` for a pasted text
    path: str
    #: such as ``slide 3``, ``page 2``, ``line 14``
    place: str
    code: str
    #: the fault; the remedy
    message: str

    @property
    def line(self) -> int | None:
        """The line of a text that has lines."""
        kind, _, number = self.place.partition(" ")
        return int(number) if kind == "line" else None

    def __str__(self) -> str:
        return f"{self.path}, {self.place}: {self.message}"


class TextFindings(NamedTuple):
    """The findings in some texts, in their order."""

    faults: tuple[TextFinding, ...]
    warnings: tuple[TextFinding, ...]


def check_texts(
    texts: Sequence[OutsideText],
    brief: Brief,
    *,
    reader: Audience | None = None,
    now: datetime,
) -> TextFindings:
    """Check texts against a brief with its ledgers in place.

    ``reader`` is the reader of all texts; by default each says it in its head or in the properties
    of its file, and else it is for customers. ``now`` is aware. Raises PlanError if the plan of the
    brief cannot be computed.
    """
    today = now.astimezone(brief.zone()).date()
    known = Known(brief, Rollout.of(brief, today=today), today)
    found = [each for text in texts for each in _check(text, known, reader)]
    return TextFindings(
        tuple(each for each in found if each.code not in DOUBTS),
        tuple(each for each in found if each.code in DOUBTS),
    )


def _check(
    text: OutsideText, known: Known, reader: Audience | None
) -> Iterator[TextFinding]:
    reader = reader or text.reader
    statements = Statements(text, known, reader=reader)
    slips = [
        *figures.names(text, known),
        *figures.versions(text, known),
        *amounts.prices(text, known),
        *figures.dates(text, known, reader=reader),
        *statements.dead(),
        *statements.disputed(),
        *statements.internal(),
        *statements.marked(),
        *statements.unproved(),
    ]
    for slip in sorted(set(slips))[:MOST_TOLD]:
        yield TextFinding(text.path, text.place_at(slip.start), slip.code, slip.message)
