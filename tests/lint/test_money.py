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
        ("6 dollars", "USD", 6.0),
        ("Six dollars", "USD", 6.0),
        ("six and a half euros", "EUR", 6.5),
        ("twenty-one euros", "EUR", 21.0),
        ("one hundred and twenty US dollars", "USD", 120.0),
        ("two thousand five hundred francs", "CHF", 2500.0),
    ],
)
def test_amounts_have_their_currency_before_or_behind(text, currency, amount):
    (money,) = money_in(text)
    assert (money.currency, money.amount) == (currency, amount)


def test_a_weight_is_no_amount_of_money():
    assert list(money_in("It weighs 12 pounds, or twelve pounds.")) == []


@pytest.mark.parametrize("text", ["In 2027 €5", "on 21 USD 5 a month", "7.2 £5"])
def test_a_number_before_an_amount_is_not_an_amount(text):
    assert [money.amount for money in money_in(text)] == [5.0]
