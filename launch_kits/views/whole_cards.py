"""Whole cards for colleagues who sell: all lines with their sources, objections first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits.claims.card_front import FRONT
from launch_kits.claims.ledger_view import view_ledger
from launch_kits.claims.lines import DOUBTS, Mark, PrintedClaim
from launch_kits.claims.questioned import NO_DOUBTS, doubted_view
from launch_kits.claims.similarity import stems
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.ledger import Kind
from launch_kits.inputs.positioning import Alternative

__all__ = [
    "CardLine",
    "WholeCard",
    "cards_of",
    "matching",
    "whole_cards",
]

#: section of the ledger → its heading, in the order in which a seller needs them
SECTIONS: Mapping[str, str] = {
    "objections": "When they say",
    "why_we_win": FRONT["why_we_win"],
    "landmine_questions": FRONT["landmine_questions"],
    "their_strengths": FRONT["their_strengths"],
    "parity_do_not_claim": FRONT["parity_do_not_claim"],
    "disqualifiers": FRONT["disqualifiers"],
    "their_weaknesses": "Their weaknesses",
    "our_weaknesses": "Our weaknesses",
    "pricing": "Pricing",
    "proof_points": "Proof",
    "overview": FRONT["overview"],
}


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of a card."""

    #: the reference of the claim, such as ``redis.y1``
    ref: str
    #: the claim, or the words of a buyer
    text: str
    #: to the words of a buyer; empty if the line is no objection
    answer: str
    #: its marks in words; empty without any
    mark: str
    #: the addresses of its sources, each once
    sources: Sequence[str]
    #: whether customers may be told: it is for them, sourced and not in doubt
    leaves: bool
    questioned: bool

    @property
    def copied(self) -> str:
        """The line as it may be sent to a customer: its text, and a source on each further line."""
        return "\n".join([self.answer or self.text, *self.sources])


@dataclass(frozen=True, slots=True)
class WholeCard:
    """A competitor's card."""

    key: str
    name: str
    us: str
    them: str
    verified_on: date
    #: whether the ledger names a source that a person can have read
    verified: bool
    next_review_on: date
    #: whether its review is overdue
    stale: bool
    #: the subjects on which sources disagree
    conflicts: Sequence[str]
    #: heading → its lines; only those with lines
    sections: Mapping[str, Sequence[CardLine]]

    def line(self, ref: str) -> CardLine | None:
        """The line with a reference, or None."""
        found = (each for lines in self.sections.values() for each in lines)
        return next((each for each in found if each.ref == ref), None)


def whole_cards(
    brief: Brief, *, today: date, questioned: Mapping[str, Mark] = NO_DOUBTS
) -> list[WholeCard]:
    """The cards of a brief for internal readers on a day, in its order.

    ``questioned`` has the marks of claims in doubt, by their references.
    """
    return cards_of(brief.competitors(), today=today, questioned=questioned)


def cards_of(
    alternatives: Iterable[Alternative],
    *,
    today: date,
    questioned: Mapping[str, Mark] = NO_DOUBTS,
) -> list[WholeCard]:
    """The cards of the alternatives that have claims, as `whole_cards` has them."""
    return [
        _card(each, today=today, questioned=questioned)
        for each in alternatives
        if each.ledger is not None
    ]


def matching(lines: Iterable[CardLine], words: str) -> list[CardLine]:
    """The lines that have all the words of a text, in any form of the word.

    A text without a word that means something matches none.
    """
    wanted = set(stems(words))
    if not wanted:
        return []
    return [
        each for each in lines if wanted <= set(stems(f"{each.text} {each.answer}"))
    ]


def _card(
    alternative: Alternative, *, today: date, questioned: Mapping[str, Mark]
) -> WholeCard:
    ledger = alternative.ledger
    inside = Audience.INTERNAL
    if ledger is None:
        raise TypeError(f"{alternative.key} has no claims, so it has no card")
    view = view_ledger(ledger, today=today, reader=inside)
    view = doubted_view(view, alternative.key, questioned, reader=inside)
    sections = {
        heading: [_line(alternative.key, each) for each in view.sections[section]]
        for section, heading in SECTIONS.items()
    }
    return WholeCard(
        key=alternative.key,
        name=alternative.name,
        us=view.card.us,
        them=view.card.them,
        verified_on=view.card.verified_on,
        verified=view.verified,
        next_review_on=view.card.next_review_on,
        stale=view.stale,
        conflicts=[each.subject for each in view.conflicts],
        sections={heading: lines for heading, lines in sections.items() if lines},
    )


def _line(key: str, line: PrintedClaim) -> CardLine:
    unknown = line.kind is Kind.UNKNOWN
    sources = () if unknown else tuple(dict.fromkeys(each.url for each in line.sources))
    questioned = not DOUBTS.isdisjoint(line.marks)
    return CardLine(
        ref=f"{key}.{line.id}",
        text=line.text,
        answer=line.answer or "",
        mark=line.mark,
        sources=sources,
        leaves=line.for_customers and bool(sources) and not questioned,
        questioned=questioned,
    )
