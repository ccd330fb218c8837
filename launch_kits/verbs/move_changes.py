"""The changes by a move: due days, more time that ends, and the plan in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from launch_kits.database.records import CLOSED, Extension, ExtensionStatus
from launch_kits.errors import Fault
from launch_kits.plan import PlanInput, Schedule
from launch_kits.plan.doubts import NO_FILE
from launch_kits.verbs.task_changes import TaskChange, lapse
from launch_kits.verbs.transaction import Change
from launch_kits.views.running_plan import RunningPlan

__all__ = ["lapsing_time", "lost_time", "moved_due_days", "standing_after"]

DAY = timedelta(1)


def moved_due_days(change: Change, plan: Schedule) -> tuple[TaskChange, ...]:
    """The due days that the plan moves."""
    spans = plan.spans
    return tuple(
        TaskChange(
            key=task.key,
            title=task.title,
            owner=task.owner,
            field="due",
            before=task.due.isoformat(),
            after=spans[task.key].due.isoformat(),
            due_before=task.due,
            due=spans[task.key].due,
            float_days=spans[task.key].float_days,
        )
        for task in change.tasks.values()
        if task.key in spans and spans[task.key].due != task.due
    )


def lapsing_time(change: Change, plan: Schedule) -> tuple[TaskChange, ...]:
    """The more time that was granted to open tasks beyond their new due days: a move ends it."""
    spans = plan.spans
    return tuple(
        lapse(task, due=spans[task.key].due, float_days=spans[task.key].float_days)
        for task in change.tasks.values()
        if task.key in spans
        and task.extended_until is not None
        and task.extended_until > spans[task.key].due
    )


def lost_time(change: Change, plan: Schedule) -> Iterator[Fault]:
    """Name the more time that an earlier move ended, if the task is due before its end again.

    That move cost nothing, as the due day lay behind the time granted; this one does.
    """
    tasks = change.tasks
    query = select(Extension).where(
        col(Extension.task).in_(tasks),
        col(Extension.status) == ExtensionStatus.GRANTED,
    )
    last = {
        tasks[each.task].key: each.until
        for each in change.session.exec(query.order_by(col(Extension.id)))
    }
    for task in tasks.values():
        until = last.get(task.key)
        span = plan.spans.get(task.key)
        if until is None or span is None or task.extended_until is not None:
            continue
        if (
            task.status not in CLOSED
            and max(change.today, span.due + DAY) <= until <= task.due
        ):
            message = (
                f'the more time granted until {until} for task "{task.key}" ended with an '
                f"earlier move; it is due {span.due} again"
            )
            yield Fault(NO_FILE, None, "more-time-lost", message)


def standing_after(now: RunningPlan, moved: PlanInput, plan: Schedule) -> RunningPlan:
    """The plan in force as it would be after the move; extensions lapse."""
    work = [replace(task, until=None) for task in now.given.work]
    return replace(
        now,
        given=replace(moved, work=work),
        planned=work,
        due={**now.due, **{key: span.due for key, span in plan.spans.items()}},
        due_set=frozenset(),
    )
