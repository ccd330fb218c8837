from __future__ import annotations

from tests.launches import SLUG
from tests.room.visiting import text_of

MOVE = f"/launches/{SLUG}/change/move"


def test_the_form_is_filled_with_the_day_as_it_is(visit):
    visit.sign_in("lead@example.com")
    page = visit.get(MOVE)
    assert 'value="2027-02-09"' in page.text
    assert "This would happen" not in text_of(page.text)
    assert "Show the effect" in text_of(page.text)


def test_a_visitor_without_a_name_chooses_one_first(visit):
    assert visit.get(MOVE).headers["location"].startswith("/sign-in?next=")
