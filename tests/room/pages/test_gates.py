from __future__ import annotations

from sqlmodel import select

from launch_kits.database.records import Decision
from tests.launches import LEAD, PMM, SLUG, dump
from tests.room.visiting import text_of

PAGE = f"/launches/{SLUG}/gates"
CHECK = f"{PAGE}/story/everybody-tells-it"


def test_the_page_shows_checks_and_the_verdict(visit):
    page = visit.text(PAGE)
    for text in ("The story stands", "Everybody tells it", "open"):
        assert text in page
    assert "Tick it" not in page, "no one is signed in"


def test_a_check_is_ticked_and_taken_back(visit):
    visit.sign_in(LEAD)
    assert "Tick it" in visit.text(PAGE)
    visit.send(f"{CHECK}/check", link="https://example.com/proof")
    page = visit.text(PAGE)
    assert "met" in page
    assert "Take the tick back" in page
    assert 'href="https://example.com/proof"' in visit.get(PAGE).text
    visit.send(f"{CHECK}/uncheck", note="Not yet")
    assert "Tick it" in visit.text(PAGE)
    assert visit.followed == [SLUG, SLUG]


def test_a_check_is_waived_with_day_and_reason(visit):
    visit.sign_in(LEAD)
    before = dump(visit.store)
    for form in ({"note": "Later"}, {"until": "2027-03-01"}, {"until": "soon"}):
        assert visit.send(f"{CHECK}/waive", **form).status_code == 409
    assert dump(visit.store) == before
    visit.send(f"{CHECK}/waive", until="2027-03-01", note="The page is late")
    page = visit.text(PAGE)
    assert "Waived until Mon 1 Mar" in page
    assert "The page is late" in page


def test_the_decision_is_recorded_and_told(visit):
    visit.sign_in(LEAD)
    refused = visit.send(f"/launches/{SLUG}/decide", decision="maybe")
    assert "choose go or no-go" in text_of(refused.text).lower()
    answer = visit.send(f"/launches/{SLUG}/decide", decision="no-go", note="Not yet")
    assert "no-go" in visit.said(answer)
    with visit.store.read() as session:
        decision = session.exec(select(Decision)).one()
    assert (decision.go, decision.by, decision.note) == (False, LEAD, "Not yet")
    assert "Last decision: no-go" in visit.text(PAGE)


def test_who_may_not_decide_is_told(visit):
    visit.sign_in(PMM)
    before = dump(visit.store)
    refused = visit.send(f"/launches/{SLUG}/decide", decision="go")
    assert refused.status_code == 403
    assert visit.send(f"{CHECK}/nope").status_code == 404
    assert visit.send(f"{PAGE}/story/nope/check").status_code == 404
    assert dump(visit.store) == before
