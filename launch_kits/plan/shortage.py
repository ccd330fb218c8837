"""The days of work that a person has no time for (not half days), by planned dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from launch_kits.plan.dates import Forecast
from launch_kits.plan.plan_input import PlanInput

__all__ = ["PlannedWork", "short_days"]


class PlannedWork(NamedTuple):
    """Work that is not begun, as it is planned."""

    owner: str
    finish: date
    #: the part of its owner's day that it takes
    share: Fraction


def short_days(
    given: PlanInput,
    planned: Mapping[str, PlannedWork],
    *,
    due: Mapping[str, date],
    expected: Mapping[str, Forecast],
    lands_on: date | None,
) -> dict[str, int]:
    """Count the days of work that are late because people have no time.

    ``expected`` holds the dates by the facts, which ignore capacity, and ``lands_on`` the launch
    day by these. Work that is planned after its due day as it moves along with the launch to that
    day, and after its expected finish, is late for lack of time. Returns days times share by
    owner, rounded up, without zeros; nothing if no day holds by the facts.
    """
    if lands_on is None:
        return {}
    slip = given.calendar.count(given.launch_on, lands_on)
    late: dict[str, Fraction] = defaultdict(Fraction)
    for work in given.work:
        each = planned.get(work.key)
        dates = expected.get(work.key)
        if each is None or dates is None or each.finish <= due[work.key]:
            continue
        limit = due[work.key]
        if slip:
            limit = given.calendar.shift(limit, slip)
        own = work.own_calendar(given.calendar, given.anchors.day(work.anchor))
        days = min(own.count(max(limit, dates.finish), each.finish), work.days)
        if days > 0:
            late[each.owner.casefold()] += days * each.share
    return {owner: ceil(days) for owner, days in late.items()}
