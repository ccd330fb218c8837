"""The plan of a running launch, from today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from launch_kits.database.records import Task
from launch_kits.plan import Schedule, Work, earliest_launch_on, schedule
from launch_kits.verbs.transaction import Change

__all__ = ["date_task", "earliest_day", "plan_now", "work_left"]


def date_task(change: Change, task: Task, plan: Schedule) -> None:
    """Give a new task the dates of a plan.

    One that is late from the start is due today at the earliest.
    """
    span = plan.spans[task.key]
    task.start = span.start
    task.finish = span.finish
    task.start_by = span.start_by
    task.critical = span.critical
    task.due = task.planned_due = max(span.due, change.today)
    change.session.add(task)


def plan_now(change: Change) -> Schedule:
    """The plan of the remaining work, from today."""
    launch = change.launch
    return schedule(
        work_left(change),
        calendar=change.calendars.launch,
        begin_on=max(change.today, launch.begin_on),
        release_on=launch.release_on,
        launch_on=launch.launch_on,
    )


def work_left(change: Change) -> Sequence[Work]:
    """The launch's work as the planner takes it."""
    return change.graph.work(change.calendars, zone=change.zone)


def earliest_day(change: Change) -> date | None:
    """The earliest launch day that holds; None if none of the next 500 days does."""
    launch = change.launch
    return earliest_launch_on(
        work_left(change),
        calendar=change.calendars.launch,
        begin_on=max(change.today, launch.begin_on),
        release_on=launch.release_on,
        launch_on=launch.launch_on,
    )
