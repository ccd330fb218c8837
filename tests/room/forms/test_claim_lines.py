from __future__ import annotations

import re

import httpx

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.ledger import Ledger
from launch_kits.room.forms.claim_lines import CLAIMS, claims_part
from launch_kits.verbs import revise
from tests.launches import LEAD, NOW, SLUG, brief_with, dump, launch
from tests.room.visiting import Visit, confirmed, text_of

PAGE = f"/launches/{SLUG}/change/{CLAIMS}osprey"


def ledger(visit: Visit) -> Ledger:
    brief = Brief.kept(launch(visit.store).brief)
    found = brief.positioning.alternatives[0].claims
    assert isinstance(found, Ledger)
    return found


def as_shown(brief: Brief | None = None) -> dict[str, str]:
    """The texts that the form has, as a browser sends them."""
    each = (brief or brief_with()).positioning.alternatives[0]
    assert isinstance(each.claims, Ledger)
    part = claims_part(0, each, each.claims)
    return {field.name: part.texts.get(field.name, "") for field in part.fields}


def sent(visit: Visit, **given: str) -> httpx.Response:
    visit.sign_in(LEAD)
    return visit.send(PAGE, **(as_shown() | given))


def test_a_claim_is_changed_and_its_documents_follow(visit):
    visit.sign_in(LEAD)
    assert "Edit the claims" in visit.text(f"/launches/{SLUG}/cards/osprey")
    given = as_shown() | {
        "why_we_win.0.claim": "Falcon is twice as fast",
        "why_we_win.0.audience": "customer",
    }
    shown = visit.send(PAGE, **given)
    assert "<ins>" in shown.text
    confirmed(visit, PAGE, shown, **given)
    found = ledger(visit).why_we_win[0]
    assert found.claim == "Falcon is twice as fast"
    assert found.audience == "customer"
    empty = as_shown() | {"why_we_win.0.claim": " "}
    refused = visit.send(PAGE, **empty)
    assert refused.status_code == 422


def test_a_line_is_added_with_a_source_of_its_own(visit):
    new = {
        "new.section": "objections",
        "new.text": "It is too heavy",
        "new.answer": "It weighs 2 kg",
        "new.audience": "partner",
        "new.url": "https://falcon.example.com/weight",
        "new.as_of": "2027-01",
        "new.by": "us",
    }
    visit.sign_in(LEAD)
    before = dump(visit.store)
    shown = visit.send(PAGE, **(as_shown() | new))
    assert "It is too heavy" in shown.text
    assert dump(visit.store) == before
    confirmed(visit, PAGE, shown, **(as_shown() | new))
    found = ledger(visit)
    line = found.objections[-1]
    assert (line.they_say, line.answer) == ("It is too heavy", "It weighs 2 kg")
    assert (line.id, line.audience, line.src) == ("line_1", "partner", ("source_1",))
    assert found.sources["source_1"].url == "https://falcon.example.com/weight"


def test_a_line_is_added_with_a_known_source(visit):
    known = next(iter(ledger(visit).sources))
    new = {"new.section": "why_we_win", "new.text": "It is quiet", "new.src": known}
    shown = sent(visit, **new)
    confirmed(visit, PAGE, shown, **(as_shown() | new))
    assert ledger(visit).why_we_win[-1].src == (known,)


def test_a_fault_of_a_new_line_is_at_its_field(visit):
    for given, field in (
        ({"new.text": "It is quiet"}, "new.section"),
        ({"new.section": "pricing"}, "new.text"),
        ({"new.section": "objections", "new.text": "Too heavy"}, "new.answer"),
        (
            {"new.section": "pricing", "new.text": "Cheap", "new.url": "ftp://x"},
            "new.url",
        ),
        (
            {
                "new.section": "pricing",
                "new.text": "Cheap",
                "new.url": "https://x.example.com",
                "new.as_of": "soon",
            },
            "new.as_of",
        ),
    ):
        answer = sent(visit, **given)
        assert answer.status_code == 422, given
        found = re.findall(r'id="([^"]+)-fault"', answer.text)
        assert found[:1] == [field], text_of(answer.text)
    assert ledger(visit) == brief_with().positioning.alternatives[0].claims


def test_lines_are_taken_out(visit):
    before = ledger(visit).their_strengths
    out = {"their_strengths.0.keep": "out"}
    assert "their_strengths.0.keep" in as_shown()
    shown = sent(visit, **out)
    confirmed(visit, PAGE, shown, **(as_shown() | out))
    assert ledger(visit).their_strengths == before[1:]


def test_a_line_that_the_brief_names_stays(visit):
    data = brief_with().model_dump(mode="json", by_alias=True)
    named = {
        "key": "fast",
        "text": "Speed",
        "lacked_by": ["osprey"],
        "value": "Less waiting",
        "proof": ["osprey.y1"],
    }
    data["positioning"]["attributes"] = [named]
    revise(visit.store, SLUG, Brief.kept(data), by=LEAD, now=NOW)
    answer = sent(visit, **{"why_we_win.0.keep": "out"})
    assert answer.status_code == 422
    assert 'id="why_we_win.0.keep-fault"' in answer.text
