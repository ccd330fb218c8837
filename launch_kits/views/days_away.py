"""The people whose days away make a launch land later."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from launch_kits.plan import Work, as_things_stand, planned_slip
from launch_kits.plan.earliest import HORIZON

if TYPE_CHECKING:
    from launch_kits.views.running_plan import RunningPlan

__all__ = ["DaysAway", "days_away"]


class DaysAway(NamedTuple):
    """The people without whose days away a launch would land earlier, by email."""

    #: than by its plan alone, with only the facts older than it
    in_plan: tuple[str, ...]
    #: than by the facts
    by_facts: tuple[str, ...]


def days_away(plan: RunningPlan) -> DaysAway:
    """Find them: of a launch that does not land later, and of people who are not away, no one."""
    brief = plan.brief
    if brief is None or not plan.because:
        return DaysAway((), ())
    owners = dict.fromkeys(plan.owners.values())
    people = [owner for owner in owners if brief.days_away(owner)]
    of_plan = sum(share.days for share in plan.because if share.task is None)
    slip = sum(share.days for share in plan.because)
    return DaysAway(
        _mattering(people, of_plan, lambda who: _planned_slip(plan, who)),
        _mattering(people, slip, lambda who: _slip(plan, who)),
    )


def _mattering(
    people: Sequence[str], slip: int, without: Callable[[Collection[str]], int]
) -> tuple[str, ...]:
    """The people who each make a slip less if left out; if there are none, all if that helps."""
    if not slip or not people:
        return ()
    alone = tuple(each for each in people if without([each]) < slip)
    return alone or (tuple(people) if without(people) < slip else ())


def _planned_slip(plan: RunningPlan, people: Collection[str]) -> int:
    planned = _as_if_there(plan, plan.planned, people)
    return planned_slip(plan.given, planned=planned, due=plan.due, due_set=plan.due_set)


def _slip(plan: RunningPlan, people: Collection[str]) -> int:
    given = replace(plan.given, work=_as_if_there(plan, plan.given.work, people))
    found = as_things_stand(
        given, planned=None, due=plan.due, due_set=plan.due_set, today=plan.today
    )
    if found.lands_on is None:
        return HORIZON
    return given.calendar.count(given.launch_on, found.lands_on)


def _as_if_there(
    plan: RunningPlan, work: Sequence[Work], people: Collection[str]
) -> list[Work]:
    """Return work with the calendars of people as if they were never away."""
    brief = plan.brief
    launch = plan.given.calendar
    if brief is None:
        raise ValueError("a plan without its brief knows no absences")
    there = {who: brief.calendar_of(who, launch=launch, absent=False) for who in people}
    return [
        replace(each, calendar=there[owner])
        if (owner := plan.owners[each.key]) in there
        else each
        for each in work
    ]
