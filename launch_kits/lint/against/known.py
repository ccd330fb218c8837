"""The known facts of a brief, with which texts from outside must agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from launch_kits.claims.subjects import subject_of
from launch_kits.claims.visibility import hidden_because
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.ledger import Claim, Ledger
from launch_kits.lint.against.patterns import days_in, versions_in
from launch_kits.lint.money import money_in
from launch_kits.plan.rollout import Rollout
from launch_kits.workdays.countries import resting

__all__ = ["Known", "Secret"]

#: the version at the end of a product's name
_VERSION = re.compile(r"\s+v?(\d+(?:\.\d+)*)$")


@dataclass(frozen=True, slots=True)
class Secret:
    """A line that a reader must not find in a text, and the reason."""

    text: str
    reason: str
    #: the claim that took its place, if there is one
    instead: str | None = None


@dataclass(frozen=True)
class Known:
    """A brief on a day, with its ledgers and its plan."""

    brief: Brief
    rollout: Rollout
    #: in the time zone of the launch
    today: date

    @cached_property
    def name(self) -> str:
        """The product without its version."""
        return _VERSION.sub("", self.brief.product)

    @cached_property
    def version(self) -> str | None:
        """The version in the product's name."""
        found = _VERSION.search(self.brief.product)
        return found[1] if found else None

    @cached_property
    def rivals(self) -> Sequence[str]:
        """The names of competitors behind which the inputs write a version."""
        names = [item.name for item in self.brief.positioning.alternatives]
        for _, ledger in self.ledgers:
            names += ledger.card.them.split(" / ")
        names = [_VERSION.sub("", name) for name in names]
        # "Redis 8.4" is a version of "Redis Open Source"
        names += [name.split()[0] for name in names if " " in name]
        return [name for name in dict.fromkeys(names) if self._has_versions(name)]

    def _has_versions(self, name: str) -> bool:
        return next(versions_in(self.together, name), None) is not None

    @property
    def ledgers(self) -> Iterator[tuple[str, Ledger]]:
        """The ledgers in place, with the keys of their alternatives."""
        for item in self.brief.positioning.alternatives:
            if item.ledger is not None:
                yield item.key, item.ledger

    @cached_property
    def texts(self) -> Sequence[str]:
        """All texts, numbers and dates of the brief, its kit and its ledgers."""
        return list(_leaves(self.brief.model_dump(mode="json")))

    @cached_property
    def together(self) -> str:
        """All texts in one, a line for each."""
        return "\n".join(self.texts)

    def days(self, reader: Audience) -> frozenset[date]:
        """The days that a text for a reader may name.

        They are those of the brief and its ledgers, and today; for partners and inside also
        those of the plan.
        """
        return self._all_days if reader is not Audience.CUSTOMER else self._told_days

    @cached_property
    def _told_days(self) -> frozenset[date]:
        dated = {day.value for day in days_in(self.together) if day.value}
        dated |= {ledger.card.next_review_on for _, ledger in self.ledgers}
        rollout = self.rollout
        return frozenset({self.today, rollout.release_on, rollout.launch_on, *dated})

    @cached_property
    def _all_days(self) -> frozenset[date]:
        planned = {self.rollout.begin_on}
        for span in self.rollout.schedule.spans.values():
            planned |= {span.start, span.finish, span.start_by, span.due}
        return self._told_days | planned

    @cached_property
    def holidays(self) -> frozenset[date]:
        """The public holidays of the launch's country, and of those of the team.

        They are those from the beginning of the work to the year after the launch.
        """
        first = min(self.rollout.begin_on, self.today).year
        last = self.rollout.launch_on.year + 1
        people = (person.holidays for person in self.brief.team.values())
        countries = {self.brief.holidays, *people}
        return frozenset(
            date.fromordinal(day)
            for country in countries
            if country is not None
            for day in resting(country, first, last).holidays
        )

    @cached_property
    def amounts(self) -> Mapping[str, frozenset[float]]:
        """Currency → the amounts of prices, and those that the texts name."""
        found: dict[str, set[float]] = {}
        for price in self.brief.pricing:
            if price.amount is not None and price.currency:
                found.setdefault(price.currency, set()).add(float(price.amount))
        for money in money_in(self.together):
            found.setdefault(money.currency, set()).add(money.amount)
        return {currency: frozenset(amounts) for currency, amounts in found.items()}

    def amounts_of(self, party: str | None) -> Mapping[str, frozenset[float]]:
        """Currency → the amounts that the inputs name of us, or of a competitor by its key."""
        return self._by_party.get(party, {})

    @cached_property
    def _by_party(self) -> Mapping[str | None, Mapping[str, frozenset[float]]]:
        brief = self.brief.model_dump(
            mode="json", exclude={"positioning": {"alternatives"}}
        )
        texts: dict[str | None, list[str]] = {None: list(_leaves(brief))}
        for price in self.brief.pricing:
            if price.amount is not None and price.currency:
                texts[None].append(f"{price.currency} {price.amount}")
        for key, ledger in self.ledgers:
            for section, _, claim in ledger.each():
                lines = list(_leaves(claim.model_dump(mode="json")))
                about = subject_of(ledger, claim, section)
                # a line about both, or about neither, may tell an amount of either
                for party, other in ((None, "them"), (key, "us")):
                    if about != other:
                        texts.setdefault(party, []).extend(lines)
        return {party: _amounts("\n".join(lines)) for party, lines in texts.items()}

    def dead(self) -> Iterator[Secret]:
        """Yield the claims that are no longer true."""
        for key, ledger in self.ledgers:
            for _, _, claim in ledger.each():
                if claim.ended_by(self.today):
                    follower = ledger.find(claim.superseded_by or "")
                    instead = follower.text if follower else None
                    for text in _said(claim):
                        yield Secret(text, f"{key}.{claim.id}", instead)

    def hidden(self, reader: Audience) -> Iterator[Secret]:
        """Yield the lines that a reader must not see."""
        if reader is Audience.INTERNAL:
            return
        for key, ledger, claim in self._living():
            reason = hidden_because(ledger, claim, today=self.today, reader=reader)
            if reason is not None:
                for text in _said(claim):
                    yield Secret(text, f"claim {key}.{claim.id}: {reason}")
        for text, named, audience in self._meant():
            if not reader.may_read(audience):
                yield Secret(text, f"{named}: it is meant for {audience} readers")
        for quote in self.brief.quotes:
            if quote.permission != "given":
                yield Secret(quote.text, "quotes: its speaker did not allow it")

    def open(self, reader: Audience) -> Iterator[str]:
        """Yield the lines that a reader may see."""
        hidden = {secret.text for secret in self.hidden(reader)}
        hidden |= {secret.text for secret in self.dead()}
        yield from (text for text in self.texts if text not in hidden)

    def _living(self) -> Iterator[tuple[str, Ledger, Claim]]:
        for key, ledger in self.ledgers:
            for _, _, claim in ledger.each():
                if not claim.ended_by(self.today):
                    yield key, ledger, claim

    def _meant(self) -> Iterator[tuple[str, str, Audience]]:
        """Yield the lines of the brief that say who may read them, with their keys."""
        brief = self.brief
        for faq in brief.faq:
            yield faq.answer, "faq", faq.audience
        for promise in brief.commitments:
            yield promise.text, "commitments", promise.audience
        for finding in brief.research.problems:
            yield finding.text, "research", finding.audience
        for deal in brief.research.deals:
            yield deal.reason, "research", Audience.INTERNAL
        for text in (brief.research.competence, brief.research.maturity):
            if text:
                yield text, "research", Audience.INTERNAL


def _amounts(text: str) -> Mapping[str, frozenset[float]]:
    found: dict[str, set[float]] = {}
    for money in money_in(text):
        found.setdefault(money.currency, set()).add(money.amount)
    return {currency: frozenset(amounts) for currency, amounts in found.items()}


def _said(claim: Claim) -> Iterable[str]:
    return [text for text in (claim.text, claim.answer) if text]


def _leaves(value: object) -> Iterator[str]:
    """Yield the texts and numbers of a value that JSON can write, without attached files."""
    if isinstance(value, Mapping):
        if {"path", "content"} == set(value):
            return
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
