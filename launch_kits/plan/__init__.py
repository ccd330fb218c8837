"""Planning.

Dates, float and the critical path of a launch, from work, calendars and anchor days alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from launch_kits.plan.dates import Forecast, Schedule, Span, forecast, schedule
from launch_kits.plan.earliest import earliest_launch_on, moved_release
from launch_kits.plan.expected import (
    Missed,
    Share,
    Standing,
    State,
    as_things_stand,
    missed_by,
    planned_slip,
    state_of,
)
from launch_kits.plan.graph import Anchor, Predecessor, Work, find_cycle
from launch_kits.plan.plan_input import PlanInput
from launch_kits.plan.reasons import Limit, Reason, Step, Why
from launch_kits.plan.slips import DayChange, Slip, Totals, change_of, days_of, totals
from launch_kits.plan.why import why, work_to_watch

if TYPE_CHECKING:
    from launch_kits.plan.levelling import (
        PLACEMENTS,
        DueDays,
        Levelling,
        PlannedDates,
        earliest_levelled_launch_on,
        level,
        schedules_for,
    )
    from launch_kits.plan.resources import Demand, Resources, stretched
    from launch_kits.plan.workload import (
        OwnedWork,
        Workload,
        WorkloadWeek,
        capacity_by_owner,
        days_of_work,
        load_by_day,
        owner_key,
        week_name,
        week_of,
        workloads,
    )

__all__ = [
    "PLACEMENTS",
    "Anchor",
    "DayChange",
    "Demand",
    "DueDays",
    "Forecast",
    "Levelling",
    "Limit",
    "Missed",
    "OwnedWork",
    "PlanInput",
    "PlannedDates",
    "Predecessor",
    "Reason",
    "Resources",
    "Schedule",
    "Share",
    "Slip",
    "Span",
    "Standing",
    "State",
    "Step",
    "Totals",
    "Why",
    "Work",
    "Workload",
    "WorkloadWeek",
    "as_things_stand",
    "capacity_by_owner",
    "change_of",
    "days_of",
    "days_of_work",
    "earliest_launch_on",
    "earliest_levelled_launch_on",
    "find_cycle",
    "forecast",
    "level",
    "load_by_day",
    "missed_by",
    "moved_release",
    "owner_key",
    "planned_slip",
    "schedule",
    "schedules_for",
    "state_of",
    "stretched",
    "totals",
    "week_name",
    "week_of",
    "why",
    "work_to_watch",
    "workloads",
]

#: module → names that are loaded when they are first asked for
_LATER = {
    "levelling": (
        "PLACEMENTS",
        "DueDays",
        "Levelling",
        "PlannedDates",
        "earliest_levelled_launch_on",
        "level",
        "schedules_for",
    ),
    "resources": (
        "Demand",
        "Resources",
        "stretched",
    ),
    "workload": (
        "OwnedWork",
        "Workload",
        "WorkloadWeek",
        "capacity_by_owner",
        "days_of_work",
        "load_by_day",
        "owner_key",
        "week_name",
        "week_of",
        "workloads",
    ),
}


def __getattr__(name: str) -> object:
    """Load a name of levelling or workload, which few commands need."""
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"launch_kits.plan.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
