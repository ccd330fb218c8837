"""The doubts about the dates of a launch in a change."""

from __future__ import annotations

from collections.abc import Iterable

from launch_kits.plan.doubts import (
    PlanDoubt,
    doubts_in_words,
    doubts_of_plan,
    new_doubts,
)
from launch_kits.verbs.transaction import Change
from launch_kits.views.running_plan import RunningPlan, read_plan

__all__ = ["doubts_since", "plan_doubts", "running_plan"]


def running_plan(change: Change) -> RunningPlan:
    """The plan in force with the facts, as the change has left them so far."""
    return read_plan(
        change.launch,
        graph=change.graph,
        calendars=change.calendars,
        today=change.today,
    )


def plan_doubts(
    change: Change, plan: RunningPlan | None = None
) -> tuple[PlanDoubt, ...]:
    """Find the dates and announcements that cannot be right, as the change has left them so far."""
    plan = plan or running_plan(change)
    dates = doubts_of_plan(
        plan.given,
        forecast=plan.forecast,
        due=plan.due,
        owners={task.key: task.owner for task in change.tasks.values()},
        today=change.today,
    )
    return (*dates, *plan.announcements)


def doubts_since(change: Change, before: Iterable[PlanDoubt]) -> tuple[str, ...]:
    """Say which dates and announcements a change has made doubtful."""
    return doubts_in_words(new_doubts(before, plan_doubts(change)))
