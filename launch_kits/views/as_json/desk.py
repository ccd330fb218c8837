"""The JSON of the answer desk and of cards in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from launch_kits.views.card_usage import CardInUse
    from launch_kits.views.cards import SellersCard
    from launch_kits.views.desk import DeskLine

__all__ = ["card_json", "cards_json", "desk_json"]


def desk_json(lines: Sequence[DeskLine]) -> list[dict[str, object]]:
    """The questions of the answer desk, as `desk` prints them."""
    return [_line_json(line) for line in lines]


def _line_json(line: DeskLine) -> dict[str, object]:
    row = line.row
    answered_at = row.answered_at
    return {
        "id": row.id,
        "launch": line.launch,
        "asked_by": row.asked_by,
        "asked_at": row.asked_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "owner": row.owner,
        "status": line.status.value,
        "question": row.text,
        "about": row.about,
        "answer": row.answer,
        "source": row.source,
        "answered_by": row.answered_by,
        "answered_at": answered_at.isoformat() if answered_at else None,
        "automatic": line.automatic,
        "faq": row.faq,
    }


def cards_json(cards: Sequence[CardInUse]) -> list[dict[str, object]]:
    """The cards of a launch, as `cards` prints them."""
    return [
        {
            "card": card.key,
            "name": card.name,
            "owner": card.owner,
            **card.counts,
            "readers": card.readers,
            "flagged_lines": list(card.flagged),
            "questioned_lines": list(card.questioned),
            "wrong_lines": list(card.wrong),
            "used_at": card.used_at.isoformat() if card.used_at else None,
        }
        for card in cards
    ]


def card_json(card: SellersCard) -> dict[str, object]:
    """A card as a seller reads it, as `card` prints it."""
    front = card.front
    answer = card.answer
    return {
        "launch": card.launch,
        "card": front.key,
        "name": front.name,
        "verified_on": front.verified_on.isoformat(),
        "stale": front.stale,
        "conflicts": list(front.conflicts),
        "said": card.said or None,
        "answer": None
        if answer is None
        else {
            "ref": answer.ref,
            "asks": answer.asks,
            "says": answer.says,
            "mark": answer.mark or None,
            "source": answer.source or None,
        },
        "lines": [
            {
                "ref": line.ref,
                "section": line.section,
                "text": line.text,
                "mark": line.mark or None,
                "hosts": list(line.hosts),
                "for_customers": line.for_customers,
                "questioned": line.questioned,
            }
            for line in front.lines
        ],
        "left_out": front.left_out,
    }
