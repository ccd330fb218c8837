from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.verbs import answer, cancel, flag, uphold
from tests.desk import LINK, OTHER, SELLER, question, uses, with_desk
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SLUG,
    events,
    notices,
    pending,
    sentence_of,
)

CLAIM = "osprey.s1"


def questions(store: Store) -> list[str | None]:
    return [each.facts["about"] for each in notices(store, "question")]


def test_the_first_flag_is_a_note_to_the_owner_of_the_card(store: Store) -> None:
    with_desk(store)
    found = flag(store, SLUG, CLAIM, by=SELLER, note="Renamed\nlast year", now=NOW)
    assert found.message == f"{PMM} is told that {CLAIM} may be wrong"
    (note,) = notices(store, "news")
    assert note.to == PMM
    assert sentence_of(store, note) == (
        "Please check this line of the card on Osprey Data Hub (Falcon 2): "
        '"Osprey is well known". seller@example.com says that it is wrong: Renamed last year.'
    )
    assert questions(store) == []
    (event,) = events(store, verb="flag")
    assert (event.by, event.note, event.data) == (
        SELLER,
        "Renamed last year",
        {"claim": CLAIM},
    )


def test_the_second_person_puts_a_question_to_the_owner(store: Store) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, now=NOW)
    found = flag(store, SLUG, CLAIM, by=OTHER, now=NOW)
    assert "is marked as questioned until pmm@example.com has answered" in found.message
    row = question(store)
    assert (row.about, row.owner, row.asked_by) == (CLAIM, PMM, OTHER)
    # the channel hears nothing of it
    assert pending(store, "question") == [PMM]
    third = flag(store, SLUG, CLAIM, by=LEAD, now=NOW)
    assert third.changed
    assert len(questions(store)) == 1


def test_the_question_takes_the_place_of_the_first_note_and_has_the_reasons(
    store: Store,
) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, note="Renamed", now=NOW)
    flag(store, SLUG, CLAIM, by=OTHER, now=NOW)
    (note,) = notices(store, "news")
    assert sentence_of(store, note) == (
        'A newer message asks about the line "Osprey is well known" of the card on '
        "Osprey Data Hub."
    )
    (asked,) = notices(store, "question")
    assert asked.facts["card"] == "Osprey Data Hub"
    assert asked.facts["doubts"] == [
        {"by": SELLER, "note": "Renamed"},
        {"by": OTHER, "note": None},
    ]


def test_one_person_counts_once(store: Store) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, now=NOW)
    again = flag(store, SLUG, CLAIM, by=SELLER.upper(), now=NOW)
    assert not again.changed
    assert questions(store) == []
    assert len(uses(store)) == 1


def test_two_lines_are_two_doubts(store: Store) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, now=NOW)
    flag(store, SLUG, "osprey.y1", by=OTHER, now=NOW)
    assert questions(store) == []


def test_after_the_answer_the_flags_begin_anew(store: Store) -> None:
    with_desk(store)
    for person in (SELLER, OTHER):
        flag(store, SLUG, CLAIM, by=person, now=NOW)
    answer(store, question(store).id, text="It holds", source=LINK, now=NOW)
    assert flag(store, SLUG, CLAIM, by=SELLER, now=NOW).changed
    assert len(questions(store)) == 1


def test_an_unknown_claim_is_named(store: Store) -> None:
    with_desk(store)
    with pytest.raises(NotFound, match=r'no claim "osprey.s9"; did you mean'):
        flag(store, SLUG, "osprey.s9", by=SELLER, now=NOW)


def test_a_cancelled_launch_takes_no_flags(store: Store) -> None:
    cancel(with_desk(store), SLUG, now=NOW)
    with pytest.raises(Refused, match="is cancelled"):
        flag(store, SLUG, CLAIM, by=SELLER, now=NOW)


def test_the_owner_of_a_card_says_why_a_doubted_line_holds(store: Store) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, note="Renamed", now=NOW)
    found = uphold(store, SLUG, CLAIM, note="The name is the same", now=NOW)
    assert found.message == f"{CLAIM} holds; {SELLER} will hear of it"
    (note,) = notices(store, "news")
    assert sentence_of(store, note).startswith("Answered by you: the line")
    (told,) = notices(store, "answer")
    assert told.to == SELLER
    assert sentence_of(store, told) == (
        'About the line that you doubted, "Osprey is well known": Pia answers: '
        "The name is the same (not sourced)"
    )
    assert [each.settled_at for each in uses(store)] == [NOW]
    # a new doubt is a first one
    assert not flag(store, SLUG, CLAIM, by=OTHER, now=NOW).questioned


def test_a_line_is_upheld_by_its_owner_and_the_lead_if_it_is_doubted(
    store: Store,
) -> None:
    with_desk(store)
    with pytest.raises(Refused, match=r"no one doubts osprey\.s1"):
        uphold(store, SLUG, CLAIM, note="It holds", now=NOW)
    flag(store, SLUG, CLAIM, by=SELLER, now=NOW)
    with pytest.raises(NotYours, match="may not answer"):
        uphold(store, SLUG, CLAIM, by=SELLER, note="It holds", now=NOW)
    with pytest.raises(Refused, match="the note is empty"):
        uphold(store, SLUG, CLAIM, by=LEAD, note=" ", now=NOW)
    flag(store, SLUG, CLAIM, by=OTHER, now=NOW)
    with pytest.raises(Refused, match="answer the question"):
        uphold(store, SLUG, CLAIM, by=LEAD, note="It holds", now=NOW)
