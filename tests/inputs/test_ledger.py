from datetime import date

import pytest
from pydantic import ValidationError

from launch_kits.claims.visibility import hidden_because
from launch_kits.inputs.ledger import Claim
from launch_kits.inputs.source import Source
from launch_kits.workdays.partial_dates import end_of_period
from tests.samples import CUSTOMER, INTERNAL, PARTNER, TODAY, claim, ledger


def why(
    section: str, line: dict[str, object], *, reader=INTERNAL, today=TODAY, **others
) -> str | None:
    claims = ledger(**{section: [line], **others})
    return hidden_because(
        claims, claims.section(section)[0], today=today, reader=reader
    )


@pytest.mark.parametrize(
    ("written", "last_day"),
    [
        ("2026-02-14", date(2026, 2, 14)),
        ("2026-02", date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 29)),
        ("2026", date(2026, 12, 31)),
        ("unknown", None),
    ],
)
def test_a_partial_date_counts_as_the_end_of_its_period(written, last_day):
    assert end_of_period(written) == last_day


@pytest.mark.parametrize(
    "written", ["2026-13", "2026-00", "2026-02-30", "2026-2", "soon", "", "14.02.2026"]
)
def test_what_is_not_a_date_is_refused(written):
    with pytest.raises(ValueError, match=r".+"):
        end_of_period(written)


def test_a_year_that_yaml_reads_as_a_number_is_a_date():
    assert Source(url="https://acme.example", as_of=2026).as_of == "2026"


def test_a_sourced_claim_is_printed():
    assert why("why_we_win", claim()) is None


def test_without_a_source_nothing_is_printed():
    assert why("why_we_win", claim(src=[])) == "it has no source"


def test_a_source_that_the_ledger_lacks_is_not_a_source():
    assert why("why_we_win", claim(src="gone")) == "it has no source"


def test_what_is_unknown_is_printed_without_a_source():
    assert why("pricing", claim(kind="unknown", src=[])) is None


@pytest.mark.parametrize(
    ("valid_until", "last_day"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-11", date(2026, 11, 30)),
        (2026, date(2026, 12, 31)),
    ],
)
def test_a_claim_is_printed_on_its_last_day_and_not_the_day_after(
    valid_until, last_day
):
    line = claim(valid_until=valid_until)
    assert why("why_we_win", line, today=last_day) is None
    assert (
        why("why_we_win", line, today=date.fromordinal(last_day.toordinal() + 1))
        == "it is no longer true"
    )


@pytest.mark.parametrize(
    "ending",
    [
        {"status": "superseded"},
        {"superseded_by": "y2"},
        {"valid_until": "unknown"},
        {"status": "withdrawn"},
    ],
)
def test_a_superseded_claim_is_not_printed(ending):
    assert why("why_we_win", claim(**ending)) == "it is no longer true"


def test_a_claim_whose_successor_is_announced_holds_until_its_last_day():
    assert why("why_we_win", claim(superseded_by="y2", valid_until="2026-12")) is None


def test_an_inference_stays_inside():
    line = claim(kind="inference", audience="customer")
    assert why("why_we_win", line) is None
    assert why("why_we_win", line, reader=PARTNER) == "it is an inference"


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("internal", [INTERNAL]),
        ("partner", [INTERNAL, PARTNER]),
        ("customer", [INTERNAL, PARTNER, CUSTOMER]),
    ],
)
def test_a_reader_sees_what_is_meant_for_them_or_for_a_wider_circle(audience, readers):
    line = claim(audience=audience)
    assert [
        reader
        for reader in (INTERNAL, PARTNER, CUSTOMER)
        if why("why_we_win", line, reader=reader) is None
    ] == readers


def test_the_wider_of_two_circles_decides_what_a_document_may_tell():
    assert INTERNAL.or_wider(CUSTOMER) is CUSTOMER.or_wider(PARTNER) is CUSTOMER
    assert PARTNER.or_wider(INTERNAL) is INTERNAL.or_wider(PARTNER) is PARTNER


@pytest.mark.parametrize(
    ("evidence", "leaves"),
    [
        ({"src": "theirs"}, True),
        ({"src": ["ours", "theirs"]}, True),
        ({"src": "ours", "quote": "We have no SSO"}, True),
        ({"src": "ours"}, False),
        ({"src": "press"}, False),
    ],
)
@pytest.mark.parametrize(
    ("section", "about"),
    [
        ("their_weaknesses", {}),
        ("why_we_win", {"about": "them"}),
        ("objections", {"about": "them"}),
    ],
)
def test_a_negative_statement_leaves_the_house_only_with_their_own_source_or_a_quote(
    evidence, leaves, section, about
):
    line = claim(
        **{"audience": "customer", "they_say": "?", "answer": "!", **evidence, **about}
    )
    assert why(section, line) is None
    assert (why(section, line, reader=CUSTOMER) is None) is leaves


def test_what_legal_must_review_leaves_only_when_approved():
    asked = claim(audience="customer", legal_review="required")
    assert why("why_we_win", asked) is None
    assert why("why_we_win", asked, reader=CUSTOMER) == "its legal review is open"
    approved = claim(
        audience="customer",
        legal_review="approved",
        approved_by="Counsel",
        approved_on="2026-11-01",
    )
    assert why("why_we_win", approved, reader=CUSTOMER) is None


def test_an_approval_is_signed():
    with pytest.raises(ValidationError, match="approved_by"):
        Claim(id="y1", claim="Fast.", legal_review="approved")


def test_a_conflict_needs_a_sourced_value():
    line = {
        "id": "k1",
        "kind": "conflict",
        "subject": "Customers",
        "values": [{"value": 1200, "src": "ours"}],
    }
    assert why("conflicts", line) is None
    assert why("conflicts", {**line, "values": [{"value": 1200}]}) == "it has no source"


def test_a_question_is_not_asked_when_what_it_brings_out_has_ended():
    question = {"id": "l1", "ask": "Which version?", "exposes": "w1", "src": "ours"}
    holds = claim("w1")
    ended = claim("w1", status="superseded")
    assert why("landmine_questions", question, their_weaknesses=[holds]) is None
    assert (
        why("landmine_questions", question, their_weaknesses=[ended])
        == "what it brings out (w1) is no longer true"
    )


def test_a_card_is_stale_the_day_after_its_review_is_due():
    card = ledger({"verified_on": "2026-11-01", "review_every_days": 30}).card
    assert card.next_review_on == date(2026, 12, 1)
    assert not card.stale_on(date(2026, 12, 1))
    assert card.stale_on(date(2026, 12, 2))


@pytest.mark.parametrize(
    ("as_of", "stale"),
    [
        ("2025-11-22", False),
        ("2025-11-21", True),
        ("2025-11", False),
        ("2025-10", True),
        (2025, False),
        ("unknown", True),
    ],
)
def test_a_source_is_stale_after_a_year_or_without_a_date(as_of, stale):
    assert (
        Source(url="https://acme.example", as_of=as_of).stale_on(TODAY, after_days=365)
        is stale
    )


def test_a_source_of_the_far_future_is_not_stale():
    assert not Source(url="https://acme.example", as_of="9999").stale_on(
        TODAY, after_days=36500
    )


@pytest.mark.parametrize("day", ["9999-12-20", "0001-01-04"])
def test_a_card_cannot_be_verified_out_of_bounds(day):
    with pytest.raises(ValidationError, match="verified_on"):
        ledger({"verified_on": day})
