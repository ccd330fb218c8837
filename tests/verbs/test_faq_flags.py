"""Entries of the FAQ that people call wrong: told, marked until they are answered, counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from launch_kits.claims.lines import Mark
from launch_kits.claims.proofs import supported
from launch_kits.claims.questioned import doubted_supports
from launch_kits.database.records import CardUseKind
from launch_kits.database.store import Store
from launch_kits.errors import NotYours
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import answer, ask, flag, revise, uphold
from launch_kits.views.answer_kinds import AnswerKind
from launch_kits.views.card_usage import CardInUse, read_card_uses
from launch_kits.views.launch import read_launch
from tests.desk import (
    ENTRY,
    KNOWN,
    OTHER,
    SELLER,
    SUPPORT,
    desk_brief,
    question,
    uses,
    with_desk,
)
from tests.launches import LEAD, NOW, PMM, SLUG, at, launch, notices, sentence_of

LATER = at("01-12")


def entry_in_use(store: Store) -> CardInUse | None:
    with store.read() as session:
        return next((u for u in read_card_uses(session, SLUG) if u.key == ENTRY), None)


def owed(store: Store) -> list[tuple[AnswerKind, str]]:
    with store.read() as session:
        asks = read_launch(session, SLUG, documents=Path(), now=NOW).asks
    kinds = (AnswerKind.FLAG, AnswerKind.DOUBT)
    return [(each.wanted, each.who) for each in asks if each.wanted in kinds]


def doubted(store: Store, *people: str) -> None:
    with_desk(store)
    for person in people:
        flag(store, SLUG, ENTRY, by=person, note="Since May", now=NOW)


def test_one_flag_is_a_note_to_the_person_who_answers_the_desk(store: Store) -> None:
    doubted(store, SELLER)
    (note,) = notices(store, "news")
    assert note.to == SUPPORT
    assert sentence_of(store, note) == (
        f'Please check this entry of the FAQ (Falcon 2): "{KNOWN} No, on Linux alone." '
        "seller@example.com says that it is wrong: Since May."
    )
    assert notices(store, "question") == []
    assert owed(store) == [(AnswerKind.FLAG, SUPPORT)]
    assert ask(store, SLUG, KNOWN, by=OTHER, now=NOW).known is not None


def test_two_flags_mark_it_until_it_is_answered(store: Store) -> None:
    doubted(store, SELLER, OTHER)
    row = question(store)
    assert (row.about, row.owner) == (ENTRY, SUPPORT)
    (asked,) = notices(store, "question")
    assert sentence_of(store, asked).startswith(
        "Please say by Tue 12 Jan, 10:00 whether this entry of the FAQ holds, "
        f'which two people doubt: "{KNOWN} No'
    )
    assert owed(store) == [(AnswerKind.DOUBT, SUPPORT)]
    assert ask(store, SLUG, KNOWN, by=PMM, now=NOW).known is None
    answer(store, row.id, text="It holds: see the page.", by=SUPPORT, now=NOW)
    assert owed(store) == []
    assert ask(store, SLUG, KNOWN, by=LEAD, now=NOW).known is not None
    assert {each.to for each in notices(store, "answer")} >= {SELLER, OTHER}


def test_a_document_marks_an_entry_in_doubt_and_keeps_it_inside() -> None:
    brief = desk_brief()
    inside = Audience.INTERNAL
    outside = Audience.CUSTOMER
    items = supported(brief, brief.faq, today=NOW.date(), reader=inside)
    (marked,) = doubted_supports(items, {ENTRY: Mark.QUESTIONED}, reader=inside)
    assert "questioned, wait for the answer" in marked.marks
    assert not marked.for_customers
    assert doubted_supports(items, {ENTRY: Mark.QUESTIONED}, reader=outside) == ()
    assert (
        doubted_supports(items, {"faq.0123456789": Mark.QUESTIONED}, reader=outside)
        == items
    )


def test_who_answers_the_desk_says_that_it_holds(store: Store) -> None:
    doubted(store, SELLER)
    with pytest.raises(NotYours):
        uphold(store, SLUG, ENTRY, by=PMM, note="It does", now=NOW)
    uphold(store, SLUG, ENTRY, by=SUPPORT, note="Windows has no port", now=NOW)
    (told,) = notices(store, "answer")
    assert told.to == SELLER
    assert "Windows has no port" in sentence_of(store, told)
    assert owed(store) == []


def faq_saying(*entries: dict[str, Any]) -> Brief:
    written = desk_brief().model_dump(mode="json", by_alias=True)
    return Brief.kept({**written, "faq": list(entries)})


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([{"ask": KNOWN, "answer": "Yes, since May."}], "the FAQ says now: "),
        ([], "the entry is not in the FAQ any more"),
    ],
)
@pytest.mark.parametrize("people", [(SELLER,), (SELLER, OTHER)])
def test_an_update_that_changes_it_ends_the_doubt(
    store: Store, entries: list[dict[str, Any]], said: str, people: tuple[str, ...]
) -> None:
    doubted(store, *people)
    revise(store, SLUG, faq_saying(*entries), by=LEAD, now=LATER)
    assert all(each.settled_at == LATER for each in uses(store))
    told = {each.to: sentence_of(store, each) for each in notices(store, "answer")}
    assert set(told) == set(people)
    assert all(said in each for each in told.values())


def test_its_use_is_counted_like_that_of_a_card(store: Store) -> None:
    with_desk(store)
    assert entry_in_use(store) is None
    for person in (SELLER, SELLER, OTHER):
        ask(store, SLUG, KNOWN, by=person, now=NOW)
    flag(store, SLUG, ENTRY, by=SELLER, now=NOW)
    found = entry_in_use(store)
    assert found is not None
    assert (found.name, found.owner) == (f"FAQ: {KNOWN}", SUPPORT)
    assert (found.counts[CardUseKind.OPENED], found.readers) == (3, 2)
    assert (found.flagged, found.questioned) == ((ENTRY,), ())
    assert launch(store).revision > 0
