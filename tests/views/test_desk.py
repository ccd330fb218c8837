from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import answer, ask, cancel, flag
from launch_kits.views.desk import (
    QuestionStatus,
    known_answers,
    questioned_in,
    read_desk,
    status_of,
)
from tests.desk import ENTRY, KNOWN, LINK, NEW, OTHER, SELLER, question, with_desk
from tests.launches import NOW, SLUG, at, launch


def states(store: Store, slug: str | None = SLUG) -> list[tuple[str, str]]:
    with store.read() as session:
        lines = read_desk(session, slug, now=at("01-12", 11))
    return [(each.row.text, each.status) for each in lines]


def test_open_questions_come_first_those_due_soonest_on_top(store: Store) -> None:
    with_desk(store)
    ask(store, SLUG, KNOWN, by=SELLER, now=NOW)
    ask(store, SLUG, "Is there a free trial period?", by=OTHER, now=at("01-12", 10))
    number = ask(store, SLUG, "Who trains our partners?", by=OTHER, now=NOW).id
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    answer(store, number, text="Sales", now=NOW)
    assert states(store) == [
        (NEW, "overdue"),
        ("Is there a free trial period?", "open"),
        ("Who trains our partners?", "answered"),
        (KNOWN, "answered"),
    ]
    with store.read() as session:
        lines = read_desk(session, SLUG, now=NOW)
    assert [each.automatic for each in lines] == [False, False, False, True]


def test_without_a_launch_those_of_cancelled_ones_are_left_out(store: Store) -> None:
    with_desk(store)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    assert states(store, None) == [(NEW, "overdue")]
    cancel(store, SLUG, now=NOW)
    assert states(store, None) == []
    assert states(store) == [(NEW, "overdue")]
    with store.read() as session, pytest.raises(NotFound):
        read_desk(session, "gone", now=NOW)


def test_a_question_is_overdue_after_its_instant(store: Store) -> None:
    with_desk(store)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    row = question(store)
    assert status_of(row, now=row.due_at) is QuestionStatus.OPEN
    assert status_of(row, now=at("01-12", 10, 1)) is QuestionStatus.OVERDUE


def test_claims_are_in_doubt_until_the_owner_answers(store: Store) -> None:
    with_desk(store)
    for person in (SELLER, OTHER):
        flag(store, SLUG, "osprey.y1", by=person, now=NOW)

    def doubted() -> set[str]:
        with store.read() as session:
            return {*questioned_in(session, SLUG)}

    assert doubted() == {"osprey.y1"}
    answer(store, question(store).id, text="It holds", now=NOW)
    assert doubted() == set()


def test_known_answers_are_sourced_and_not_in_doubt(store: Store) -> None:
    with_desk(store)
    number = ask(store, SLUG, NEW, by=SELLER, now=NOW).id
    answer(store, number, text="Yes", source=LINK, now=NOW)
    for person in (SELLER, OTHER):
        flag(store, SLUG, "osprey.q1", by=person, now=NOW)
    brief = Brief.kept(launch(store).brief)
    with store.read() as session:
        known = known_answers(session, SLUG, brief, now=NOW)
    refs = [each.ref for each in known]
    assert refs[:2] == [ENTRY, f"question.{number}"]
    assert {"osprey.y1", "kite.s1"} <= set(refs)
    # in doubt; without a source
    assert not {"osprey.q1", "osprey.q2", "osprey.c1"} & set(refs)
