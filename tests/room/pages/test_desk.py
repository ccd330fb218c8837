from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits.verbs import answer as answer_it
from launch_kits.verbs import ask, flag, propose_for_faq
from tests.desk import KNOWN, LINK, NEW, SELLER, SUPPORT, question, with_desk
from tests.launches import LEAD, NOW, PMM, SALES, SLUG, dump, launch
from tests.room.visiting import text_of

PAGE = f"/launches/{SLUG}/desk"


@pytest.fixture
def visit(store, arriving):
    with_desk(store)
    return arriving()


def test_a_known_question_is_answered_at_once_and_a_person_asked_anyway(visit):
    visit.sign_in(SALES)
    said = visit.said(visit.send(PAGE, question=KNOWN))
    assert "No, on Linux alone." in said
    page = visit.text(PAGE)
    assert "An automatic match" in page
    number = question(visit.store).id
    visit.said(visit.send(f"{PAGE}/{number}/anyway"))
    assert question(visit.store).answered_at is None
    assert visit.followed == [SLUG, SLUG]


def test_a_question_is_answered_by_whom_it_is_put_to(visit):
    ask(visit.store, SLUG, NEW, by=SELLER, now=NOW)
    number = question(visit.store).id
    visit.sign_in(PMM)
    assert "Answer</summary>" not in visit.get(PAGE).text
    before = dump(visit.store)
    refused = visit.send(f"{PAGE}/{number}/answer", answer="Yes", source=LINK)
    assert refused.status_code == 403
    assert dump(visit.store) == before
    visit.sign_in(SUPPORT)
    assert "Sue answers by" in visit.text(PAGE)
    said = visit.said(visit.send(f"{PAGE}/{number}/answer", answer="Yes", source=LINK))
    assert "answered" in said
    assert question(visit.store).answer == "Yes"
    assert LINK in visit.get(PAGE).text


def test_an_answer_goes_on_to_the_faq(visit):
    ask(visit.store, SLUG, NEW, by=SELLER, now=NOW)
    number = question(visit.store).id
    answer_it(visit.store, number, text="Yes", source=LINK, by=SUPPORT, now=NOW)
    visit.sign_in(SUPPORT)
    assert "Propose it for the FAQ" in visit.text(PAGE)
    visit.send(f"{PAGE}/{number}/propose")
    assert "Add it to the FAQ" not in visit.text(PAGE)
    visit.sign_in(LEAD)
    assert "Add it to the FAQ" in visit.text(PAGE)
    assert visit.send(f"{PAGE}/{number}/add", audience="all").status_code == 409
    visit.said(visit.send(f"{PAGE}/{number}/add", audience="customer"))
    (entry,) = (each for each in launch(visit.store).brief["faq"] if each["ask"] == NEW)
    assert (entry["answer"], entry["audience"]) == ("Yes", "customer")
    assert "in the FAQ" in visit.text(PAGE)


def test_a_proposed_answer_is_left_out(visit):
    ask(visit.store, SLUG, NEW, by=SELLER, now=NOW)
    number = question(visit.store).id
    answer_it(visit.store, number, text="Yes", source=LINK, by=SUPPORT, now=NOW)
    propose_for_faq(visit.store, number, by=SUPPORT, now=NOW)
    visit.sign_in(LEAD)
    visit.send(f"{PAGE}/{number}/decline")
    assert question(visit.store).faq == "declined"


def test_the_questions_of_all_launches_are_on_one_page(visit):
    assert "No question was asked." in visit.text("/desk")
    ask(visit.store, SLUG, NEW, by=SELLER, now=NOW)
    page = visit.text("/desk")
    assert NEW in page
    assert "Falcon 2" in page
    visit.now = NOW + timedelta(days=9)
    assert "overdue" in visit.text("/desk")


def test_acts_that_are_none_are_refused(visit):
    visit.sign_in(LEAD)
    for path in ("1/nope", "x/answer", "99/answer", "9999999999/answer"):
        answer = visit.send(f"{PAGE}/{path}", answer="Yes")
        assert answer.status_code == 404, path
    assert visit.send(PAGE, question=" ").status_code == 409


def test_no_reference_of_a_claim_is_shown_but_the_card_that_it_is_on(visit):
    ask(visit.store, SLUG, NEW, by=SELLER, now=NOW)
    number = question(visit.store).id
    answer_it(visit.store, number, text="Yes", source="osprey.y1", by=SUPPORT, now=NOW)
    for by in (PMM, SALES):
        flag(visit.store, SLUG, "osprey.y1", by=by, now=NOW, note="Old")
    card = f'<a href="/launches/{SLUG}/cards/osprey">card on Osprey Data Hub</a>'
    for page, times in ((PAGE, 2), ("/desk", 1)):
        shown = visit.get(page).text
        assert shown.count(card) == times
        assert "osprey.y1" not in text_of(shown)
