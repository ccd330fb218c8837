from __future__ import annotations

import html
import re

import pytest

from launch_kits.verbs import ask, flag
from tests.desk import (
    ENTRY,
    KNOWN,
    OTHER,
    SELLER,
    told_to_customers,
    uses,
    with_desk,
)
from tests.launches import (
    NOW,
    PMM,
    SLUG,
    brief_with,
    dump,
    events,
    kit_with,
    opened,
)
from tests.room.visiting import text_of

PAGE = f"/launches/{SLUG}/cards"
CARD = f"{PAGE}/osprey"


@pytest.fixture
def visit(store, arriving):
    opened(store, told_to_customers())
    found = arriving()
    found.sign_in(PMM)
    return found


def test_objections_come_first_with_answer_and_source(visit):
    page = visit.text(CARD)
    order = ("When they say", "Osprey is cheaper than you", "Where we win")
    assert [page.index(each) for each in order] == sorted(map(page.index, order))
    assert "Compare the price with support included." in page
    assert "osprey.example.com" in page
    assert visit.get(f"{PAGE}/nope").status_code == 404


def test_words_of_a_buyer_find_the_line_in_all_cards_and_in_one(visit):
    found = visit.text("/cards?q=Ospreys+cheaper")
    assert "Compare the price with support included." in found
    assert "Falcon is faster" not in found
    assert "Osprey Data Hub" in visit.text("/cards?q=osprey+data")
    assert "No card has these words." in visit.text("/cards?q=zeppelin")
    assert "Compare the price" in visit.text(f"{CARD}?q=cheaper")
    assert "Do not guess" in visit.text(f"{CARD}?q=zeppelin")


def test_a_line_that_may_leave_the_house_is_copied_with_its_source(visit):
    page = visit.get(CARD).text
    offered = [html.unescape(each) for each in re.findall('data-copy="([^"]*)"', page)]
    assert "Falcon is faster\nhttps://osprey.example.com" in offered
    answer = visit.send(f"{CARD}/copied", ref="osprey.y1")
    shown = visit.get(answer.headers["location"]).text
    assert "Falcon is faster\nhttps://osprey.example.com</textarea>" in shown
    (use,) = uses(visit.store)
    assert (use.kind, use.card, use.by) == ("copied", "osprey", PMM)


def test_a_line_that_stays_in_the_house_is_not_copied(visit):
    before = dump(visit.store)
    for ref in ("osprey.c1", "osprey.q2", "osprey.nope", ""):
        refused = visit.send(f"{CARD}/copied", ref=ref)
        assert refused.status_code == 409
        assert "is internal" in refused.text
    shown = visit.get(f"{CARD}?copied=osprey.c1").text
    assert "To be sent to a customer" not in shown
    assert dump(visit.store) == before


def test_a_line_that_was_wrong_is_told_to_its_owner_and_then_questioned(visit):
    said = visit.said(visit.send(f"{CARD}/wrong", ref="osprey.y1", note="Not so"))
    assert "is told" in said
    assert events(visit.store, verb="flag")[-1].note == "Not so"
    assert "osprey.y1" not in said
    again = visit.said(visit.send(f"{CARD}/wrong", ref="osprey.y1"))
    assert "You have flagged" in again
    assert "Falcon is faster" in again
    assert visit.followed == [SLUG]
    flag(visit.store, SLUG, "osprey.y1", by=OTHER, now=NOW)
    page = visit.get(CARD)
    assert "questioned, wait for the answer" in page.text
    assert "Falcon is faster\nhttps" not in html.unescape(page.text)
    page = visit.text(PAGE)
    assert "questioned: “Falcon is faster”" in page
    assert "osprey.y1" not in page


def test_a_line_of_another_card_is_refused(visit):
    assert visit.send(f"{CARD}/wrong", ref="kite.y1").status_code == 404
    assert events(visit.store, verb="flag") == []


def test_entries_of_the_faq_that_are_used_are_listed_without_a_page(store, arriving):
    with_desk(store)
    visit = arriving()
    assert "FAQ: " not in visit.text(PAGE)
    ask(store, SLUG, KNOWN, by=SELLER, now=NOW)
    page = visit.get(PAGE).text
    assert f"FAQ: {KNOWN}" in page
    assert ENTRY not in page


def test_a_launch_without_cards_says_so(store, arriving):
    kit = kit_with(only=("positioning", "research"))
    opened(store, brief_with(kit=kit, positioning={"alternatives": []}))
    assert "has no card" in arriving().text(PAGE)
    assert "There is no card" in text_of(arriving().get("/cards").text)


def test_a_card_is_counted_when_a_browser_says_that_it_was_opened(visit):
    visit.get(CARD)
    assert uses(visit.store) == []
    assert visit.send(f"{CARD}/opened").status_code == 303
    (use,) = uses(visit.store)
    assert (use.kind, use.card, use.by) == ("opened", "osprey", PMM)
    assert visit.send(f"{PAGE}/nope/opened").status_code == 404
