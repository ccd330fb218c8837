"""Short answers to one person: cards, lists, help, refusals. Cases of the golden renderings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from launch_kits.claims.card_front import card_front
from launch_kits.claims.doubtable import faq_ref
from launch_kits.claims.known_answers import KnownAnswer
from launch_kits.database.records import LaunchStatus
from launch_kits.inputs.audience import Audience
from launch_kits.slack.inbound.commands import help_message, statuses_message
from launch_kits.slack.messages.answers import apology
from launch_kits.slack.messages.blocks import Message
from launch_kits.slack.messages.card import (
    PER_LINE,
    WORDS,
    card_message,
    choice_message,
    copy_message,
    unknown_card,
)
from launch_kits.slack.messages.late import with_form
from launch_kits.views.cards import CardName, SellersCard
from launch_kits.views.landing import State
from launch_kits.views.overview import Overview
from tests.desk import desk_brief
from tests.slack.views import READER

LINK = "https://x.example/results?a=1&b=2"
SAID = "Osprey is cheaper"
KNOWN = KnownAnswer(
    "osprey.q1",
    "Osprey is cheaper than you",
    "Compare the price with support included.",
    "the card on Osprey Data Hub",
    stated=LINK,
    for_customers=True,
)


def short_answers() -> Iterator[tuple[str, Message]]:
    """The name and the message of each."""
    yield from _cards()
    yield from _lists()
    yield "help", help_message()
    yield "help, after a slip", help_message("Write /launch card NAME.")
    yield "refused, with the form", with_form("Not done: Valkey 9.0 is cancelled.", "k")
    yield "apology", apology()


def _cards() -> Iterator[tuple[str, Message]]:
    front = _card()
    due = READER.today - timedelta(30)
    stale = replace(front.front, stale=True, next_review_on=due)
    yield "card", card_message(front, reader=READER)
    yield "card, stale", card_message(replace(front, front=stale), reader=READER)
    yield "card, to copy", copy_message(front)
    cases = {
        "of the card": KNOWN,
        "of the FAQ": replace(KNOWN, ref=faq_ref(KNOWN.asks), place="the FAQ"),
        "for colleagues": replace(KNOWN, mark="questioned", for_customers=False),
    }
    for name, answer in cases.items():
        card = replace(front, said=SAID, answer=answer)
        yield f"answer {name}", card_message(card, reader=READER)
        yield f"answer {name}, to copy", copy_message(card)
    unsourced = replace(KNOWN, stated="", sources=())
    for name, found in (("no source", unsourced), ("no answer", None)):
        card = replace(front, said=SAID, answer=found)
        yield f"not sourced: {name}", card_message(card, reader=READER)
    names = [
        CardName("falcon-2", "Falcon 2", "osprey", "Osprey Data Hub", SAID),
        CardName("valkey-9", "Valkey 9.0", "osprey", "Osprey Data Hub", SAID),
    ]
    yield "choice", choice_message(names, "Several cards are called so.")
    yield "choice, unknown name", unknown_card("Ospray", names)
    yield "choice, no card", unknown_card("", [])


def _card() -> SellersCard:
    front = card_front(
        desk_brief().competitors()[0],
        today=READER.today,
        reader=Audience.INTERNAL,
        words=WORDS,
        per_line=PER_LINE,
    )
    return SellersCard("falcon-2", "Falcon 2", "", None, front)


def _lists() -> Iterator[tuple[str, Message]]:
    overviews = [
        Overview(
            "valkey-9",
            "Valkey 9.0",
            LaunchStatus.RUNNING,
            READER.today + timedelta(29),
            readiness=0.4,
            late=late,
            state=state,
            lands_on=None,
            tasks_open=9,
        )
        for late, state in ((0, State.ON_TRACK), (3, State.AT_RISK))
    ]
    yield "launches", statuses_message(overviews, today=READER.today)
    yield "launches, and more", statuses_message(overviews, today=READER.today, more=4)
    yield "launches, none", statuses_message([], today=READER.today)
