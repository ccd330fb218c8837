"""The one place that writes planned dates: the days on which owners have time for their tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from launch_kits.database.records import Task, TaskStatus
from launch_kits.plan import PlanInput
from launch_kits.verbs.transaction import Change
from launch_kits.views.levelled import levelled_plan as of_launch

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = ["levelled_plan", "write_planned"]


def write_planned(change: Change, plan: LevelledPlan | None = None) -> LevelledPlan:
    """Write the planned dates of the tasks that are not begun.

    Every verb that changes dates, days or owners calls it before it settles the launch; sweeps
    never do. ``plan`` is the levelled plan, if the caller has it already. Returns the plan, whose
    ``shortage`` the caller may say once the transaction is over: the launch day that would hold can
    take a second or two to find.
    """
    plan = plan or levelled_plan(change)
    planned = plan.levelling.planned
    for task in change.tasks.values():
        if task.key in planned and _is_not_begun(task):
            task.planned_start, task.planned_finish = planned[task.key]
            change.session.add(task)
    return plan


def levelled_plan(
    change: Change,
    given: PlanInput | None = None,
    *,
    due: Mapping[str, date] | None = None,
) -> LevelledPlan:
    """Return the levelled plan of a launch as the change has left it so far.

    Takes ``given`` and ``due`` as `views.levelled.levelled_plan` does.
    """
    return of_launch(
        change.session,
        change.launch,
        graph=change.graph,
        calendars=change.calendars,
        now=change.now,
        given=given,
        due=due,
    )


def _is_not_begun(task: Task) -> bool:
    blocked = task.status == TaskStatus.BLOCKED
    status = task.status_before if blocked else task.status
    return status in (TaskStatus.WAITING, TaskStatus.READY) and task.begun_at is None
