"""Launches that get in each other's way: the same week, and people, readers or days in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from launch_kits.database.records import LaunchStatus
from launch_kits.plan.workload import owner_key, week_of
from launch_kits.views.notices.context import MessageContext
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


def crowded_weeks(contexts: Iterable[MessageContext]) -> list[CrowdedWeek]:
    """Find the weeks in which running launches collide.

    Launches whose days lie in one week collide if they address the same market and kind of
    company, if a person has work due that week in more than one, or if the day of one is a blackout
    of another.
    """
    weeks: dict[date, list[MessageContext]] = {}
    running = [each for each in contexts if each.view.status == LaunchStatus.RUNNING]
    for each in sorted(running, key=lambda one: (one.view.launch_on, one.view.slug)):
        weeks.setdefault(week_of(each.view.launch_on, 0), []).append(each)
    found = []
    for first, there in sorted(weeks.items()):
        reasons = [*_readers(there), *_people(there, first), *_blackouts(there)]
        if len(there) > 1 and reasons:
            named = [(each.view.slug, each.view.product) for each in there]
            found.append(CrowdedWeek(first, named, reasons))
    return found


def _readers(launches: Sequence[MessageContext]) -> Iterator[str]:
    """The launches that address the same market and kind of company."""
    for market in dict.fromkeys(each.brief.market for each in launches):
        same = [each for each in launches if each.brief.market == market]
        kinds = {str(each.brief.company) for each in same}
        for kind in sorted(kinds - {"both"}) or sorted(kinds):
            meet = [each for each in same if str(each.brief.company) in (kind, "both")]
            if len(meet) > 1:
                size = "companies of any size" if kind == "both" else kind
                yield f"{_products(meet)} address {market}, {size}."


def _people(launches: Sequence[MessageContext], first: date) -> Iterator[str]:
    """The people who have work due that week in more than one launch."""
    having: dict[str, list[MessageContext]] = {}
    for each in launches:
        due = {
            owner_key(task.owner)
            for task in each.view.open_tasks
            if first <= task.due < first + timedelta(7)
        }
        for owner in due:
            having.setdefault(owner, []).append(each)
    for owner, theirs in sorted(having.items()):
        if len(theirs) > 1:
            name = theirs[0].name(owner)
            yield f"{name} has work due that week in {_products(theirs)}."


def _blackouts(launches: Sequence[MessageContext]) -> Iterator[str]:
    """The launches whose day is a blackout of another."""
    for each in launches:
        day = each.view.launch_on
        closed = [
            other
            for other in launches
            if any(days.from_ <= day <= days.to for days in other.brief.blackouts)
        ]
        if closed:
            yield f"The day of {each.view.product} is a blackout of {_products(closed)}."


def _products(launches: Sequence[MessageContext]) -> str:
    names = listed([each.view.product for each in launches], most=FEW)
    if len(launches) > FEW:
        return f"{', '.join(names[:-1])} {names[-1]}"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
