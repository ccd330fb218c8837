from __future__ import annotations

import pytest

from launch_kits.claims.ledger_view import view_ledger
from launch_kits.claims.lines import Mark
from launch_kits.claims.proofs import supported
from launch_kits.claims.questioned import (
    doubted_lines,
    doubted_supports,
    doubted_view,
)
from launch_kits.inputs.audience import Audience
from tests.samples import CUSTOMER, INTERNAL, PARTNER, TODAY, brief, claim, ledger

CLAIMS = ledger(
    why_we_win=[
        claim("sure", "We are open.", audience="customer"),
        claim("odd", "We are fast.", audience="customer"),
    ],
    landmine_questions=[
        {
            **claim("ask", "Is it fast?", audience="customer"),
            "claim": None,
            "ask": "Is it fast?",
            "exposes": "odd",
        }
    ],
)
DOUBTED = {"globex.odd": Mark.QUESTIONED, "other.sure": Mark.WRONG}


def texts(reader: Audience) -> list[tuple[str, tuple[Mark, ...]]]:
    view = doubted_view(
        view_ledger(CLAIMS, today=TODAY, reader=reader),
        "globex",
        DOUBTED,
        reader=reader,
    )
    return [(line.id, line.marks) for line in view.sections["why_we_win"]]


def test_internal_readers_see_the_mark() -> None:
    assert texts(INTERNAL) == [("sure", ()), ("odd", (Mark.QUESTIONED,))]


@pytest.mark.parametrize("reader", [PARTNER, CUSTOMER])
def test_others_do_not_see_the_line(reader: Audience) -> None:
    assert [claim_id for claim_id, _ in texts(reader)] == ["sure"]


def test_a_question_to_buyers_does_not_bring_out_a_claim_in_doubt() -> None:
    view = view_ledger(CLAIMS, today=TODAY, reader=INTERNAL)
    doubted = doubted_view(view, "globex", DOUBTED, reader=INTERNAL)
    (before,), (after,) = (
        each.sections["landmine_questions"] for each in (view, doubted)
    )
    assert before.brings_out is not None
    assert after.brings_out is None


def test_a_claim_that_its_owner_called_wrong_says_so() -> None:
    view = view_ledger(CLAIMS, today=TODAY, reader=INTERNAL)
    wrong = doubted_view(view, "globex", {"globex.odd": Mark.WRONG}, reader=INTERNAL)
    assert wrong.sections["why_we_win"][1].mark == "wrong, wait for the correction"


def test_a_view_without_claims_in_doubt_stays_as_it_is() -> None:
    view = view_ledger(CLAIMS, today=TODAY, reader=INTERNAL)
    assert (
        doubted_view(view, "globex", {"other.odd": Mark.QUESTIONED}, reader=INTERNAL)
        is view
    )


def test_named_claims_are_marked_or_left_out() -> None:
    line = view_ledger(CLAIMS, today=TODAY, reader=INTERNAL).find("odd")
    assert line is not None
    pairs = [("globex.odd", line)]
    (inside,) = doubted_lines(pairs, DOUBTED, reader=INTERNAL)
    assert inside.marks == (Mark.QUESTIONED,)
    assert not inside.for_customers
    assert doubted_lines(pairs, DOUBTED, reader=CUSTOMER) == ()


def test_a_line_of_the_brief_needs_a_proof_that_is_not_in_doubt() -> None:
    alternative = {"key": "globex", "name": "Globex", "claims": CLAIMS.model_dump()}
    faq = [
        {"ask": "Fast?", "answer": "Yes", "audience": "customer", "proof": [ref]}
        for ref in ("globex.odd", "globex.sure")
    ]
    written = brief(positioning={"alternatives": [alternative]}, faq=faq)

    def found(reader: Audience) -> list[tuple[Mark, ...]]:
        items = supported(written, written.faq, today=TODAY, reader=reader)
        left = doubted_supports(items, DOUBTED, reader=reader)
        return [line.marks for item in left for line in item.lines]

    assert found(INTERNAL) == [(Mark.QUESTIONED,), ()]
    assert found(CUSTOMER) == [()]
