"""The plan of a running launch, from today."""

from __future__ import annotations

from datetime import date

from launch_kits.plan import PlanInput, Schedule, earliest_launch_on, schedule
from launch_kits.verbs.transaction import Change

__all__ = ["earliest_day", "plan_now", "remaining"]


def plan_now(change: Change) -> Schedule:
    """The plan of the remaining work, from today."""
    return schedule(remaining(change))


def remaining(change: Change) -> PlanInput:
    """The remaining work of a launch as the planner takes it."""
    return change.graph.plan_input(change.launch, change.calendars, today=change.today)


def earliest_day(change: Change) -> date | None:
    """The earliest launch day that holds; None if none of the next 500 days does."""
    return earliest_launch_on(remaining(change))
