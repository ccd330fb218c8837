from __future__ import annotations

from datetime import date

import pytest

from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.notices.decision_text import asked_text, decision_text
from tests.slack.views import READER

DECISION = {
    "who": "lead@example.com",
    "title": "Pricing",
    "key": "pricing",
    "owner": "Ann",
    "due": date(2027, 2, 4),
    "until": date(2027, 2, 11),
    "why": "No data",
    "checks": ("Price list", "Terms"),
}


@pytest.mark.parametrize(
    ("wanted", "told", "asked"),
    [
        (
            AnswerKind.MORE_TIME,
            'more time for "Pricing" (Ann), until Thu 11 Feb',
            (
                'Ann asks for more time for "Pricing": until Thu 11 Feb, not Thu 4 Feb '
                "(answer by Wed 3 Feb)"
            ),
        ),
        (AnswerKind.BLOCKED, '"Pricing" (Ann) is blocked: No data', None),
        (
            AnswerKind.REVIEW,
            '"Pricing" (Ann) waits for Product lead to approve it',
            None,
        ),
        (
            AnswerKind.WAIVER,
            'gate "Pricing": "Price list" may stay open until Thu 11 Feb',
            (
                'Gate "Pricing": "Price list" may stay open until Thu 11 Feb; '
                "let it pass again, or have it ticked"
            ),
        ),
        (
            AnswerKind.GATE,
            'gate "Pricing" (Product lead): 2 checks to tick: "Price list", "Terms"',
            'Gate "Pricing": 2 checks to tick by Thu 4 Feb: "Price list", "Terms"',
        ),
        (
            AnswerKind.DECISION,
            '"Pricing" (Ann), by Thu 4 Feb',
            'Decide on "Pricing" by Thu 4 Feb',
        ),
    ],
)
def test_a_decision_is_told_to_others_and_asked_of_one(
    wanted: AnswerKind, told: str, asked: str | None
) -> None:
    each = ToDecide(wanted=wanted, **DECISION)
    assert decision_text(each, READER) == told
    if asked is not None:
        assert asked_text(each, READER) == asked
