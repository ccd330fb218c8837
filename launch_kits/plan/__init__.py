"""Planning: dates, float and the critical path of a launch, from work, calendars and anchor days alone."""

from launch_kits.plan.dates import Forecast, Schedule, Span, forecast, schedule
from launch_kits.plan.earliest import earliest_launch_on, moved_release
from launch_kits.plan.network import Anchor, Link, Work, find_cycle
from launch_kits.plan.why import Limit, Reason, Step, Why, why

__all__ = [
    "Anchor",
    "Forecast",
    "Limit",
    "Link",
    "Reason",
    "Schedule",
    "Span",
    "Step",
    "Why",
    "Work",
    "earliest_launch_on",
    "find_cycle",
    "forecast",
    "moved_release",
    "schedule",
    "why",
]
