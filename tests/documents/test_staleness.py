from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import date

import pytest

from launch_kits.claims.lines import Mark
from launch_kits.documents import Facts, note_inputs, stale_documents
from launch_kits.documents.facts import TaskFacts
from launch_kits.documents.staleness import _in_words
from launch_kits.errors import DocumentError
from launch_kits.inputs.brief import Brief
from tests.samples import brief, claim, facts, ledger, task

CLAIMS = ledger(why_we_win=[claim(valid_until="2026-11-25")])
#: the competitor on whose card it is
THEM = CLAIMS.card.them


def made(template: str = "messaging_house.md.j2", **changes) -> Facts:
    given = brief(**changes)
    return facts(given, task("house", template=template))


def stale(before: Facts, after: Facts, folder) -> dict[str, tuple[str, ...]]:
    note_inputs(before, folder, folders=())
    return dict(stale_documents(replace(after, task=None), folder, folders=()))


def test_a_document_is_fresh_until_something_changes_that_it_is_made_from(tmp_path):
    assert stale(made(), made(), tmp_path) == {}
    assert (
        stale(
            made(),
            made(goals=[{"metric": "x", "target": 1, "by": "2027-05-01"}]),
            tmp_path,
        )
        == {}
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"positioning": {"category": "store"}}, ("positioning",)),
        ({"messages": {"ten": "Short"}, "product": "Acme 3"}, ("messages", "product")),
        ({"launch_on": "2027-03-09"}, ()),
    ],
)
def test_the_changed_inputs_are_named(tmp_path, change, why):
    assert stale(made(), made(**change), tmp_path).get("house", ()) == why


def test_a_claim_that_ended_makes_its_documents_stale(tmp_path):
    given = brief(CLAIMS)
    card = facts(
        given, task("card", given.competitors()[0], template="battlecard.md.j2")
    )
    assert stale(card, replace(card, today=date(2026, 11, 25)), tmp_path) == {}
    assert stale(card, replace(card, today=date(2026, 11, 26)), tmp_path) == {
        "card": (f"claims on {THEM} that began or ended",)
    }


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"today": date(2026, 11, 26)}, ["claims on {} that began or ended"]),
        ({"questioned": {"kite.y1": Mark.QUESTIONED}}, ["claims in doubt"]),
        (
            {"today": date(2028, 11, 26)},
            [
                "the card on {} passed its review day, or was reviewed",
                "claims on {} that began or ended",
                "the release day came",
                "the launch day came",
            ],
        ),
    ],
)
def test_each_document_has_the_cause_that_changed_it(tmp_path, change, why):
    given = brief(CLAIMS)
    card = facts(
        given, task("card", given.competitors()[0], template="battlecard.md.j2")
    )
    found = stale(card, replace(card, **change), tmp_path)
    assert set(found["card"]) == {each.format(THEM) for each in why}


def test_a_record_of_an_earlier_version_has_one_cause_for_the_day(tmp_path):
    given = brief(CLAIMS)
    card = facts(
        given, task("card", given.competitors()[0], template="battlecard.md.j2")
    )
    path = note_inputs(card, tmp_path, folders=())
    record = json.loads(path.read_text(encoding="utf-8"))
    kept = {name: each for name, each in record.items() if not name.startswith("day:")}
    path.write_text(json.dumps(kept), encoding="utf-8")
    later = replace(card, today=date(2026, 11, 26))
    assert stale_documents(later, tmp_path, folders=()) == {
        "card": ("a claim or card went out of date, or the release or launch day came",)
    }


def test_progress_makes_nothing_stale_but_other_dates_do(tmp_path):
    plan = made("launch_plan.md.j2")
    (own,) = plan.tasks
    begun = replace(
        plan, tasks=[replace(own, status="doing", float_days=2, critical=True)]
    )
    assert stale(plan, begun, tmp_path) == {}
    moved = replace(plan, tasks=[replace(own, due=date(2027, 1, 12))])
    assert stale(plan, moved, tmp_path) == {"house": ("the plan",)}


def test_another_template_makes_its_documents_stale(tmp_path):
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "messaging_house.md.j2").write_text("{{ brief.product }}", "utf-8")
    note_inputs(made(), tmp_path, folders=())
    found = stale_documents(made(), tmp_path, folders=(ours,))
    assert "its template" in found["house"]


def test_a_document_without_a_readable_record_is_left_out(tmp_path):
    assert stale_documents(made(), tmp_path, folders=()) == {}
    path = note_inputs(made(), tmp_path, folders=())
    path.write_text("[", "utf-8")
    assert stale_documents(made(product="Acme 3"), tmp_path, folders=()) == {}
    note_inputs(made(), tmp_path, folders=())
    assert stale_documents(made("gone.md.j2"), tmp_path, folders=()) == {}


def test_only_the_document_of_a_task_can_be_recorded(tmp_path):
    with pytest.raises(DocumentError, match="give the facts its task"):
        note_inputs(facts(brief()), tmp_path, folders=())


def test_no_name_of_a_field_is_told() -> None:
    """The names of fields that a template may read, for people who wrote neither."""
    of_task = [f"task.{each.name}" for each in fields(TaskFacts)]
    of_brief = [f"brief.{name}" for name in Brief.model_fields]
    of_facts = [each.name for each in fields(Facts)]
    told = {name: _in_words(name) for name in (*of_task, *of_brief, *of_facts)}
    wrong = {
        name: words
        for name, words in told.items()
        if re.search(r"[_.:]|\bon$|^task", words)
    }
    assert not wrong
    assert told["task.owner"] == told["task.owner_name"] == "its owner"
