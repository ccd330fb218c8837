"""Planning.

Dates, float and the critical path of a launch, from work, calendars and anchor days alone.
"""

from launch_kits.plan.dates import Forecast, Schedule, Span, forecast, schedule
from launch_kits.plan.earliest import earliest_launch_on, moved_release
from launch_kits.plan.expected import (
    Missed,
    Share,
    Standing,
    State,
    as_things_stand,
    missed_by,
    state_of,
)
from launch_kits.plan.graph import Anchor, Predecessor, Work, find_cycle
from launch_kits.plan.plan_input import PlanInput
from launch_kits.plan.slips import DayChange, Slip, Totals, change_of, days_of, totals
from launch_kits.plan.why import Limit, Reason, Step, Why, why

__all__ = [
    "Anchor",
    "DayChange",
    "Forecast",
    "Limit",
    "Missed",
    "PlanInput",
    "Predecessor",
    "Reason",
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
    "as_things_stand",
    "change_of",
    "days_of",
    "earliest_launch_on",
    "find_cycle",
    "forecast",
    "missed_by",
    "moved_release",
    "schedule",
    "state_of",
    "totals",
    "why",
]
