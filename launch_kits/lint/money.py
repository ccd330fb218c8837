"""Finds amounts of money in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Money", "money_in"]

#: sign or name → ISO 4217 code; a dollar may be of several countries
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "$": "USD", "₹": "INR"}
_CODES = "USD|EUR|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|INR|CNY|BRL|MXN|SGD|ZAR"
_NUMBER = r"\d{1,3}(?:[,'\u2019\u202f]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d{1,2})?(?!\d)"
_MONEY = re.compile(
    rf"(?<![\w.])(?:(?P<c1>{_CODES}|[€£¥$₹])\s?(?P<n1>{_NUMBER})"
    # a sign with a number behind it belongs to that one: "in 2027 €5"
    rf"|(?P<n2>{_NUMBER})\s?(?P<c2>{_CODES}\b|[€£¥₹])(?!\s?\d))"
)


class Money(NamedTuple):
    """An amount as a text writes it."""

    words: str
    start: int
    currency: str
    amount: float


def money_in(text: str) -> Iterator[Money]:
    """Yield the amounts of money of a text."""
    for found in _MONEY.finditer(text):
        sign = found["c1"] or found["c2"]
        number = re.sub(r"[,'\u2019\u202f](?=\d{3})", "", found["n1"] or found["n2"])
        amount = float(number.replace(",", "."))
        yield Money(found[0], found.start(), _SIGNS.get(sign, sign), amount)
