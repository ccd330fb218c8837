"""Planning: dates, float and the critical path of a launch, from work, calendars and anchor days alone."""

from launch_kits.plan.chain import Chain, Hold, Reason, Step, driving_chain
from launch_kits.plan.dates import Forecast, Schedule, Span, forecast, schedule
from launch_kits.plan.earliest import earliest_launch_on, moved_release
from launch_kits.plan.network import Anchor, Link, Work, find_cycle

__all__ = [
    "Anchor",
    "Chain",
    "Forecast",
    "Hold",
    "Link",
    "Reason",
    "Schedule",
    "Span",
    "Step",
    "Work",
    "driving_chain",
    "earliest_launch_on",
    "find_cycle",
    "forecast",
    "moved_release",
    "schedule",
]
