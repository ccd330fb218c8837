"""How the cards that a person keeps are used, in the App Home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from launch_kits.database.records import CardUseKind
from launch_kits.database.store import Store
from launch_kits.slack.messages.blocks import Block, header, paragraph
from launch_kits.views.card_usage import CardInUse, read_card_uses
from launch_kits.views.notices.text import shorten
from launch_kits.views.reader import count

__all__ = ["cards_blocks", "cards_kept_by"]

#: cards in the App Home, those used most
MOST = 10


def cards_kept_by(
    store: Store, email: str, *, launches: Iterable[str]
) -> list[CardInUse]:
    """The cards of some launches that a person keeps and that were used, most used first."""
    with store.read() as session:
        found = [
            card
            for launch in launches
            for card in read_card_uses(session, launch)
            if card.owner.casefold() == email.casefold() and any(card.counts.values())
        ]
    return sorted(found, key=lambda card: -sum(card.counts.values()))


def cards_blocks(cards: Sequence[CardInUse]) -> list[Block]:
    """A line for each card; nothing without cards."""
    if not cards:
        return []
    lines = [_line(card) for card in cards[:MOST]]
    return [header("Your cards"), *(paragraph(line) for line in lines)]


def _line(card: CardInUse) -> str:
    opened = count(card.counts[CardUseKind.OPENED], "time")
    copied = count(card.counts[CardUseKind.COPIED], "time")
    readers = count(card.readers, "person").replace("persons", "people")
    doubted = {*card.flagged, *card.questioned}
    wrong = f", {count(len(doubted), 'line')} called wrong" if doubted else ""
    return (
        f"{shorten(card.name)}: opened {opened}, copied {copied}, by {readers}{wrong}."
    )
