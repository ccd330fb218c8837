from __future__ import annotations

import pytest

from launch_kits.lint.plan_prices import contradictions
from tests.lint.brief_codes import codes, linted
from tests.samples import brief
from tests.spoilt import Folder

PRICES = [
    {"plan": "Teams", "amount": 4, "currency": "USD", "per": "user and month"},
    {"plan": "Pro", "amount": 6.5, "currency": "USD", "per": "user and month"},
    {"plan": "Pro Plus", "text": "on request"},
]


def found(text: str, *plans: str) -> list[tuple[float, str]]:
    given = brief(pricing=PRICES)
    return [
        (each.money.amount, each.price.plan)
        for each in contradictions(text, given, plans=plans)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Pro: 6 USD per user and month",
        "The list price of Pro stays at 6 USD until 2028.",
        "pro for USD 6 a month",
        "Pro costs 4 USD per user.",
        "Pro costs 72 USD a year.",
        "Pro costs 72 USD per user and year.",
        "Pro costs seventy dollars annually.",
        "Pro costs six dollars.",
    ],
)
def test_another_price_of_the_plan_that_is_named_contradicts(text: str) -> None:
    assert [plan for _, plan in found(text)] == ["Pro"]


@pytest.mark.parametrize(
    "text",
    [
        "Pro: 6.50 USD per user and month",
        "Pro costs 6 EUR.",
        "Pro costs 78 USD a year.",
        "Pro costs six and a half dollars a month.",
        "Pro Plus costs 9 USD.",
        "Pro is 2 USD cheaper than last year.",
        "Professionals pay 6 USD.",
        "Teams costs 4 USD, Pro 6.5 USD.",
        "It costs 6 USD.",
    ],
)
def test_other_amounts_do_not(text: str) -> None:
    assert found(text) == []


def test_a_text_that_names_no_plan_is_about_that_of_its_proof() -> None:
    assert found("6 USD per user", "Pro") == [(6, "Pro")]
    assert found("Teams: 4 USD per user", "Pro") == []


def test_check_names_the_promise_and_the_claim_with_another_price(
    folder: Folder,
) -> None:
    promise = "commitments: [{text: Free stays at 3 USD}]"
    folder.spoil("brief.yaml", ("launch_on:", f"{promise}\nlaunch_on:"))
    folder.spoil("ledger.yaml", ("Falcon is faster", "Falcon is faster for 5 USD"))
    told = [where for *where, code in codes(folder) if code == "other-price"]
    assert [name for name, _ in told] == ["brief.yaml", "ledger.yaml"]
    (first, _) = [
        each for each in linted(folder).warnings if each.code == "other-price"
    ]
    price = "the brief's price of Free is 0 USD"
    assert first.message == f'"3 USD": {price}; correct one of them'
