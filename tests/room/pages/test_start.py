from __future__ import annotations

import re

from tests.launches import LEAD, PMM, dump, events, launch
from tests.room.forms.test_start import GIVEN
from tests.room.visiting import text_of


def test_a_launch_is_started_after_its_plan_was_shown(visit):
    visit.sign_in(LEAD)
    assert "Start a launch" in visit.text("/launches")
    assert 'value="lead@example.com"' in visit.get("/start").text
    before = dump(visit.store)
    shown = visit.send("/start", **GIVEN)
    page = text_of(shown.text)
    assert "This would happen" in page
    assert "the launch day is Tue 3 Aug 2027" in page
    assert dump(visit.store) == before
    mark = re.search(r'name="seen" value="([^"]+)"', shown.text)[1]
    other = GIVEN | {"launch_on": "2027-08-10", "seen": mark, "confirm": "yes"}
    again = visit.send("/start", **other)
    assert again.status_code == 200, "another plan than was shown is shown first"
    assert dump(visit.store) == before
    answer = visit.send("/start", seen=mark, confirm="yes", **GIVEN)
    assert answer.headers["location"] == "/launches/kite-3"
    assert "is started" in visit.said(answer)
    assert launch(visit.store, "kite-3").launch_on.isoformat() == "2027-08-03"
    assert events(visit.store, verb="start", slug="kite-3")[-1].door == "room"
    assert visit.followed == ["kite-3"]


def test_the_one_who_started_it_is_recorded_not_the_lead_whom_they_named(visit):
    visit.sign_in(PMM)
    shown = visit.send("/start", **GIVEN)
    mark = re.search(r'name="seen" value="([^"]+)"', shown.text)[1]
    visit.send("/start", seen=mark, confirm="yes", **GIVEN)
    (started,) = events(visit.store, verb="start", slug="kite-3")
    assert GIVEN["team.lead.email"] == LEAD
    assert (started.by, started.door) == (PMM, "room")


def test_faults_are_at_their_fields_and_texts_stay(visit):
    visit.sign_in(LEAD)
    shown = visit.send("/start", **(GIVEN | {"timezone": "Nowhere", "launch": "A B"}))
    assert shown.status_code == 422
    page = text_of(shown.text)
    assert "Nothing was started" in page
    assert shown.text.count('aria-invalid="true"') >= 1
    assert "Kite: 3 &amp; more" in shown.text


def test_a_visitor_without_a_name_chooses_one_first(visit):
    assert visit.get("/start").headers["location"].startswith("/sign-in?next=")
    assert visit.send("/start", **GIVEN).headers["location"].startswith("/sign-in")


def test_without_a_running_launch_the_operator_starts_one_and_is_its_lead(arriving):
    visit = arriving()
    assert "Start one here" in visit.text("/launches")
    assert "be its lead" in visit.text("/sign-in")
    assert visit.get("/start").status_code == 200
    shown = visit.send("/start", **GIVEN)
    mark = re.search(r'name="seen" value="([^"]+)"', shown.text)[1]
    answer = visit.send("/start", seen=mark, confirm="yes", **GIVEN)
    assert "You act as" in visit.said(answer)
    assert events(visit.store, verb="start", slug="kite-3")[-1].by == LEAD
    assert GIVEN["team.lead.email"] in visit.get("/sign-in").text
    assert "Move the launch" in visit.text("/launches/kite-3")


def test_no_one_else_starts_a_launch_without_a_name(arriving):
    visit = arriving()
    stranger = visit.another(host="http://abc.tunnel.example")
    assert stranger.get("/start").status_code == 401
