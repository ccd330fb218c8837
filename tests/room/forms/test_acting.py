from __future__ import annotations

import pytest

from tests.launches import LEAD, PMM, SLUG, dump, extensions, launch, status
from tests.room.visiting import confirmed, text_of

TASK = f"/launches/{SLUG}/tasks/positioning"
MOVE = f"/launches/{SLUG}/change/move"


@pytest.mark.parametrize(
    ("verb", "fields", "fault"),
    [
        ("block", {}, '"Reason" is empty'),
        ("extend", {"until": " "}, '"Until" is empty'),
        ("extend", {"until": "soon"}, '"Until" is not a day'),
        ("reassign", {"to": ""}, '"New owner" is empty'),
    ],
)
def test_a_faulty_form_tells_it_at_its_field(visit, verb, fields, fault):
    visit.sign_in(PMM)
    before = dump(visit.store)
    answer = visit.send(f"{TASK}/{verb}", **fields)
    assert answer.status_code == 422
    assert fault in text_of(answer.text)
    assert answer.text.count('aria-invalid="true"') == 1
    assert dump(visit.store) == before


def test_an_address_with_values_shows_their_effect(visit):
    visit.sign_in(LEAD)
    before = dump(visit.store)
    page = visit.text(f"{MOVE}?on=2027-02-16")
    assert "The launch day moves from Tue 9 Feb to Tue 16 Feb." in page
    assert "Critical chain" in page or "The critical chain stays" in page
    assert dump(visit.store) == before


def test_an_address_with_a_faulty_value_shows_the_form(visit):
    visit.sign_in(LEAD)
    answer = visit.get(f"{MOVE}?on=soon")
    assert answer.status_code == 422
    assert '"Launch day" is not a day' in text_of(answer.text)
    past = visit.get(f"{MOVE}?on=2020-01-06")
    assert past.status_code == 422
    assert "is past" in text_of(past.text)


def test_a_day_off_is_moved_and_told_before_it_is_confirmed(visit):
    visit.sign_in(LEAD)
    shown = visit.send(MOVE, on="2027-02-20")
    page = text_of(shown.text)
    assert "Sat 20 Feb is a day off (a weekend), so Fri 19 Feb is meant" in page
    assert 'value="2027-02-19"' in shown.text
    # a day off that is confirmed at once is shown first
    again = confirmed(visit, MOVE, shown, on="2027-02-21")
    assert "Fri 19 Feb is meant" in text_of(again.text)
    assert launch(visit.store).launch_on.isoformat() == "2027-02-09"
    confirmed(visit, MOVE, again, on="2027-02-19")
    assert launch(visit.store).launch_on.isoformat() == "2027-02-19"


def test_an_owner_who_drags_a_bar_asks_for_more_time(visit):
    visit.sign_in(PMM)
    shown = visit.get(f"{TASK}/extend?until=2027-01-23")
    page = text_of(shown.text)
    assert "Fri 22 Jan is meant" in page
    assert extensions(visit.store) == []


def test_a_form_without_fields_acts_at_once(visit):
    visit.sign_in(PMM)
    assert visit.send(f"{TASK}/begin").status_code == 303
    assert status(visit.store, "positioning") == "doing"
