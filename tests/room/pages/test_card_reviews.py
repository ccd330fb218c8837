from __future__ import annotations

import pytest

from tests.desk import with_desk
from tests.launches import LEAD, LEGAL, PMM, SLUG, events, notices

CARD = f"/launches/{SLUG}/cards/osprey"


@pytest.fixture
def visit(store, arriving):
    with_desk(store)
    found = arriving()
    found.sign_in(PMM)
    return found


def test_the_owner_of_a_card_says_that_it_is_still_right(visit):
    assert "Still right" in visit.text(CARD)
    said = visit.said(visit.send(f"{CARD}/verified"))
    assert said == (
        "The card on Osprey Data Hub counts as reviewed today; "
        "the next review is due by Sun 11 Apr."
    )
    (event,) = events(visit.store, verb="update")
    assert event.by == PMM
    again = visit.said(visit.send(f"{CARD}/verified"))
    assert again == "The card on Osprey Data Hub was reviewed today already."
    assert visit.followed == [SLUG]


def test_the_lead_is_told_what_has_to_change(visit):
    said = visit.said(visit.send(f"{CARD}/change", note="The price went up"))
    assert said == "Lee is told the change that the card on Osprey Data Hub needs."
    assert [each.to for each in notices(visit.store, "news")] == [LEAD]
    assert visit.send(f"{CARD}/change", note=" ").status_code == 409


def test_others_see_no_button_and_may_not_review_it(visit):
    visit.sign_in(LEGAL)
    assert "Still right" not in visit.text(CARD)
    assert visit.send(f"{CARD}/verified").status_code == 403
    assert events(visit.store, verb="update") == []
