"""The plan of a running launch, from today."""

from __future__ import annotations

from dataclasses import replace
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


def earliest_day(change: Change, given: PlanInput | None = None) -> date | None:
    """The earliest launch day that holds; None if none of the next 500 days does.

    On that day no due day lies before the day until which more time was granted. ``given`` is the
    remaining work, by default with the launch day as it is.
    """
    given = given or remaining(change)
    until = {task.key: task.extended_until for task in change.tasks.values()}
    work = [
        each if each.done_on else replace(each, until=until[each.key])
        for each in given.work
    ]
    return earliest_launch_on(replace(given, work=work))
