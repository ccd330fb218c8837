"""The JSON of workload: who is asked for how much, in which week."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from launch_kits.plan import Workload, WorkloadWeek
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = ["levelled_json", "load_json", "number_json", "overloaded_json"]


def load_json(loads: Iterable[Workload]) -> list[dict[str, object]]:
    """People and their weeks, as `load` prints them."""
    return [
        {
            "owner": one.owner,
            "capacity": number_json(one.capacity),
            "weeks": [
                {**_week_json(week), "tasks": list(week.tasks)} for week in one.weeks
            ],
            "over_days": one.over_days,
            "behind": number_json(one.behind),
            "behind_tasks": list(one.behind_tasks),
        }
        for one in loads
    ]


def overloaded_json(loads: Iterable[Workload]) -> list[dict[str, object]]:
    """The overloaded weeks of each person, with too much work on some day."""
    return [
        {"owner": one.owner, **_week_json(week)}
        for one in loads
        for week in one.weeks
        if week.overloaded
    ]


def levelled_json(plan: LevelledPlan) -> dict[str, object]:
    """Whether the levelled plan holds, and if not, who is short and when it would."""
    earliest = plan.earliest_launch_on
    return {
        "holds": plan.levelling.holds,
        "earliest_launch_on": earliest.isoformat() if earliest else None,
        "short_days": dict(plan.levelling.short_days),
    }


def _week_json(week: WorkloadWeek) -> dict[str, object]:
    return {
        "week": week.week,
        "from": week.first.isoformat(),
        "asked": number_json(week.asked),
        "available": number_json(week.available),
    }


def number_json(amount: Fraction) -> int | float:
    """An amount of days, in thousandths if it is not whole."""
    return int(amount) if amount.denominator == 1 else round(float(amount), 3)
