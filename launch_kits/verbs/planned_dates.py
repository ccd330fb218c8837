"""The one place that writes planned dates: the days on which owners have time for their tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from launch_kits.database.records import CLOSED, Task, TaskStatus
from launch_kits.plan import PlanInput
from launch_kits.plan.workload import exact, owner_key
from launch_kits.verbs.transaction import Change
from launch_kits.views.running_load import read_running_load

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan
    from launch_kits.plan.resources import Demand

__all__ = ["levelled_plan", "shortage", "write_planned"]

#: people who are named, those who are short of most days first
NAMED = 3


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
    """Return the levelled plan of a launch from today; other running launches are fixed.

    ``given`` and ``due`` are the work and the due days by key; by default those stored, with the
    more time that was granted. Nothing is written.
    """
    # few commands level, and it costs the others a good part of their start
    from launch_kits.plan.levelled_plan import LevelledPlan

    tasks = {
        task.key: task
        for task in change.tasks.values()
        if task.status != TaskStatus.DROPPED
    }
    open_tasks = [task for task in tasks.values() if task.status not in CLOSED]
    others = read_running_load(
        change.session,
        now=change.now,
        of={task.owner for task in open_tasks},
        but=change.launch.slug,
    )
    return LevelledPlan(
        given or _work_from_today(change, tasks),
        due or {task.key: task.due for task in open_tasks},
        {task.key: demand for task in open_tasks if (demand := _demand(task))},
        others.resources(change.brief.team.values()),
    )


def shortage(plan: LevelledPlan) -> str | None:
    """Say in one sentence that people are asked for too much, with the remedy.

    Returns None if the plan holds, or if it is late even without regard to capacity. The earliest
    launch day that holds is named if it is found soon.
    """
    levelling = plan.levelling
    if not levelling.lacks_capacity:
        return None
    short = sorted(levelling.short_days.items(), key=lambda one: (-one[1], one[0]))
    named = [f"{owner} is short of {_days(days)}" for owner, days in short[:NAMED]]
    rest = len(short) - NAMED
    if rest > 0:
        named.append("1 more person too" if rest == 1 else f"{rest} more people too")
    people = ", ".join(named)
    earliest = plan.near_launch_on
    remedy = "give tasks to others or leave some out"
    if earliest:
        remedy += f"; the earliest launch day that holds is {earliest}"
    begun = "the work that is begun asks for more than people have"
    return f"even with the work spread out, {people or begun}; {remedy}"


def _work_from_today(change: Change, tasks: Mapping[str, Task]) -> PlanInput:
    given = change.graph.plan_input(change.launch, change.calendars, today=change.today)
    work = [
        replace(work, until=tasks[work.key].extended_until)
        if work.done_on is None
        else work
        for work in given.work
    ]
    return replace(given, work=work)


def _demand(task: Task) -> Demand:
    """Return the part of its owner's day that a task takes.

    Blocked work takes none, like work in review, which levelling knows of itself.
    """
    if not task.days or not task.share or task.status == TaskStatus.BLOCKED:
        return {}
    return {owner_key(task.owner): exact(task.share)}


def _is_not_begun(task: Task) -> bool:
    blocked = task.status == TaskStatus.BLOCKED
    status = task.status_before if blocked else task.status
    return status in (TaskStatus.WAITING, TaskStatus.READY) and task.begun_at is None


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"
