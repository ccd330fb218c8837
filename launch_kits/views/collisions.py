"""Launches that get in each other's way: the same week, and people, readers or days in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from launch_kits.database.records import LaunchStatus
from launch_kits.plan.workload import owner_key, week_of
from launch_kits.views.notices.context import MessageContext

__all__ = ["Collision", "find_collisions"]


@dataclass(frozen=True, slots=True)
class Collision:
    """Two launches of one week, and why they collide."""

    #: the Monday of the week
    week: date
    #: slugs, the earlier launch day first
    launches: tuple[str, str]
    #: the audience, the owners or the blackout in common, a sentence part each
    reasons: Sequence[str]


def find_collisions(contexts: Iterable[MessageContext]) -> list[Collision]:
    """Find the running launches that collide, by week.

    Two launches whose days lie in one week collide if they address the same market and kind of
    company, if a person has work due that week in both, or if the day of one is a blackout of the
    other.
    """
    running = [each for each in contexts if each.view.status == LaunchStatus.RUNNING]
    running.sort(key=lambda each: (each.view.launch_on, each.view.slug))
    found = []
    for first, second in combinations(running, 2):
        week = _week(first)
        reasons = [*_reasons(first, second)] if week == _week(second) else []
        if reasons:
            pair = (first.view.slug, second.view.slug)
            found.append(Collision(week, pair, reasons))
    return found


def _week(context: MessageContext) -> date:
    return week_of(context.view.launch_on, 0)


def _reasons(first: MessageContext, second: MessageContext) -> Iterator[str]:
    briefs = first.brief, second.brief
    if briefs[0].market == briefs[1].market and _meet(
        briefs[0].company, briefs[1].company
    ):
        yield f"both address {briefs[0].market}, {_smaller(*briefs)}"
    common = _owners(first) & _owners(second)
    if common:
        names = sorted(first.name(email) for email in common)
        yield f"work of that week is with {', '.join(names)} in both"
    for one, other in ((first, second), (second, first)):
        day = one.view.launch_on
        if any(days.from_ <= day <= days.to for days in other.brief.blackouts):
            yield f"the day of {one.view.product} is a blackout of {other.view.product}"


def _meet(one: str, other: str) -> bool:
    return one == other or "both" in (one, other)


def _smaller(*briefs: object) -> str:
    kinds = {str(getattr(brief, "company", "")) for brief in briefs} - {"both"}
    return " and ".join(sorted(kinds)) or "companies of any size"


def _owners(context: MessageContext) -> set[str]:
    """The owners of open work that is due in the week of the launch day."""
    first = _week(context)
    return {
        owner_key(task.owner)
        for task in context.view.open_tasks
        if first <= task.due < first + timedelta(7)
    }
