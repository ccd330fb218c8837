"""The one place that changes a due, release or launch day, and records the change."""

from __future__ import annotations

from datetime import date

from launch_kits.database.records import ChangedDay, DayChangeRow, EventVerb, Task
from launch_kits.plan import Span
from launch_kits.verbs.transaction import Change

__all__ = ["first_dates", "set_anchor_days", "set_due"]


def set_due(
    change: Change,
    task: Task,
    due: date,
    *,
    by: str,
    verb: EventVerb,
    why: str | None,
    planned: bool,
) -> None:
    """Set the due day of a task.

    ``planned`` says that the plan sets it, not more time that was granted.
    """
    _record(change, ChangedDay.DUE, task.due, due, by=by, verb=verb, why=why, task=task)
    task.due = due
    if planned:
        task.planned_due = due
    change.session.add(task)


def set_anchor_days(
    change: Change,
    *,
    release_on: date,
    launch_on: date,
    by: str,
    verb: EventVerb,
    why: str | None,
) -> None:
    """Set the release and the launch day."""
    launch = change.launch
    for day, before, after in (
        (ChangedDay.RELEASE, launch.release_on, release_on),
        (ChangedDay.LAUNCH, launch.launch_on, launch_on),
    ):
        _record(change, day, before, after, by=by, verb=verb, why=why)
    launch.release_on = release_on
    launch.launch_on = launch_on
    change.session.add(launch)


def first_dates(change: Change, task: Task, span: Span) -> None:
    """Give a task that joins a running launch its first dates.

    It is due today at the earliest, in the launch's time zone. These dates are its baseline.
    """
    task.start = task.planned_start = task.baseline_start = span.start
    task.finish = task.planned_finish = task.baseline_finish = span.finish
    task.start_by = span.start_by
    task.critical = span.critical
    task.due = task.planned_due = task.baseline_due = max(span.due, change.today)
    task.baseline_owner = task.owner
    task.baseline_days = task.days
    task.baseline_at = change.now
    change.session.add(task)


def _record(
    change: Change,
    day: ChangedDay,
    before: date,
    after: date,
    *,
    by: str,
    verb: EventVerb,
    why: str | None,
    task: Task | None = None,
) -> None:
    if before == after:
        return
    change.session.add(
        DayChangeRow(
            launch=change.launch.slug,
            task=task.key if task else None,
            day=day,
            at=change.now,
            by=by,
            verb=verb,
            why=why,
            before=before,
            after=after,
        )
    )
