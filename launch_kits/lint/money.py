"""Amounts of money in a text, with their currencies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Money", "money_in"]

#: sign or name → ISO 4217 code; a dollar may be of several countries, and pounds are a weight too
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "$": "USD", "₹": "INR"}
_NAMES = {"dollar": "USD", "buck": "USD", "euro": "EUR", "franc": "CHF"}
_NAMES |= {"yen": "JPY", "rupee": "INR", "krone": "NOK", "krona": "SEK"}
_CODES = "USD|EUR|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|INR|CNY|BRL|MXN|SGD|ZAR"
_NUMBER = r"\d{1,3}(?:[,'\u2019\u202f]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d{1,2})?(?!\d)"
_NAME = rf"(?:US[ -])?(?P<name>{'|'.join(_NAMES)})s?\b"
_MONEY = re.compile(
    rf"(?<![\w.])(?:(?P<c1>{_CODES}|[€£¥$₹])\s?(?P<n1>{_NUMBER})"
    # a sign with a number behind it belongs to that one: "in 2027 €5"
    rf"|(?P<n2>{_NUMBER})\s?(?P<c2>{_CODES}\b|[€£¥₹])(?!\s?\d)"
    rf"|(?P<n3>{_NUMBER})\s{_NAME})"
)
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SIZES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD_OF_NUMBER = "|".join([*_ONES, *_TENS, *_SIZES])
#: a number in words before the name of a currency: "six dollars", "six and a half euros"
_IN_WORDS = re.compile(
    rf"\b(?P<words>(?:{_WORD_OF_NUMBER})(?:(?:[ -]|\sand\s)(?:{_WORD_OF_NUMBER})){{0,8}})\b"
    rf"(?P<half>\sand\sa\shalf)?\s{_NAME}",
    re.IGNORECASE,
)


class Money(NamedTuple):
    """An amount as a text writes it."""

    words: str
    start: int
    currency: str
    amount: float


def money_in(text: str) -> Iterator[Money]:
    """Yield the amounts of money of a text, in figures and in words, in their order."""
    yield from sorted(
        [*_in_figures(text), *_in_words(text)], key=lambda each: each.start
    )


def _in_figures(text: str) -> Iterator[Money]:
    for found in _MONEY.finditer(text):
        sign = found["c1"] or found["c2"]
        currency = _SIGNS.get(sign, sign) if sign else _NAMES[found["name"]]
        written = found["n1"] or found["n2"] or found["n3"]
        number = re.sub(r"[,'\u2019\u202f](?=\d{3})", "", written)
        amount = float(number.replace(",", "."))
        yield Money(found[0], found.start(), currency, amount)


def _in_words(text: str) -> Iterator[Money]:
    for found in _IN_WORDS.finditer(text):
        amount = _number(found["words"]) + (0.5 if found["half"] else 0)
        currency = _NAMES[found["name"].casefold()]
        yield Money(found[0], found.start(), currency, amount)


def _number(words: str) -> float:
    """The number that words name: ``twenty-one hundred``."""
    total = part = 0
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word in _ONES:
            part += _ONES.index(word)
        elif word in _TENS:
            part += (_TENS.index(word) + 2) * 10
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in _SIZES:
            total += max(part, 1) * _SIZES[word]
            part = 0
    return float(total + part)
