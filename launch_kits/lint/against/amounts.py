"""Prices of a text that differ from the brief's, or that belong to another party."""

from __future__ import annotations

import re
from collections.abc import Iterator

from launch_kits.claims.subjects import names_them, short_name
from launch_kits.lint.against.figures import TextSlip
from launch_kits.lint.against.known import Known
from launch_kits.lint.against.texts import OutsideText
from launch_kits.lint.money import Money, money_in
from launch_kits.lint.plan_prices import contradictions, same_unit

__all__ = ["prices"]

#: words by which a sentence speaks of us without our name
_OURS = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)


def prices(text: OutsideText, known: Known) -> Iterator[TextSlip]:
    """Yield amounts of money that differ from the brief's prices, or that no input names.

    A price of a year may be twelve of the brief's prices of a month. An amount in a sentence about
    one party alone must be that party's.
    """
    for money in money_in(text.text):
        sentence = text.sentence_at(money.start)
        slip = (
            _unknown(text, money, known)
            or _of_other_party(sentence, money, known)
            or _of_another_plan(sentence, money, known)
        )
        if slip:
            yield TextSlip(
                money.start, "other-price", f'"{money.words.strip()}": {slip}'
            )


def _unknown(text: OutsideText, money: Money, known: Known) -> str | None:
    """Return the fault of an amount that no input has, by itself or as twelve months."""
    if money.amount in known.amounts.get(money.currency, ()):
        return None
    if _is_of_a_year(text, money, known):
        return None
    return f"neither the brief nor a ledger has this amount{_told(known)}"


def _is_of_a_year(text: OutsideText, money: Money, known: Known) -> bool:
    """Return whether an amount is our price over another time."""
    end = money.start + len(money.words)
    after = text.text[end : end + 40]
    for price in known.brief.pricing:
        if price.amount is None or price.currency != money.currency:
            continue
        times = same_unit(after, price)
        if times and round(float(price.amount) * times, 2) == money.amount:
            return True
    return False


def _of_other_party(sentence: str, money: Money, known: Known) -> str | None:
    """Return the fault of our price told as a competitor's, or the other way round."""
    about = [key for key, each in known.ledgers if names_them(each.card, sentence)]
    name = known.name.casefold()
    plans = {price.plan.casefold() for price in known.brief.pricing}
    ours = _OURS.search(sentence) is not None or any(
        each in sentence.casefold() for each in (name, *plans)
    )
    own = known.amounts_of(None).get(money.currency, frozenset())
    if ours and not about and money.amount not in own:
        for key, ledger in known.ledgers:
            if money.amount in known.amounts_of(key).get(money.currency, ()):
                them = short_name(ledger.card.them)
                return f"this is an amount of {them}, not of {known.name}{_told(known)}"
    if len(about) == 1 and not ours and money.amount in own:
        theirs = known.amounts_of(about[0]).get(money.currency, frozenset())
        if money.amount not in theirs:
            return f"this is an amount of {known.name}; the ledger does not have it for them"
    return None


def _of_another_plan(sentence: str, money: Money, known: Known) -> str | None:
    """Return the fault of a plan's amount that is another."""
    for found in contradictions(sentence, known.brief):
        if (found.money.words, found.money.amount) == (money.words, money.amount):
            return found.reason
    return None


def _told(known: Known) -> str:
    """The brief's prices, in brackets; empty if there are none."""
    told = [
        f"{price.plan}: {price.amount:,} {price.currency}"
        for price in known.brief.pricing
        if price.amount is not None
    ]
    return f" (prices of the brief: {'; '.join(told[:4])})" if told else ""
