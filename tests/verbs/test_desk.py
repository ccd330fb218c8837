from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.verbs import answer, ask, ask_anyway, cancel
from tests.desk import (
    ENTRY,
    KNOWN,
    LINK,
    NEW,
    OBJECTION,
    OTHER,
    SELLER,
    SUPPORT,
    question,
    with_desk,
)
from tests.launches import LEAD, NOW, SLUG, at, events, launch, notices, opened, pending


def test_a_question_goes_to_the_desk_with_a_clock(store: Store) -> None:
    store = with_desk(store)
    asked = ask(store, SLUG, f"  {NEW}\n", by=SELLER, now=NOW)
    assert asked.changed
    assert asked.known is None
    row = question(store)
    assert (row.text, row.owner, row.asked_by) == (NEW, SUPPORT, SELLER)
    # eight working hours after Monday at 10
    assert row.due_at == at("01-12", 10)
    assert pending(store, "question") == ["#falcon-2-launch", SUPPORT]
    (event,) = events(store, verb="ask")
    assert (event.by, event.note, event.data) == (SELLER, NEW, {"question": asked.id})


def test_the_time_for_an_answer_is_the_briefs_or_the_kits(store: Store) -> None:
    store = with_desk(store, answer_within=2)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    assert question(store).due_at == at("01-11", 12)


def test_the_lead_answers_if_the_team_has_no_support(store: Store) -> None:
    store = opened(store)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    assert question(store).owner == LEAD


@pytest.mark.parametrize(
    ("text", "ref", "said"),
    [
        ("does falcon run on windows", ENTRY, "No, on Linux alone."),
        (OBJECTION, "osprey.q1", "Compare the price with support included."),
        ("is falcon faster?", "osprey.y1", "Falcon is faster"),
    ],
)
def test_a_similar_question_is_answered_at_once_with_its_source(
    store: Store, text: str, ref: str, said: str
) -> None:
    store = with_desk(store)
    asked = ask(store, SLUG, text, by=SELLER, now=NOW)
    assert asked.known is not None
    assert (asked.known.ref, asked.known.says) == (ref, said)
    row = question(store)
    assert (row.answer, row.source) == (said, "https://osprey.example.com")
    assert row.answered_by is None
    assert pending(store, "question") == []


def test_an_answer_without_a_source_is_not_given_automatically(store: Store) -> None:
    store = with_desk(store)
    for text in ("Is Falcon certified?", "What are the discounts of Osprey?"):
        assert ask(store, SLUG, text, by=SELLER, now=NOW).known is None


def test_the_answer_of_a_person_is_known_to_the_next_who_asks(store: Store) -> None:
    store = with_desk(store)
    number = ask(store, SLUG, NEW, by=SELLER, now=NOW).id
    answer(store, number, text="Yes, it can.", source=LINK, now=NOW)
    asked = ask(store, SLUG, "can an invoice be in euros", by=OTHER, now=NOW)
    assert asked.known is not None
    assert (asked.known.ref, asked.known.says) == (f"question.{number}", "Yes, it can.")


def test_a_known_answer_can_be_asked_for_anyway(store: Store) -> None:
    store = with_desk(store)
    number = ask(store, SLUG, KNOWN, by=SELLER, now=NOW).id
    later = at("01-12")
    asked = ask_anyway(store, number, by=SELLER.upper(), now=later)
    assert asked.changed
    row = question(store)
    assert (row.answer, row.source, row.answered_at) == (None, None, None)
    assert row.due_at == at("01-13", 10)
    assert pending(store, "question") == ["#falcon-2-launch", SUPPORT]
    assert not ask_anyway(store, number, by=SELLER, now=later).changed
    with pytest.raises(NotYours, match="again; these may: seller@"):
        ask_anyway(store, number, by=OTHER, now=later)


def test_anyway_asks_a_person_at_once(store: Store) -> None:
    store = with_desk(store)
    assert ask(store, SLUG, KNOWN, by=SELLER, now=NOW, anyway=True).known is None
    assert len(notices(store, "question")) == 2


def test_the_same_question_of_one_person_is_asked_once(store: Store) -> None:
    store = with_desk(store)
    first = ask(store, SLUG, NEW, by=SELLER, now=NOW)
    again = ask(store, SLUG, NEW, by=SELLER, now=at("01-11", 11))
    assert (again.changed, again.id) == (False, first.id)
    assert ask(store, SLUG, NEW, by=OTHER, now=NOW).id != first.id


def test_a_sweep_looks_when_the_answer_is_due(store: Store) -> None:
    store = with_desk(store, answer_within=2)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    assert launch(store).look_at == at("01-11", 12)


@pytest.mark.parametrize(
    ("text", "error"),
    [(" \n ", "the question is empty"), ("x" * 2001, "has 2001 characters")],
)
def test_a_question_has_words_but_not_too_many(
    store: Store, text: str, error: str
) -> None:
    with pytest.raises(Refused, match=error):
        ask(with_desk(store), SLUG, text, by=SELLER, now=NOW)


def test_a_cancelled_launch_answers_nothing(store: Store) -> None:
    store = with_desk(store)
    number = ask(store, SLUG, NEW, by=SELLER, now=NOW).id
    cancel(store, SLUG, now=NOW)
    with pytest.raises(Refused, match="is cancelled"):
        ask(store, SLUG, NEW, by=OTHER, now=NOW)
    with pytest.raises(Refused, match="is cancelled"):
        answer(store, number, text="Yes", now=NOW)


def test_an_unknown_launch_or_question_is_named(store: Store) -> None:
    store = with_desk(store)
    with pytest.raises(NotFound, match='no launch "falcn-2"; did you mean'):
        ask(store, "falcn-2", NEW, by=SELLER, now=NOW)
    with pytest.raises(NotFound, match="no question 70000; `launch-kits desk`"):
        ask_anyway(store, 70000, by=SELLER, now=NOW)
