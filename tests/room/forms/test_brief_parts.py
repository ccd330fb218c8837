from __future__ import annotations

import re

from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.room.forms.brief_parts import brief_parts
from tests.launches import (
    LEAD,
    LEGAL,
    OPS,
    PMM,
    SLUG,
    at,
    brief_with,
    dump,
    launch,
    task,
)
from tests.room.visiting import confirmed, text_of

PAGE = f"/launches/{SLUG}/change"


def kept(store: Store) -> Brief:
    return Brief.kept(launch(store).brief)


def as_shown(name: str, brief: Brief | None = None) -> dict[str, str]:
    """The texts that the form of a part has, as a browser sends them."""
    part = next(
        each for each in brief_parts(brief or brief_with()) if each.name == name
    )
    return {each.name: part.texts.get(each.name, "") for each in part.fields}


def test_a_form_that_is_sent_as_it_is_changes_nothing(visit):
    visit.sign_in(LEAD)
    for name in ("team", "absences", "claims.osprey"):
        before = dump(visit.store)
        shown = visit.send(f"{PAGE}/{name}", **as_shown(name))
        assert "The brief stays as it is" in text_of(shown.text), name
        confirmed(visit, f"{PAGE}/{name}", shown, **as_shown(name))
        assert dump(visit.store) == before, name


def test_the_team_is_changed_with_its_difference_first(visit):
    visit.sign_in(LEAD)
    given = as_shown("team") | {
        "team.sales.name": "Sia",
        "team.sales.email": "sia@example.com",
        "team.ops.name": "",
        "team.ops.email": "",
        "team.pmm.backup": "lead",
        "team.sales.backup": "lead",
        "new.role": "Press",
        "new.name": "Pat",
        "new.email": "pat@example.com",
    }
    before = dump(visit.store)
    shown = visit.send(f"{PAGE}/team", **given)
    page = text_of(shown.text)
    assert "Team, sales, email" in page
    assert "<ins>sia@example.com</ins>" in shown.text
    assert "Training: Sam → sia@example.com" in page or "Training: Sam → Sia" in page
    assert dump(visit.store) == before
    answer = confirmed(visit, f"{PAGE}/team", shown, **given)
    assert "The brief is changed" in visit.said(answer)
    team = kept(visit.store).team
    assert (team["sales"].name, team["press"].email) == ("Sia", "pat@example.com")
    assert "ops" not in team
    assert task(visit.store, "training").owner == "sia@example.com"


def test_a_fault_of_the_team_is_at_its_field(visit):
    visit.sign_in(LEAD)
    for changes, field in (
        ({"team.pmm.timezone": "Nowhere"}, "team.pmm.timezone"),
        ({"team.pmm.email": "nobody"}, "team.pmm.email"),
        ({"team.ops.name": "", "team.ops.email": ""}, "team.pmm.backup"),
        ({"new.role": "pmm", "new.name": "X", "new.email": OPS}, "new.role"),
        ({"new.name": "X", "new.email": OPS}, "new.role"),
        ({"new.role": "press", "new.name": "X", "new.email": "x"}, "new.email"),
    ):
        answer = visit.send(f"{PAGE}/team", **(as_shown("team") | changes))
        assert answer.status_code == 422, changes
        at_fault = re.findall(r'id="([^"]+)-fault"', answer.text)
        assert at_fault[0] == field, text_of(answer.text)
    assert kept(visit.store) == brief_with()


def test_absences_are_added_changed_and_taken_out(visit):
    visit.sign_in(LEAD)
    new = {
        "new.who": PMM,
        "new.backup": OPS,
        "new.from": "2027-01-18",
        "new.to": "2027-01-22",
    }
    given = as_shown("absences") | new
    shown = visit.send(f"{PAGE}/absences", **given)
    confirmed(visit, f"{PAGE}/absences", shown, **given)
    (absence,) = kept(visit.store).absences
    assert (absence.who, absence.backup, absence.to) == (PMM, OPS, at("01-22").date())
    given = as_shown("absences", kept(visit.store)) | {"absences.0.to": "2027-01-15"}
    answer = visit.send(f"{PAGE}/absences", **given)
    assert 'id="absences.0.who-fault"' in answer.text
    assert "Ends on Fri 15 Jan" in text_of(answer.text)
    given = as_shown("absences", kept(visit.store)) | {"absences.0.who": ""}
    shown = visit.send(f"{PAGE}/absences", **given)
    confirmed(visit, f"{PAGE}/absences", shown, **given)
    assert kept(visit.store).absences == ()


def test_only_the_lead_edits_the_brief(visit):
    visit.sign_in(LEGAL)
    before = dump(visit.store)
    for name in ("team", "absences", "claims.osprey"):
        assert visit.get(f"{PAGE}/{name}").status_code == 403
        answer = visit.send(f"{PAGE}/{name}", **as_shown(name))
        assert answer.status_code == 403
    assert "Edit the claims" not in visit.text(f"/launches/{SLUG}/cards/osprey")
    assert dump(visit.store) == before


def test_alternatives_without_a_ledger_have_no_form(visit):
    visit.sign_in(LEAD)
    for name in ("claims.stay", "claims.nope", "claims."):
        assert visit.get(f"{PAGE}/{name}").status_code == 404
