"""Prices of our plans in texts that contradict the prices of the brief."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from launch_kits.claims.subjects import subject_of
from launch_kits.errors import Fault
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.brief_parts import Price
from launch_kits.inputs.content import LENGTHS
from launch_kits.inputs.yaml_source import Location
from launch_kits.lint.money import Money, money_in
from launch_kits.lint.subject import LintSubject

__all__ = ["OtherPrice", "contradictions", "prices", "same_unit"]

#: the unit behind an amount: "per user and month", "a month", "/ year"
_UNIT = re.compile(r"\s*(?:per|an?|each|every|/)\s*(\w+)", re.IGNORECASE)
#: the time behind an amount or its unit: "per user and year", "annually"
_YEAR = re.compile(
    r"[^.;,\n]{0,24}?\b(?:year|yearly|annual|annually|annum)\b", re.IGNORECASE
)
_MONTH = re.compile(r"[^.;,\n]{0,24}?\b(?:month|monthly)\b", re.IGNORECASE)
_MONTHS = 12
#: an amount that is no price: a difference
_DIFFERENCE = re.compile(
    r"\s*(?:less|more|off|cheaper|discount|saved)\b", re.IGNORECASE
)


class OtherPrice(NamedTuple):
    """An amount of a text that is not the brief's price of its plan."""

    money: Money
    price: Price
    #: how often the brief's price goes into that of the text's time: 12 for a year
    times: float = 1

    @property
    def reason(self) -> str:
        """The brief's price in words."""
        price = self.price
        told = f"the brief's price of {price.plan} is {price.amount:,} {price.currency}"
        if self.times == 1:
            return told
        whole = f"{round(float(price.amount or 0) * self.times, 2):,g}"
        unit = "year" if self.times > 1 else "month"
        return f"{told} {price.per or ''}".rstrip() + f", which is {whole} a {unit}"

    @property
    def message(self) -> str:
        """The contradiction in words, with the remedy."""
        return f'"{self.money.words.strip()}": {self.reason}; correct one of them'


def contradictions(
    text: str, brief: Brief, *, plans: Sequence[str] = ()
) -> Iterator[OtherPrice]:
    """Yield the amounts of a sentence that contradict a price.

    They have the currency of that price, and its unit or none. ``plans`` are the plans that the
    sentence is about if it names none.
    """
    named = _named(text, brief) or set(plans)
    priced = [
        price
        for price in brief.pricing
        if price.plan in named and price.amount is not None
    ]
    for money in money_in(text):
        after = text[money.start + len(money.words) :]
        same = [
            (price, times)
            for price in priced
            if price.currency == money.currency and (times := same_unit(after, price))
        ]
        if not same or _DIFFERENCE.match(after):
            continue
        told = {round(float(price.amount or 0) * times, 2) for price, times in same}
        if money.amount not in told:
            yield OtherPrice(money, *same[-1])


def _named(text: str, brief: Brief) -> set[str]:
    """The plans that a text names; Pro is not named by Pro Plus."""
    left = text
    found = set()
    for plan in sorted({price.plan for price in brief.pricing}, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(plan)}(?!\w)"
        left, count = re.subn(
            pattern, lambda hit: "\0" * len(hit[0]), left, flags=re.IGNORECASE
        )
        if count:
            found.add(plan)
    return found


def same_unit(after: str, price: Price) -> float | None:
    """How often a price goes into an amount's unit; None for another unit.

    It goes once into its own unit, or into none; a price of a month goes into a year twelve times.
    """
    units = re.findall(r"\w+", (price.per or "").casefold())
    if (
        _YEAR.match(after)
        and not _MONTH.match(after)
        and {"month", "monthly"} & {*units}
    ):
        return _MONTHS
    if _MONTH.match(after) and not _YEAR.match(after) and {"year", "yearly"} & {*units}:
        return 1 / _MONTHS
    unit = _UNIT.match(after)
    return 1 if unit is None or unit[1].casefold() in units else None


def prices(subject: LintSubject) -> Iterator[Fault]:
    """Yield our own statements with another price of a plan than the brief's."""
    brief = subject.brief
    plans = {ref: price.plan for price in brief.pricing for ref in price.proof}
    for where, text, proof in _texts(brief):
        about = [plans[ref] for ref in proof if ref in plans]
        for found in contradictions(text, brief, plans=about):
            yield subject.source.fault(where, "other-price", found.message)
    sources = {id(ledger): source for ledger, source in subject.ledgers()}
    for alternative in brief.positioning.alternatives:
        ledger = alternative.ledger
        if ledger is None:
            continue
        for section, at, claim in ledger.each():
            ref = f"{alternative.key}.{claim.id}"
            ours = ref in plans or subject_of(ledger, claim, section) == "us"
            if not ours or claim.ended_by(brief.launch_on) or claim.superseded_by:
                continue
            about = [plans[ref]] if ref in plans else []
            for found in contradictions(claim.text, brief, plans=about):
                source = sources[id(ledger)]
                yield source.fault((section, at), "other-price", found.message)


def _texts(brief: Brief) -> Iterator[tuple[Location, str, Sequence[str]]]:
    """Each statement of ours with its location, and the claims that prove it."""
    if brief.summary:
        yield ("summary",), brief.summary, ()
    for length in LENGTHS:
        message = getattr(brief.messages, length)
        if message:
            yield ("messages", length), message, ()
    for at, attribute in enumerate(brief.positioning.attributes):
        where = ("positioning", "attributes", at)
        yield (*where, "text"), attribute.text, attribute.proof
        yield (*where, "value"), attribute.value, attribute.proof
    for at, faq in enumerate(brief.faq):
        yield ("faq", at, "answer"), f"{faq.ask} {faq.answer}", faq.proof
    for at, promise in enumerate(brief.commitments):
        yield ("commitments", at, "text"), promise.text, ()
