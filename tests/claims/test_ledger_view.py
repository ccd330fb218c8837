from datetime import date

import pytest

from launch_kits.claims.ledger_view import LedgerView, view_ledger
from tests.samples import CUSTOMER, INTERNAL, TODAY, claim, ledger


def seen(reader=INTERNAL, today=TODAY, card=None, **sections) -> LedgerView:
    return view_ledger(ledger(card, **sections), today=today, reader=reader)


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        (claim(), ""),
        (
            claim(text="Up to 40% faster", kind="vendor_claim", src="theirs"),
            "vendor's own number",
        ),
        (
            claim(text="Loved by all", kind="vendor_claim", src="theirs"),
            "vendor's own statement",
        ),
        (claim(text="Up to 40% faster", kind="vendor_claim"), "our own measurement"),
        (claim(text="Free since 2018", kind="vendor_claim"), "our own statement"),
        (claim(kind="inference"), "our inference, internal only"),
        (claim(text="Their price", kind="unknown", src=[]), "not sourced"),
        (claim(text="Their price: not sourced.", kind="unknown", src=[]), ""),
        (claim(derived=["y2"]), "derived from other claims"),
        (claim(legal_review="required"), "legal review open, internal only"),
        (claim(about="them"), "no source of theirs, internal only"),
        (claim(confidence="low"), "confidence: low"),
        (claim(confidence="high"), ""),
    ],
)
def test_a_line_says_how_it_is_known(line, mark):
    assert seen(why_we_win=[line]).sections["why_we_win"][0].mark == mark


def test_how_sure_we_are_stays_inside():
    line = claim(confidence="low", audience="customer")
    assert seen(CUSTOMER, why_we_win=[line]).sections["why_we_win"][0].mark == ""


def test_every_section_is_there_even_without_lines():
    assert set(seen().sections) >= {"overview", "why_we_win", "conflicts"}


def test_a_source_named_twice_is_cited_once_and_an_unknown_one_not_at_all():
    line = seen(why_we_win=[claim(src=["ours", "gone", "theirs", "ours"])]).sections[
        "why_we_win"
    ][0]
    assert [source.by for source in line.sources] == ["us", "them"]
    assert line.as_of == "2026-10-01"


def test_a_conflict_is_open_in_every_section():
    conflict = {
        "id": "k1",
        "kind": "conflict",
        "subject": "Customers",
        "values": [
            {"value": 1200, "src": "ours"},
            {"value": "900", "src": "press"},
            {"value": 5},
        ],
        "use": "about a thousand",
    }
    card = seen(why_we_win=[conflict])
    assert card.sections["why_we_win"] == ()
    assert [(value.text, len(value.sources)) for value in card.conflicts[0].values] == [
        ("1200", 1),
        ("900", 1),
    ]
    assert card.conflicts[0].unsourced == 1
    assert card.find("k1") is None


def test_a_question_brings_out_only_claims_that_its_reader_may_see():
    question = {
        "id": "l1",
        "ask": "Which version?",
        "exposes": "w1",
        "src": "theirs",
        "audience": "customer",
    }
    weakness = claim("w1", "They are slow.", src="theirs")
    lines = {"landmine_questions": [question], "their_weaknesses": [weakness]}
    assert (
        seen(**lines).sections["landmine_questions"][0].brings_out.text
        == "They are slow."
    )
    assert seen(CUSTOMER, **lines).sections["landmine_questions"][0].brings_out is None


def test_questions_that_bring_out_each_other_end():
    questions = [
        {"id": "l1", "ask": "One?", "exposes": "l2", "src": "ours"},
        {"id": "l2", "ask": "Two?", "exposes": "l1", "src": "ours"},
    ]
    first = seen(landmine_questions=questions).sections["landmine_questions"][0]
    assert first.brings_out.text == "Two?"
    assert first.brings_out.brings_out is None


def test_a_line_that_replaces_an_ended_claim_is_a_change_without_its_text():
    card = seen(
        why_we_win=[claim("y2", "Both have it.")],
        their_weaknesses=[
            claim("w1", "They lack it.", status="superseded", superseded_by="y2"),
            claim("w2", "They are closing.", valid_until="2026-01"),
        ],
    )
    assert [(change.line.text, change.replaces) for change in card.changes] == [
        ("Both have it.", ("w1",))
    ]
    assert card.ended == ("w2",)
    assert "They" not in repr(card)


def test_lines_held_back_are_counted_by_reason():
    card = seen(CUSTOMER, why_we_win=[claim("y1"), claim("y2"), claim("y3", src=[])])
    assert card.held_back == {
        "it is meant for internal readers": 2,
        "it has no source": 1,
    }


def test_a_line_is_new_if_its_source_has_a_full_date_after_the_last_review():
    card = seen(
        card={"verified_on": "2026-11-01", "review_every_days": 32},
        why_we_win=[claim("y1"), claim("y2", src="press"), claim("y3", src="undated")],
    )
    assert card.since == date(2026, 9, 30)
    # `press` is dated by a year alone
    assert [line.id for line in card.new] == ["y1"]


def test_a_view_is_made_once_for_a_ledger_a_day_and_a_reader():
    claims = ledger(why_we_win=[claim()])
    once = view_ledger(claims, today=TODAY, reader=INTERNAL)
    assert view_ledger(claims, today=TODAY, reader=INTERNAL) is once
    assert view_ledger(claims, today=TODAY, reader=CUSTOMER) is not once
    assert view_ledger(claims.model_copy(), today=TODAY, reader=INTERNAL) is not once


def test_one_page_can_contradict_itself():
    conflict = {
        "id": "k1",
        "kind": "conflict",
        "subject": "Customers",
        "values": [
            {"value": 1200, "src": "ours", "line": 3, "quote": "1,200 teams"},
            {"value": 900, "src": "ours", "line": 40},
        ],
    }
    first, second = seen(why_we_win=[conflict]).conflicts[0].values
    assert (first.quote, first.sources[0].line) == ("1,200 teams", "3")
    assert (second.quote, second.sources[0].line) == (None, "40")
    assert first.sources[0].key != second.sources[0].key
