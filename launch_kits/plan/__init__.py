"""Planning: dates, float and the critical path of a launch, from work, calendars and anchor days alone."""

from launch_kits.plan.chain import Chain, Hold, Reason, Step, driving_chain
from launch_kits.plan.dates import Forecast, Schedule, Span, forecast, schedule
from launch_kits.plan.earliest import earliest_launch_on, moved_release
from launch_kits.plan.levelling import (
    PLACEMENTS,
    DueDays,
    Levelling,
    PlannedDates,
    earliest_levelled_launch_on,
    level,
    schedules_for,
)
from launch_kits.plan.network import Anchor, Link, Work, find_cycle
from launch_kits.plan.resources import Demand, Resources
from launch_kits.plan.workload import (
    OwnedWork,
    Workload,
    WorkloadWeek,
    capacity_by_owner,
    days_of_work,
    load_by_day,
    owner_key,
    week_of,
    workloads,
)

__all__ = [
    "PLACEMENTS",
    "Anchor",
    "Chain",
    "Demand",
    "DueDays",
    "Forecast",
    "Hold",
    "Levelling",
    "Link",
    "OwnedWork",
    "PlannedDates",
    "Reason",
    "Resources",
    "Schedule",
    "Span",
    "Step",
    "Work",
    "Workload",
    "WorkloadWeek",
    "capacity_by_owner",
    "days_of_work",
    "driving_chain",
    "earliest_launch_on",
    "earliest_levelled_launch_on",
    "find_cycle",
    "forecast",
    "level",
    "load_by_day",
    "moved_release",
    "owner_key",
    "schedule",
    "schedules_for",
    "week_of",
    "workloads",
]
