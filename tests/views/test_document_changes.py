from __future__ import annotations

from launch_kits.views.document_changes import changes_between
from tests.launches import LEAD, NOW


def test_two_contents_differ_in_claims_fields_sections_and_edits() -> None:
    before = {
        "claims.kite.w1.text": "Old",
        "brief.summary": "Same",
        "sections.ways": "Ours",
    }
    after = {
        "claims.kite.w1.text": "New",
        "brief.summary": "Same",
        "edited": "Own words",
    }
    found = [
        (each.path, each.cause, each.by, each.before, each.after)
        for each in changes_between(before, after, NOW, LEAD)
    ]
    assert found == [
        ("claims.kite.w1.text", "claim", LEAD, "Old", "New"),
        ("edited", "edit", None, None, "Own words"),
        ("sections.ways", "field", LEAD, "Ours", None),
    ]
