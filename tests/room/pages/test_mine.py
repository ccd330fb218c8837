from __future__ import annotations

from launch_kits.room.pages import mine
from launch_kits.verbs import begin, done, extend
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SLUG,
    at,
    brief_with,
    opened,
    task,
)
from tests.room.visiting import confirmed, text_of


def test_my_page_lists_what_slack_lists(visit):
    visit.sign_in(PMM)
    page = visit.text("/me")
    assert "You have 2 tasks to do" in page
    for label in ("Start", "Done", "Blocked", "Need more time", "Later"):
        assert label in page


def test_an_answer_brings_the_next(visit):
    for key in ("positioning", "research"):
        begin(visit.store, SLUG, key, by=PMM, now=NOW)
        extend(visit.store, SLUG, key, until=at("03-25").date(), by=PMM, now=NOW)
    visit.sign_in(LEAD)
    page = visit.get("/me").text
    assert "2 answers to give" in text_of(page)
    assert "Grant" in text_of(page)
    address = f"/launches/{SLUG}/tasks/positioning/refuse"
    form = visit.get(f"{address}?next=/me&until=2027-03-25").text
    assert 'value="2027-03-25"' in form
    given = {"until": "2027-03-25", "next": "/me"}
    effect = visit.send(address, **given)
    assert "This would happen" in text_of(effect.text)
    assert task(visit.store, "positioning").status == "doing"
    answer = confirmed(visit, address, effect, **given)
    assert answer.headers["location"] == "/me"
    assert "1 answer to give" in visit.text("/me")


def test_work_handed_in_is_asked_of_its_approver(visit):
    done(visit.store, SLUG, "positioning", by=PMM, now=NOW)
    done(visit.store, SLUG, "battlecard:kite", by=PMM, now=NOW)
    visit.sign_in(LEGAL)
    page = visit.text("/me")
    assert "To answer" in page
    assert 'please approve "Battlecard: Kite"' in page.replace("Please", "please")
    visit.send(f"/launches/{SLUG}/tasks/battlecard:kite/approve", next="/me")
    assert task(visit.store, "battlecard:kite").status == "done"
    assert "To answer" not in visit.text("/me")


def test_a_page_of_another_launch_has_its_tasks_too(visit):
    opened(visit.store, brief_with(launch="heron-3", product="Heron 3"))
    visit.sign_in(PMM)
    page = visit.text("/me")
    assert "Heron 3" in page
    assert "Falcon 2" in page


def test_a_long_list_is_shown_in_part(visit, monkeypatch):
    monkeypatch.setattr(mine, "MOST", 1)
    visit.sign_in(PMM)
    page = visit.text("/me")
    assert "You have 2 tasks to do" in page
    assert "And 1 more, which follow as these are done." in page
    assert page.count("Need more time") == 1
