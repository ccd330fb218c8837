from __future__ import annotations

import pytest

from launch_kits.lint.money import money_in


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("USD 1,499.50 a month", "USD", 1499.5),
        ("for 99 EUR", "EUR", 99.0),
        ("$5", "USD", 5.0),
        ("12,50 €", "EUR", 12.5),
    ],
)
def test_amounts_have_their_currency_before_or_behind(text, currency, amount):
    (money,) = money_in(text)
    assert (money.currency, money.amount) == (currency, amount)


@pytest.mark.parametrize("text", ["In 2027 €5", "on 21 USD 5 a month", "7.2 £5"])
def test_a_number_before_an_amount_is_not_an_amount(text):
    assert [money.amount for money in money_in(text)] == [5.0]
