from collections.abc import Sequence

import pytest

from launch_kits.claims.visibility import hidden_because, theirs_to_answer
from tests.samples import CUSTOMER, INTERNAL, PARTNER, TODAY, claim, ledger


def hidden(reader, **more: object) -> str | None:
    claims = ledger(why_we_win=[claim(**{"audience": "customer", **more})])
    return hidden_because(claims, claims.why_we_win[0], today=TODAY, reader=reader)


@pytest.mark.parametrize(
    ("line", "inside", "outside"),
    [
        ({}, None, None),
        ({"valid_until": "2026-11-21"}, "it is no longer true", "it is no longer true"),
        ({"valid_until": "2026-11-22"}, None, None),
        ({"src": []}, "it has no source", "it has no source"),
        ({"src": "unheard"}, "it has no source", "it has no source"),
        ({"src": [], "kind": "unknown"}, None, None),
        (
            {"exposes": "y9"},
            "what it brings out (y9) is no longer true",
            "what it brings out (y9) is no longer true",
        ),
        ({"audience": "internal"}, None, "it is meant for internal readers"),
        ({"audience": "partner"}, None, "it is meant for partner readers"),
        ({"kind": "inference"}, None, "it is an inference"),
        ({"legal_review": "required"}, None, "its legal review is open"),
        (
            {"about": "them"},
            None,
            "it speaks against them without a source of theirs or a quote",
        ),
        ({"about": "them", "src": "theirs"}, None, None),
        ({"about": "them", "quote": "We are slow."}, None, None),
    ],
)
def test_a_line_is_hidden_for_the_first_reason_that_holds(line, inside, outside):
    assert hidden(INTERNAL, **line) == inside
    assert hidden(CUSTOMER, **line) == outside


def test_partners_see_their_own_lines():
    assert hidden(PARTNER, audience="partner") is None


def test_a_source_of_theirs_or_a_quote_answers_a_statement():
    claims = ledger(
        why_we_win=[
            claim("y1"),
            claim("y2", src="theirs"),
            claim("y3", quote="We are slow."),
        ]
    )
    assert [theirs_to_answer(claims, each) for each in claims.why_we_win] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "src", "out"),
    [
        ("The price of Plus is 7 USD a month", "ours", False),
        ("Plus costs 7 USD a month", "theirs", False),
        ("Plus costs 7 USD a month", "ours", True),
        ("The price of Plus is 7 USD or 6 USD", "ours", True),
        ("The price of Plus is told on request", "theirs", True),
    ],
)
def test_a_line_with_one_value_of_an_open_conflict_stays_inside(text, src, out):
    values = [{"value": "7 USD", "src": "theirs"}, {"value": "6 USD", "src": "theirs"}]
    conflict = {"id": "x1", "kind": "conflict", "values": values}
    claims = ledger(
        pricing=[claim("c1", text, src=src, audience="customer")],
        conflicts=[{**conflict, "subject": "Price of Globex Plus"}],
    )
    (line,) = claims.pricing
    assert hidden_because(claims, line, today=TODAY, reader=INTERNAL) is None
    why = hidden_because(claims, line, today=TODAY, reader=CUSTOMER)
    assert why == (None if out else "sources disagree about it")


def conflict(
    conflict_id: str = "x1", values: Sequence[int] = (7, 6, 5), **more: object
) -> dict[str, object]:
    said = [{"value": f"{value} USD", "src": "theirs"} for value in values]
    # short words such as "fee" do not count
    about = {"subject": "Fee for Globex storage", "values": said}
    return {"id": conflict_id, **about, **more}


@pytest.mark.parametrize("kind", [{}, {"kind": "conflict"}])
def test_an_open_conflict_itself_is_shown_to_its_readers(kind):
    about = "Storage at 7 USD"
    claims = ledger(conflicts=[conflict(subject=about, audience="customer", **kind)])
    (line,) = claims.conflicts
    for reader in (INTERNAL, CUSTOMER):
        assert hidden_because(claims, line, today=TODAY, reader=reader) is None


@pytest.mark.parametrize(
    ("conflicts", "out"),
    [
        ([conflict(valid_until="2026-11-21")], True),
        ([conflict(valid_until="2026-11-22")], False),
        ([conflict(valid_until="2026-11-21"), conflict("x2")], False),
        ([conflict(values=(9, 8)), conflict("x2")], False),
    ],
)
def test_only_a_conflict_that_has_not_ended_keeps_a_line_inside(conflicts, out):
    text = "Storage costs 7 USD"
    line = claim("c1", text, audience="customer")
    claims = ledger(pricing=[line], conflicts=conflicts)
    why = hidden_because(claims, claims.pricing[0], today=TODAY, reader=CUSTOMER)
    assert why == (None if out else "sources disagree about it")


@pytest.mark.parametrize(
    ("until", "ended"), [("2026-11-21", True), ("2026-11-22", False)]
)
def test_a_line_ends_with_the_line_that_it_brings_out(until, ended):
    claims = ledger(
        why_we_win=[claim("y1", exposes="y2"), claim("y2", valid_until=until)]
    )
    why = hidden_because(claims, claims.why_we_win[0], today=TODAY, reader=INTERNAL)
    assert why == ("what it brings out (y2) is no longer true" if ended else None)
