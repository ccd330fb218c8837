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
from launch_kits.plan.why import Limit, Reason, Step, Why, why

__all__ = [
    "Anchor",
    "Forecast",
    "Limit",
    "Missed",
    "Predecessor",
    "Reason",
    "Schedule",
    "Share",
    "Span",
    "Standing",
    "State",
    "Step",
    "Why",
    "Work",
    "as_things_stand",
    "earliest_launch_on",
    "find_cycle",
    "forecast",
    "missed_by",
    "moved_release",
    "schedule",
    "state_of",
    "why",
]
