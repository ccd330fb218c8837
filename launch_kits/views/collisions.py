"""Launches that get in each other's way: the same week, and people, readers or days in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits.database.records import LaunchStatus
from launch_kits.plan.workload import week_of
from launch_kits.views.listing import LaunchListing
from launch_kits.views.overview import Overview
from launch_kits.workdays.in_words import listed

__all__ = ["CrowdedWeek", "crowded_weeks"]

#: names in a sentence
FEW = 4


@dataclass(frozen=True, slots=True)
class CrowdedWeek:
    """A week with several launch days, and why they collide."""

    #: its Monday
    first: date
    #: the launches of the week by launch day: slug and product
    launches: Sequence[tuple[str, str]]
    #: the readers, people and blackouts in common, a sentence each
    reasons: Sequence[str]


#: a launch as lists show it, with its people and days
_Listed = tuple[Overview, LaunchListing]


def crowded_weeks(
    launches: Iterable[_Listed],
    *,
    names: Callable[[Collection[str]], Mapping[str, str]] = lambda _emails: {},
) -> list[CrowdedWeek]:
    """Find the weeks in which running launches collide.

    Launches whose days lie in one week collide if they address the same market and kind of
    company, if a person has work due that week in more than one, or if the day of one is a blackout
    of another. ``names`` gives the names of people outside the team, by email in lower case.
    """
    weeks: dict[date, list[_Listed]] = {}
    running = [each for each in launches if each[0].status == LaunchStatus.RUNNING]
    for each in sorted(running, key=lambda one: (one[0].launch_on, one[0].slug)):
        weeks.setdefault(week_of(each[0].launch_on, 0), []).append(each)
    crowded = {first: there for first, there in weeks.items() if len(there) > 1}
    busy = {first: _busy(there) for first, there in crowded.items()}
    named = names(
        {
            owner
            for people in busy.values()
            for owner, theirs in people.items()
            if theirs[0][1].due[owner] is None
        }
    )
    found = []
    for first, there in sorted(crowded.items()):
        people = _people(busy[first], named)
        reasons = [*_readers(there), *people, *_blackouts(there)]
        if reasons:
            shown = [(view.slug, view.product) for view, _ in there]
            found.append(CrowdedWeek(first, shown, reasons))
    return found


def _readers(launches: Sequence[_Listed]) -> Iterator[str]:
    """The launches that address the same market and kind of company."""
    for market in dict.fromkeys(own.market for _, own in launches):
        same = [
            (view, audience) for view, audience in launches if audience.market == market
        ]
        kinds = {audience.company for _, audience in same}
        # a launch for both meets those of each kind
        for kind in sorted(kinds - {"both"}) or ["both"]:
            meet = [
                (view, audience)
                for view, audience in same
                if audience.company in (kind, "both")
            ]
            if len(meet) > 1:
                size = "companies of any size" if kind == "both" else kind
                yield f"{_products(meet)} address {market}, {size}."


def _busy(launches: Sequence[_Listed]) -> Mapping[str, Sequence[_Listed]]:
    """The people who have work due that week in more than one launch, and these launches."""
    having: dict[str, list[_Listed]] = {}
    for each in launches:
        for owner in each[1].due:
            having.setdefault(owner, []).append(each)
    return {owner: theirs for owner, theirs in having.items() if len(theirs) > 1}


def _people(
    busy: Mapping[str, Sequence[_Listed]], names: Mapping[str, str]
) -> Iterator[str]:
    """Say who has work due that week in more than one launch."""
    for owner, theirs in sorted(busy.items()):
        _, own = theirs[0]
        name = own.due[owner] or names.get(owner, owner)
        yield f"{name} has work due that week in {_products(theirs)}."


def _blackouts(launches: Sequence[_Listed]) -> Iterator[str]:
    """The launches whose day is a blackout of another."""
    closed_on = {
        day: [
            other
            for other in launches
            if any(first <= day <= last for first, last in other[1].blackouts)
        ]
        for day in {view.launch_on for view, _ in launches}
    }
    for view, _ in launches:
        closed = closed_on[view.launch_on]
        if closed:
            yield f"The day of {view.product} is a blackout of {_products(closed)}."


def _products(launches: Sequence[_Listed]) -> str:
    names = listed([view.product for view, _ in launches], most=FEW)
    if len(launches) > FEW:
        return f"{', '.join(names[:-1])} {names[-1]}"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
