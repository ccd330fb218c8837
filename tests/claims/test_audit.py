from __future__ import annotations

from datetime import date, timedelta

from launch_kits.claims.audit import endings, open_conflicts, proofs_in, stale
from tests.samples import TODAY, brief, claim, ledger

CONFLICT = {
    "id": "k1",
    "kind": "conflict",
    "subject": "Price",
    "values": [{"value": "$5", "src": "old"}, {"value": 6}],
}


def found(
    claims, today: date = TODAY
) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    return [
        (each.what, each.id, str(each.since or ""), each.claims)
        for each in stale(claims, today=today)
    ]


def test_sources_that_are_too_old_or_of_no_date_are_stale_with_the_lines_that_rest_on_them():
    claims = ledger(
        why_we_win=[claim("y1", src=["old", "ours"]), claim("y2", src="undated")],
        conflicts=[CONFLICT],
    )
    assert found(claims) == [
        ("source", "old", "2025-06-01", ("y1", "k1")),
        ("source", "undated", "", ("y2",)),
    ]


def test_a_line_that_has_ended_rests_on_nothing_any_more():
    claims = ledger(why_we_win=[claim("y1", src="old", valid_until="2026-10")])
    assert found(claims)[0] == ("source", "old", "2025-06-01", ())


def test_a_card_is_stale_from_the_day_after_its_review_is_due():
    claims = ledger()
    due = date(2026, 12, 1)
    assert "card" not in [what for what, *_ in found(claims, due)]
    assert found(claims, due + timedelta(1))[0] == (
        "card",
        "acme-vs-globex",
        "2026-12-02",
        (),
    )


def test_a_source_is_stale_from_the_day_it_says():
    claims = ledger({"stale_after_days": 60, "verified_on": "2027-01-01"})
    (since,) = (
        each.since
        for each in stale(claims, today=date(2026, 12, 31))
        if each.id == "ours"
    )
    assert since == date(2026, 12, 1)
    assert "ours" not in [each.id for each in stale(claims, today=since - timedelta(1))]


def test_a_conflict_is_open_until_it_ends():
    claims = ledger(
        conflicts=[CONFLICT, {**CONFLICT, "id": "k2", "status": "withdrawn"}]
    )
    assert [
        (section, each.id) for section, each in open_conflicts(claims, today=TODAY)
    ] == [("conflicts", "k1")]


def test_claims_that_ended_or_end_soon():
    claims = ledger(
        why_we_win=[
            claim("y1", valid_until="2026-10"),
            claim("y2", valid_until=TODAY.isoformat()),
            claim("y3", valid_until=(TODAY + timedelta(30)).isoformat()),
            claim("y4", valid_until=(TODAY + timedelta(31)).isoformat()),
            claim("y5", superseded_by="y6"),
            claim("y6"),
        ]
    )
    listed = [
        (each.claim.id, each.ended, each.last_day)
        for each in endings(claims, today=TODAY, within=30)
    ]
    assert listed == [
        ("y1", True, date(2026, 10, 31)),
        ("y2", False, TODAY),
        ("y3", False, TODAY + timedelta(30)),
        ("y5", True, None),
    ]


def test_a_claim_is_found_at_each_place_that_names_it():
    given = brief(
        ledger(why_we_win=[claim("y1")]),
        pricing=[
            {"plan": "Free", "amount": 0, "currency": "USD", "proof": ["globex.y1"]}
        ],
        faq=[{"ask": "Why?", "answer": "So.", "proof": ["globex.y2", "globex.y1"]}],
    )
    assert proofs_in(given, "globex.y1") == [
        (("pricing", 0, "proof", 0), 'price "Free"'),
        (("faq", 0, "proof", 1), 'answer to "Why?"'),
    ]
