from __future__ import annotations

import pytest

from launch_kits.verbs import begin, drop, note
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    dump,
    events,
    extensions,
    status,
    task,
)
from tests.room.visiting import confirmed, text_of

PAGE = f"/launches/{SLUG}/tasks/positioning"


def test_the_page_shows_everything_known_of_a_task(visit):
    note(visit.store, SLUG, "positioning", by=PMM, now=NOW, note="A <b>remark</b>")
    page = visit.text(PAGE)
    for text in ("Positioning", "Owner", "Spare days", "Waits for it", "Legal review"):
        assert text in page
    assert "A <b>remark</b>" in page, "shown as text"
    assert "<b>remark" not in visit.get(PAGE).text


def test_a_press_of_a_button_is_the_verb_by_that_door(visit):
    visit.sign_in(PMM)
    answer = visit.send(f"{PAGE}/begin")
    assert answer.headers["location"] == PAGE
    assert status(visit.store, "positioning") == "doing"
    event = events(visit.store, verb="begin")[-1]
    assert (event.by, event.door) == (PMM, "room")
    assert event.origin


@pytest.mark.parametrize(
    ("email", "shown"),
    [(PMM, True), (LEAD, True), (SALES, False)],
)
def test_only_acts_that_the_visitor_may_take_are_offered(visit, email, shown):
    visit.sign_in(email)
    assert ("Need more time" in visit.text(PAGE)) is shown


def test_who_may_not_is_told_who_may(visit):
    visit.sign_in(SALES)
    before = dump(visit.store)
    refused = visit.send(f"{PAGE}/begin")
    assert refused.status_code == 403
    assert "Nothing was changed: only " in text_of(refused.text)
    assert dump(visit.store) == before


def test_a_form_keeps_its_values_if_it_is_refused(visit):
    visit.sign_in(PMM)
    refused = visit.send(f"{PAGE}/done", link="no link", note="Look here")
    assert refused.status_code == 422
    assert "Look here" in refused.text
    assert status(visit.store, "positioning") == "ready"
    empty = visit.send(f"{PAGE}/block", note="")
    assert "Reason" in text_of(empty.text)
    assert status(visit.store, "positioning") == "ready"


def test_an_effect_is_shown_before_anything_is_written(visit):
    visit.sign_in(PMM)
    before = dump(visit.store)
    shown = visit.send(f"{PAGE}/extend", until="2027-03-25", note="More research")
    assert "This would happen" in text_of(shown.text)
    assert dump(visit.store) == before
    given = {"until": "2027-03-25", "note": "More research"}
    confirmed(visit, f"{PAGE}/extend", shown, **given)
    assert [each.until.isoformat() for each in extensions(visit.store)] == [
        "2027-03-25"
    ]


def test_a_verb_without_required_fields_shows_its_effect_at_once(visit):
    visit.sign_in(PMM)
    page = visit.text(f"{PAGE}/drop")
    assert "This would happen" in page
    assert "Battlecard: Osprey: waiting → awaiting owner." in page
    assert "Told of it" in page


def test_a_change_meanwhile_is_shown_before_it_is_confirmed(visit):
    visit.sign_in(PMM)
    shown = visit.get(f"{PAGE}/drop")
    begin(visit.store, SLUG, "research", by=PMM, now=NOW)
    again = confirmed(visit, f"{PAGE}/drop", shown)
    assert "The launch changed meanwhile" in text_of(again.text)
    assert status(visit.store, "positioning") == "ready"
    confirmed(visit, f"{PAGE}/drop", again)
    assert status(visit.store, "positioning") == "dropped"


def test_work_is_handed_to_another_person(visit):
    visit.sign_in(LEAD)
    shown = visit.send(f"{PAGE}/reassign", to=LEGAL)
    assert "Told of it" in text_of(shown.text)
    confirmed(visit, f"{PAGE}/reassign", shown, to=LEGAL)
    assert task(visit.store, "positioning").owner == LEGAL


def test_verbs_and_tasks_that_are_not_there_are_not_found(visit):
    visit.sign_in(LEAD)
    for path in (f"{PAGE}/nope", f"/launches/{SLUG}/tasks/nope/begin"):
        assert visit.get(path).status_code == 404
        assert visit.send(path).status_code == 404


def test_a_stranger_to_the_team_reads_and_may_nothing(arriving, visit):
    env = {
        "LAUNCH_KITS_AUTH_HEADER": "X-Email",
        "LAUNCH_KITS_TRUSTED_PROXIES": "127.0.0.1",
    }
    behind = arriving(**env)
    page = behind.get(PAGE, headers={"X-Email": STRANGER})
    assert page.status_code == 200
    assert "Need more time" not in page.text


def test_points_of_the_checklist_are_ticked_and_taken_back(visit):
    card = f"/launches/{SLUG}/tasks/battlecard:kite"
    assert "Save the ticks" not in visit.text(card)
    visit.sign_in(PMM)
    assert "Save the ticks" in visit.text(card)
    visit.send(f"{card}/checklist", point="Every claim has a source")
    assert task(visit.store, "battlecard:kite").ticked == ["Every claim has a source"]
    assert "checked>" in visit.get(card).text
    visit.send(f"{card}/checklist")
    assert task(visit.store, "battlecard:kite").ticked == []
    visit.sign_in(SALES)
    refused = visit.send(f"{card}/checklist", point="Every claim has a source")
    assert refused.status_code == 403


def test_the_page_leads_to_the_document(visit):
    address = f"/launches/{SLUG}/documents/battlecard:osprey"
    page = visit.get(f"/launches/{SLUG}/tasks/battlecard:osprey").text
    assert f'<a href="{address}">a draft</a>' in page
    assert visit.get(address).status_code == 200
    assert "/documents/" not in visit.get(PAGE).text.partition("<main")[2]


def test_the_page_says_why_work_was_left_out(visit):
    drop(visit.store, SLUG, "positioning", by=LEAD, now=NOW, note="Known already")
    assert "Left out Known already" in visit.text(PAGE)
