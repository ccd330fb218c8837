from __future__ import annotations

import pytest

from launch_kits.verbs import cancel
from tests.launches import LEAD, NOW, PMM, SLUG, dump, launch, notices, task
from tests.room.visiting import confirmed, text_of

PAGE = f"/launches/{SLUG}"
MOVE = f"{PAGE}/change/move"
ADD = f"{PAGE}/change/add"


def test_the_lead_moves_the_launch_after_seeing_what_breaks(visit):
    visit.sign_in(LEAD)
    before = dump(visit.store)
    shown = visit.send(MOVE, on="2027-01-18", note="The fair is earlier")
    page = text_of(shown.text)
    assert "The launch day moves from Tue 9 Feb to" in page
    assert "Too soon" in page
    assert "Told of it:" in page
    assert "Confirm anyway" in page
    assert dump(visit.store) == before
    answer = confirmed(visit, MOVE, shown, on="2027-01-15", note="The fair is earlier")
    assert answer.status_code == 200, "another day than was shown is shown first"


def test_a_move_is_the_verb_by_this_door(visit):
    visit.sign_in(LEAD)
    shown = visit.send(MOVE, on="2027-02-16")
    answer = confirmed(visit, MOVE, shown, on="2027-02-16")
    assert "is moved to Tue 16 Feb" in visit.said(answer)
    assert launch(visit.store).launch_on.isoformat() == "2027-02-16"
    assert visit.followed == [SLUG]
    assert notices(visit.store)


def test_a_task_is_added_between_others(visit):
    visit.sign_in(LEAD)
    given = {
        "title": "Price list",
        "days": "2",
        "role": "pmm",
        "after": "positioning",
        "before": "training",
        "checklist": "All prices\n\n  are known ",
    }
    shown = visit.send(ADD, **given)
    page = text_of(shown.text)
    assert "Price list is added" in page
    assert "Price list" in page
    answer = confirmed(visit, ADD, shown, **given)
    assert "Price list" in visit.said(answer)
    row = task(visit.store, "price_list")
    assert (row.owner, row.days, row.checklist) == (
        PMM,
        2,
        ["All prices", "are known"],
    )


def test_a_cycle_is_told_on_the_form(visit):
    visit.sign_in(LEAD)
    before = dump(visit.store)
    answer = visit.send(
        ADD, title="Knot", days="1", role="pmm", after="training", before="training"
    )
    assert answer.status_code == 422
    assert "Not done" in text_of(answer.text)
    assert dump(visit.store) == before


@pytest.mark.parametrize("path", [MOVE, ADD])
def test_only_the_lead_gets_the_forms(visit, path):
    visit.sign_in(PMM)
    assert "Move the launch" not in visit.text(PAGE)
    assert visit.get(path).status_code == 403
    assert visit.send(path, on="2027-02-16", title="x", days="1").status_code == 403
    visit.sign_in(LEAD)
    assert "Move the launch" in visit.text(PAGE)
    assert visit.get(path).status_code == 200


def test_an_ended_launch_and_other_verbs_have_no_form(visit):
    visit.sign_in(LEAD)
    assert visit.get(f"{PAGE}/change/nope").status_code == 404
    cancel(visit.store, SLUG, by=LEAD, now=NOW, note="Over")
    assert "Move the launch" not in visit.text(PAGE)
    answer = visit.get(f"{MOVE}?on=2027-02-16")
    assert answer.status_code == 422
    assert "is cancelled" in text_of(answer.text)
