from __future__ import annotations

from tests.launches import LEAD, PMM, SALES, SLUG, dump, task
from tests.room.visiting import confirmed, text_of

TASK = f"/launches/{SLUG}/tasks/legal_review"
EDIT = f"{TASK}/edit"
AS_IT_IS = {
    "title": "Legal review",
    "days": "2",
    "due": "2027-02-02",
    "after": "positioning",
}


def test_the_lead_edits_the_plan_of_a_task(visit):
    visit.sign_in(LEAD)
    as_it_is = AS_IT_IS | {"due": task(visit.store, "legal_review").due.isoformat()}
    before = dump(visit.store)
    given = as_it_is | {"title": "Lawyers", "days": "3", "checklist": "Read\nSigned"}
    shown = visit.send(EDIT, **given)
    page = text_of(shown.text)
    for part in (
        "work: 2 working days → 3 working days",
        "checklist: 0 points → 2 points",
    ):
        assert part in page
    assert dump(visit.store) == before
    answer = confirmed(visit, EDIT, shown, **given)
    assert "is changed" in visit.said(answer)
    row = task(visit.store, "legal_review")
    assert (row.title, row.days, row.checklist) == ("Lawyers", 3, ["Read", "Signed"])


def test_values_that_stay_are_not_changes(visit):
    visit.sign_in(LEAD)
    as_it_is = AS_IT_IS | {"due": task(visit.store, "legal_review").due.isoformat()}
    shown = visit.send(EDIT, **as_it_is)
    assert "stays as it is" in text_of(shown.text)
    before = dump(visit.store)
    confirmed(visit, EDIT, shown, **as_it_is)
    assert dump(visit.store) == before


def test_predecessors_come_and_go(visit):
    visit.sign_in(LEAD)
    as_it_is = AS_IT_IS | {"due": task(visit.store, "legal_review").due.isoformat()}
    given = as_it_is | {"after": "research"}
    shown = visit.send(EDIT, **given)
    assert "waits for: Positioning → Research" in text_of(shown.text).replace('"', "")
    confirmed(visit, EDIT, shown, **given)
    page = visit.text(TASK)
    assert "Research" in page.partition("Waits for")[2].partition("Waits for it")[0]


def test_the_owner_edits_title_and_checklist_alone(visit):
    edit = f"/launches/{SLUG}/tasks/positioning/edit"
    visit.sign_in(PMM)
    page = visit.text(edit)
    assert "Title" in page
    assert "Working days of work" not in page
    given = {"title": "The story", "days": "9", "due": "2027-01-29"}
    shown = visit.send(edit, **given)
    confirmed(visit, edit, shown, **given)
    row = task(visit.store, "positioning")
    assert (row.title, row.days) == ("The story", 3)


def test_others_edit_nothing(visit):
    visit.sign_in(SALES)
    before = dump(visit.store)
    answer = visit.send(EDIT, title="Mine")
    refused = 'Nothing was changed: only Lou or Lee can edit "Legal review".'
    assert refused in text_of(answer.text)
    assert dump(visit.store) == before


def test_a_day_off_is_told(visit):
    visit.sign_in(LEAD)
    page = visit.text(f"{EDIT}?due=2027-01-30")
    assert "Sat 30 Jan is a day off" in page
    assert "Fri 29 Jan is meant" in page
