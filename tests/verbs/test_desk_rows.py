from __future__ import annotations

import pytest

from launch_kits.database.records import MemberStanding
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.verbs import ask, changing, flag
from launch_kits.verbs.actors import OUTSIDERS, Door, Via
from launch_kits.verbs.desk_rows import (
    MOST,
    find_question,
    launch_of_question,
    write_documents,
    written,
)
from tests.desk import NEW, SELLER, with_desk
from tests.launches import NOW, SLUG


def test_a_typed_text_is_on_one_line() -> None:
    assert written(" one\n two ", "note") == "one two"
    assert written("x" * MOST, "note") == "x" * MOST
    with pytest.raises(Refused, match="the note is empty"):
        written("\t", "note")
    with pytest.raises(Refused, match="the answer has 2001 characters; write 2000"):
        written("x" * (MOST + 1), "answer")


def test_a_question_is_found_by_its_number_in_its_launch(store: Store) -> None:
    store = with_desk(store)
    number = ask(store, SLUG, NEW, by=SELLER, now=NOW).id
    assert launch_of_question(store, number) == SLUG
    with changing(store, SLUG, now=NOW) as change:
        assert find_question(change, number).text == NEW
        assert launch_of_question(change, number) == SLUG
        with pytest.raises(NotFound, match="no question 90000"):
            find_question(change, 90000)
    with pytest.raises(NotFound, match="no question 90000"):
        launch_of_question(store, 90000)


def test_documents_that_list_questions_are_written_again(store: Store) -> None:
    store = with_desk(store)
    with changing(store, SLUG, now=NOW) as change:
        for task in change.tasks.values():
            task.document = "x.md"
            task.document_owed_at = None
            task.template = "battlecard.md.j2"
        change.task("research").template = "sales_faq.md.j2"
        write_documents(change, about=None)
        owed = [t.key for t in change.tasks.values() if t.document_owed_at]
        assert owed == ["research"]
        # a doubt about a claim may be in any of them
        write_documents(change, about="osprey.y1")
        assert all(t.document_owed_at for t in change.tasks.values())


@pytest.mark.parametrize("standing", OUTSIDERS)
def test_guests_and_other_outsiders_ask_and_doubt_nothing(
    store: Store, standing: MemberStanding
) -> None:
    with_desk(store)
    via = Via(Door.SLACK, standing=standing)
    with changing(store, SLUG, now=NOW, via=via) as change:
        with pytest.raises(NotYours, match="may not ask about Falcon"):
            ask(change, SLUG, NEW, by=SELLER, now=NOW)
        with pytest.raises(NotYours, match="may not doubt a card of Falcon"):
            flag(change, SLUG, "osprey.y1", by=SELLER, now=NOW)
