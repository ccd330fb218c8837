from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.claims.lines import Mark
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.verbs import cancel, concede, flag, revise, uphold
from launch_kits.views.asks import AnswerKind
from launch_kits.views.doubted import questioned_in
from launch_kits.views.launch import read_launch
from tests.desk import OTHER, SELLER, question, uses, with_desk
from tests.launches import LEAD, NOW, PMM, SLUG, at, events, notices, sentence_of
from tests.verbs.test_settled_cards import brief_saying

CLAIM = "osprey.s1"
LATER = at("01-12")


def doubted(store: Store) -> dict[str, Mark]:
    with store.read() as session:
        return dict(questioned_in(session, SLUG))


def told(store: Store, kind: str = "answer") -> list[tuple[str, str]]:
    return [
        (each.to, sentence_of(store, each, now=LATER)) for each in notices(store, kind)
    ]


def lines_owed(store: Store) -> list[str]:
    """The doubted lines that wait for their owner's word."""
    wanted = (AnswerKind.FLAG, AnswerKind.DOUBT)
    with store.read() as session:
        view = read_launch(session, SLUG, now=LATER, documents=Path("/nowhere"))
        return [each.title for each in view.asks if each.wanted in wanted]


def test_a_line_that_its_owner_calls_wrong_is_marked_until_it_is_corrected(
    store: Store,
) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, note="Renamed", now=NOW)
    assert lines_owed(store) == ["Osprey is well known"]
    assert doubted(store) == {}
    found = concede(store, SLUG, CLAIM, note="It was renamed in May", now=LATER)
    assert found.message == (
        f"{CLAIM} is marked until it is corrected; {SELLER} will hear of it"
    )
    assert doubted(store) == {CLAIM: Mark.WRONG}
    assert lines_owed(store) == []
    assert told(store) == [
        (
            SELLER,
            (
                'About the line that you doubted, "Osprey is well known": Pia says that it '
                "is wrong: It was renamed in May. It is marked until it is corrected."
            ),
        )
    ]
    assert told(store, "news") == [
        (
            PMM,
            (
                "Called wrong by you, and marked until it is corrected: the line "
                '"Osprey is well known" of the card on Osprey Data Hub.'
            ),
        ),
        (
            LEAD,
            (
                'Falcon 2: Pia says that the line "Osprey is well known" of the card on '
                "Osprey Data Hub is wrong: It was renamed in May."
            ),
        ),
    ]
    (event,) = events(store, verb="answer")
    assert (event.by, event.data) == (PMM, {"claim": CLAIM, "wrong": True})


def test_a_corrected_line_is_told_to_all_and_marked_no_more(store: Store) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, now=NOW)
    concede(store, SLUG, CLAIM, note="Renamed", now=LATER)
    revise(store, SLUG, brief_saying("Osprey is rarely known"), by=LEAD, now=LATER)
    assert doubted(store) == {}
    assert [to for to, said in told(store) if "says now" in said] == [PMM, SELLER]


def test_the_question_of_two_people_is_answered_by_it(store: Store) -> None:
    with_desk(store)
    for person in (SELLER, OTHER):
        flag(store, SLUG, CLAIM, by=person, now=NOW)
    concede(store, SLUG, CLAIM, note="Renamed", now=LATER)
    row = question(store)
    assert (row.answer, row.answered_by, row.answered_at) == ("Renamed", PMM, LATER)
    assert [to for to, _ in told(store)] == [OTHER, SELLER]
    assert doubted(store) == {CLAIM: Mark.WRONG}
    assert lines_owed(store) == []


def test_a_further_doubt_about_it_asks_no_one(store: Store) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, now=NOW)
    concede(store, SLUG, CLAIM, note="Renamed", now=LATER)
    again = concede(store, SLUG, CLAIM, note="Renamed", now=LATER)
    assert (again.changed, again.message) == (
        False,
        f"{CLAIM} is known to be wrong already",
    )
    before = len(notices(store))
    found = flag(store, SLUG, CLAIM, by=OTHER, now=LATER)
    assert (found.known, found.message) == (
        True,
        f"{PMM} knows that {CLAIM} is wrong; it is marked until it is corrected",
    )
    assert len(notices(store)) == before


def test_its_owner_may_change_their_mind(store: Store) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, now=NOW)
    concede(store, SLUG, CLAIM, note="Renamed", now=LATER)
    uphold(store, SLUG, CLAIM, note="It keeps its name", now=LATER)
    assert doubted(store) == {}
    assert all(each.settled_at == LATER for each in uses(store))


def test_only_a_doubted_line_of_ones_own_is_called_wrong(store: Store) -> None:
    with_desk(store)
    with pytest.raises(Refused, match="no one doubts"):
        concede(store, SLUG, CLAIM, note="Renamed", now=NOW)
    flag(store, SLUG, CLAIM, by=SELLER, now=NOW)
    with pytest.raises(NotYours):
        concede(store, SLUG, CLAIM, by=SELLER, note="Renamed", now=NOW)
    with pytest.raises(Refused, match="the note is empty"):
        concede(store, SLUG, CLAIM, note=" ", now=NOW)
    with pytest.raises(NotFound):
        concede(store, SLUG, "osprey.z9", note="Renamed", now=NOW)
    cancel(store, SLUG, now=NOW)
    with pytest.raises(Refused, match="cancelled"):
        concede(store, SLUG, CLAIM, note="Renamed", now=NOW)
