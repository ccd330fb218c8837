"""The pages of the cards: found by words, read on a phone, copied, and found wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from launch_kits import verbs
from launch_kits.claims.lines import Mark
from launch_kits.claims.questioned import NO_DOUBTS
from launch_kits.database.records import CardUseKind, LaunchStatus
from launch_kits.errors import NotFound, Refused
from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.forms.launch_verbs import launch_denial
from launch_kits.room.page import act, page
from launch_kits.room.pages.card_reviews import may_review
from launch_kits.room.pages.doubts import doubted_lines, line_texts, said_of_line
from launch_kits.verbs import changing
from launch_kits.verbs.permissions import Verb
from launch_kits.views.card_list import read_card_list
from launch_kits.views.card_usage import read_card_uses
from launch_kits.views.doubted import questioned_claims
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.room_pages import HERE
from launch_kits.views.whole_cards import (
    CardLine,
    WholeCard,
    matching,
    whole_cards,
)

__all__ = ["CARD", "CARDS", "COPIED", "OPENED", "SEARCH", "WRONG"]

PATH = "/launches/{launch}/cards"
#: lines that a search shows
MOST = 30


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line that a search found, and its card."""

    launch: str
    product: str
    card: WholeCard
    heading: str
    line: CardLine


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card that a search found."""

    launch: str
    product: str
    card: WholeCard


def _search(asked: RoomRequest) -> Shown:
    words = asked.wanted("q")
    version = asked.room.launches.version()
    cards = [*_all_cards(asked)]
    called = words.casefold()
    lines = [*_found(cards, words)] if words else []
    values = {
        "words": words,
        "cards": [
            each
            for each in cards
            if called in f"{each.card.name} {each.card.them} {each.card.key}".casefold()
        ],
        "lines": lines[:MOST],
        "more": max(0, len(lines) - MOST),
        "any": bool(cards),
        "live": ("*", version),
    }
    return Shown("card_search.html", values)


def _all_cards(asked: RoomRequest) -> Iterator[FoundCard]:
    """The cards of all launches that are not cancelled: of running ones first, then newest."""
    found = read_card_list(asked.room.store, asked.room.cards, now=asked.now)
    for launch, product, cards in found:
        for card in cards:
            yield FoundCard(launch, product, card)


def _cards_of(
    context: MessageContext, doubted: Mapping[str, Mapping[str, Mark]]
) -> list[WholeCard]:
    view = context.view
    refs = doubted.get(view.slug, NO_DOUBTS)
    return whole_cards(context.brief, today=view.today, questioned=refs)


def _found(cards: Sequence[FoundCard], words: str) -> Iterator[FoundLine]:
    """The lines with these words: objections of all cards first."""
    headings = dict.fromkeys(
        heading for each in cards for heading in each.card.sections
    )
    for heading in headings:
        for each in cards:
            lines = each.card.sections.get(heading, ())
            for line in matching(lines, words):
                yield FoundLine(each.launch, each.product, each.card, heading, line)


def _cards(asked: RoomRequest) -> Shown:
    context = asked.context()
    view = context.view
    with asked.room.store.read() as session:
        uses = read_card_uses(session, asked.slug)
    values = {
        "view": view,
        "reader": asked.reader(context),
        "product": view.product,
        "uses": uses,
        "cards": {each.key for each in context.brief.competitors()},
        "texts": line_texts(context),
        "doubts": [*doubted_lines(asked, context)],
        "live": (view.slug, view.revision),
    }
    return Shown("cards.html", values)


def _card(asked: RoomRequest) -> Shown:
    context = asked.context()
    view = context.view
    card = _the_card(asked)
    words = asked.wanted("q")
    lines = [line for each in card.sections.values() for line in each]
    copied = card.line(asked.wanted("copied"))
    values = {
        "view": view,
        "reader": asked.reader(context),
        "product": view.product,
        "card": card,
        "words": words,
        "found": matching(lines, words) if words else [],
        "copied": copied if copied and copied.leaves else None,
        "flags": view.status != LaunchStatus.CANCELLED,
        "edits": _may_edit(asked, context),
        "reviews": may_review(asked, context),
        "live": (view.slug, view.revision),
    }
    return Shown("card.html", values)


def _may_edit(asked: RoomRequest, context: MessageContext) -> bool:
    """Whether the visitor may edit the claims of the cards."""
    email = asked.visitor.email
    if email is None or context.view.status != LaunchStatus.RUNNING:
        return False
    return launch_denial(context, Verb.UPDATE, email) is None


def _the_card(asked: RoomRequest) -> WholeCard:
    """The card of the address; raises NotFound."""
    context = asked.context()
    key = asked.names["card"]
    with asked.room.store.read() as session:
        doubted = questioned_claims(session)
    found = (each for each in _cards_of(context, doubted) if each.key == key)
    card = next(found, None)
    if card is None:
        raise NotFound(f'{context.view.product} has no card "{key}"')
    return card


def _copied(asked: RoomRequest) -> Redirect:
    """Count that a line was copied, and show it to be taken from the page."""
    card = _the_card(asked)
    ref = asked.field("ref")
    line = card.line(ref)
    if line is None or not line.leaves:
        raise Refused("this line is internal; choose one that is marked with ✓")
    verbs.count_use(
        asked.room.store,
        asked.slug,
        card.key,
        CardUseKind.COPIED,
        by=asked.context().spelled(asked.email),
        now=asked.now,
    )
    return Redirect(f"{_address(asked)}?{urlencode({'copied': ref})}")


def _opened(asked: RoomRequest) -> Redirect:
    """Count that a card was opened in a browser; reading its page alone writes nothing."""
    card = _the_card(asked)
    verbs.count_use(
        asked.room.store,
        asked.slug,
        card.key,
        CardUseKind.OPENED,
        by=asked.context().spelled(asked.email),
        now=asked.now,
    )
    return Redirect(_address(asked))


def _wrong(asked: RoomRequest) -> Redirect:
    """Say that a line is wrong: its owner is told."""
    context = asked.context()
    ref = asked.field("ref")
    by = context.spelled(asked.email)
    if ref.partition(".")[0] != asked.names["card"]:
        raise NotFound("this card has no such line; load the page again")
    with changing(asked.room.store, asked.slug, now=asked.now) as change:
        outcome = verbs.flag(
            change,
            asked.slug,
            ref,
            by=by,
            note=asked.field("note") or None,
            now=asked.now,
        )
    said = said_of_line(asked, context, outcome, ref)
    changed = asked.slug if outcome.changed else None
    return Redirect(_address(asked), said=said, changed=changed)


def _address(asked: RoomRequest) -> str:
    return HERE.card(asked.slug, asked.names["card"])


SEARCH = page("/cards")(_search)
CARDS = page(PATH, tab="Cards", position=3)(_cards)
CARD = page(f"{PATH}/{{card}}")(_card)
COPIED = act(f"{PATH}/{{card}}/copied")(_copied)
OPENED = act(f"{PATH}/{{card}}/opened")(_opened)
WRONG = act(f"{PATH}/{{card}}/wrong")(_wrong)
