from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from launch_kits.claims.card_front import card_front
from launch_kits.claims.known_answers import KnownAnswer
from launch_kits.inputs.audience import Audience
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.blocks import Message
from launch_kits.slack.messages.card import (
    PER_LINE,
    WORDS,
    card_message,
    choice_message,
    copy_message,
    unknown_card,
)
from launch_kits.views.cards import CardName, SellersCard
from tests.desk import ENTRY, desk_brief
from tests.slack.block_kit import problems
from tests.slack.office import words
from tests.slack.views import READER

ROOT = Path(__file__).parents[3]
TODAY = READER.today
RISKY = "*A* <!channel> `b` & \u202ec"
ANSWER = KnownAnswer("osprey.q1", RISKY, RISKY, "the card on Osprey", stated=RISKY)


def card(said: str = "", answer: KnownAnswer | None = None) -> SellersCard:
    osprey = desk_brief().competitors()[0]
    front = card_front(
        osprey,
        today=TODAY,
        reader=Audience.INTERNAL,
        words=WORDS,
        per_line=PER_LINE,
    )
    return SellersCard("falcon-2", "Falcon 2", said, answer, front)


@pytest.mark.parametrize(
    "shown",
    [
        card(),
        card(RISKY),
        card(RISKY, ANSWER),
        card(RISKY, replace(ANSWER, stated="")),
        card("x" * 4000, replace(ANSWER, ref=ENTRY, says="word " * 900)),
    ],
)
def test_a_card_is_within_slacks_limits_whatever_its_texts(shown: SellersCard) -> None:
    for message in (card_message(shown, reader=READER), copy_message(shown)):
        assert problems(list(message.blocks)) == []
        assert message.text
        assert "\u202e" not in message.text


def test_a_front_without_lines_says_so() -> None:
    shown = card()
    empty = replace(shown, front=replace(shown.front, lines=()))
    found = words({"blocks": card_message(empty, reader=READER).blocks})
    assert "No line of it holds and has a source today." in found


def test_the_notification_of_a_card_without_sources_does_not_say_verified() -> None:
    shown = card()
    assert ", verified " in card_message(shown, reader=READER).text
    unread = replace(shown, front=replace(shown.front, verified=False))
    text = card_message(unread, reader=READER).text
    assert text.endswith(", not verified: the ledger names no source.")


def test_a_conflict_is_told_before_the_lines() -> None:
    shown = card()
    split = replace(shown, front=replace(shown.front, conflicts=("Nodes", "Price")))
    found = words({"blocks": card_message(split, reader=READER).blocks})
    assert found[2] == "Sources disagree about Nodes and Price: claim neither side."


def test_an_answer_of_the_faq_is_called_wrong_by_its_own_reference() -> None:
    shown = card("windows", replace(ANSWER, ref=ENTRY, place="the FAQ"))
    blocks = card_message(shown, reader=READER).blocks
    (doubt,) = [block["accessory"] for block in blocks if "accessory" in block]
    assert doubt["action_id"] == "card_wrong:0"
    assert ActionPlace.unpack(doubt["value"]).task == ENTRY


def test_a_choice_has_a_button_for_each_of_ten_cards() -> None:
    cards = [CardName("l", "P", f"k{at}", f"N{at}", "x" * 5000) for at in range(40)]
    message: Message = choice_message(cards, "Which?")
    assert problems(list(message.blocks)) == []
    assert len(message.blocks[1]["elements"]) == 10  # type: ignore[arg-type]


def test_without_any_card_it_says_why() -> None:
    assert unknown_card("redis", []).text == (
        "There is no card: no launch has an alternative with claims."
    )
