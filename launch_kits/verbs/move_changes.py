"""The changes by a move: due days, more time that ends, and the plan in force."""

from __future__ import annotations

from dataclasses import replace

from launch_kits.plan import PlanInput, Schedule
from launch_kits.verbs.task_changes import TaskChange, lapse
from launch_kits.verbs.transaction import Change
from launch_kits.views.running_plan import RunningPlan

__all__ = ["lapsing_time", "moved_due_days", "standing_after"]


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
