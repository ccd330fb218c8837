from __future__ import annotations

from datetime import timedelta

from tests.launches import LEAD, PMM, SLUG, status
from tests.room.visiting import text_of

TASK = f"/launches/{SLUG}/tasks/positioning"
MINE = f"/launches/{SLUG}/undo"


def event_of(page: str) -> str:
    return page.partition('name="event" value="')[2].partition('"')[0]


def test_an_act_is_offered_to_be_undone_for_ten_minutes(visit):
    visit.sign_in(PMM)
    assert "can undo it" not in visit.text(TASK)
    visit.send(f"{TASK}/begin")
    page = visit.get(TASK).text
    said = (
        "Your last change: Pia started it (Positioning). Until 10:10 you can undo it."
    )
    assert said in text_of(page)
    assert event_of(visit.get("/me").text) == event_of(page)
    visit.now += timedelta(minutes=11)
    assert "can undo it" not in visit.text(TASK)


def test_undo_leads_back_and_says_so(visit):
    visit.sign_in(PMM)
    visit.send(f"{TASK}/begin")
    event = event_of(visit.get(TASK).text)
    answer = visit.send(MINE, event=event, next="/me")
    assert answer.headers["location"] == "/me"
    assert visit.said(answer).startswith('Undone: Pia started it ("Positioning").')
    assert status(visit.store, "positioning") == "ready"
    assert visit.followed == [SLUG, SLUG]
    assert "can undo it" not in visit.text("/me")


def test_an_act_that_is_gone_or_of_another_person_is_not_undone(visit):
    visit.sign_in(PMM)
    visit.send(f"{TASK}/begin")
    event = event_of(visit.get(TASK).text)
    for wrong in ("", "x", "999999", str(int(event) - 1)):
        answer = visit.send(MINE, event=wrong)
        assert answer.status_code == 409
        assert "cannot be undone any more" in text_of(answer.text)
    visit.sign_in(LEAD)
    assert "can undo it" not in visit.text(TASK)
    assert visit.send(MINE, event=event).status_code == 409
    assert status(visit.store, "positioning") == "doing"


def test_the_history_of_a_task_shows_both_acts(visit):
    visit.sign_in(PMM)
    visit.send(f"{TASK}/begin")
    visit.send(MINE, event=event_of(visit.get(TASK).text))
    shown = visit.text(TASK)
    assert "Pia: undid this: started it" in shown
    assert "Pia: started it. undone later" in shown


def test_a_visitor_without_a_name_comes_back_to_the_page_of_the_form(visit):
    answer = visit.send(MINE, event="1", next=TASK)
    assert answer.headers["location"] == (
        f"/sign-in?next=%2Flaunches%2F{SLUG}%2Ftasks%2Fpositioning"
    )
