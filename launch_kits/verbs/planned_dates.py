"""The one place that writes planned dates: the days on which owners have time for their tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from launch_kits.database.records import Task, TaskStatus
from launch_kits.plan import PlanInput, PlannedDates
from launch_kits.verbs.transaction import Change
from launch_kits.views import levelled

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = [
    "levelled_plan",
    "moved_plans",
    "planned_days",
    "planned_otherwise",
    "write_planned",
]


#: the planned days of work that is not begun, by the key of its task and its owner
PlannedDays = Mapping[tuple[str, str], PlannedDates]


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


def planned_days(change: Change) -> PlannedDays:
    """The planned days of the work that is not begun."""
    return {
        (task.key, task.owner): PlannedDates(task.planned_start, task.planned_finish)
        for task in change.tasks.values()
        if task.days and _is_not_begun(task)
    }


def moved_plans(change: Change, before: PlannedDays) -> Mapping[str, int]:
    """Count the tasks whose planned days moved since, by the name of their owner.

    Tasks that changed hands are left out. Most tasks first.
    """
    return _moved(change, before, planned_days(change))


def planned_otherwise(change: Change, plan: LevelledPlan) -> Mapping[str, int]:
    """Count the tasks to which a plan would give other planned days, as `moved_plans` does."""
    before = planned_days(change)
    planned = plan.levelling.planned
    after = {
        (key, owner): planned.get(key, days) for (key, owner), days in before.items()
    }
    return _moved(change, before, after)


def _moved(
    change: Change, before: PlannedDays, after: PlannedDays
) -> Mapping[str, int]:
    moved = Counter(
        change.name(owner)
        for (key, owner), days in before.items()
        if after.get((key, owner), days) != days
    )
    return dict(moved.most_common())


def levelled_plan(
    change: Change,
    given: PlanInput | None = None,
    *,
    due: Mapping[str, date] | None = None,
) -> LevelledPlan:
    """Return the levelled plan of a launch within a change.

    Takes ``given`` and ``due`` as `views.levelled.levelled_plan` does.
    """
    return levelled.levelled_plan(
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
