"""The parts of the picture of a launch, or of a plan for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from launch_kits.documents.timeline.picture import TimelineFacts, TimelineGate
from launch_kits.plan import why, work_to_watch
from launch_kits.plan.rollout import Rollout
from launch_kits.statuses import TaskStatus
from launch_kits.views.planned_tasks import planned_tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launch_kits.plan import Why
    from launch_kits.plan.task_facts import TaskFacts
    from launch_kits.views.launch import LaunchView, TaskView

__all__ = ["timeline_of", "timeline_of_rollout"]


def timeline_of_rollout(rollout: Rollout, *, today: date) -> TimelineFacts:
    """The picture of a plan; late are the tasks that would miss their due days."""
    tasks = tuple(planned_tasks(rollout))
    given = rollout.plan_input
    dated = rollout.schedule.spans
    gates = [
        TimelineGate(
            stage.key,
            stage.gate.title,
            stage.gate.hard and not stage.gate.after_launch,
            on,
            open_checks=len(stage.gate.checks),
        )
        for stage in rollout.brief.kit_in_place.stages
        if stage.gate and (on := _last_day(tasks, stage.key))
    ]
    return TimelineFacts(
        product=rollout.brief.product,
        today=today,
        begin_on=rollout.begin_on,
        release_on=rollout.release_on,
        launch_on=rollout.launch_on,
        tasks=tasks,
        late=frozenset(task.key for task in tasks if (task.float_days or 0) < 0),
        gates=tuple(gates),
        chain=_keys(work_to_watch(given, dated=dated) or why(given, dated=dated)),
    )


def timeline_of(view: LaunchView) -> TimelineFacts:
    """The picture of a launch as things stand; late are its overdue tasks."""
    # the picture of a brief needs no database
    from launch_kits.database.records import LaunchStatus

    tasks = tuple(map(_as_worked, view.tasks))
    gates = [
        TimelineGate(
            gate.stage,
            gate.title,
            gate.hard and gate.before_launch,
            on,
            open_checks=len(gate.open_checks(view.today)),
        )
        for gate in view.gates
        if (on := _last_day(tasks, gate.stage))
    ]
    return TimelineFacts(
        product=view.product,
        today=view.today,
        begin_on=view.first_day,
        release_on=view.release_on,
        launch_on=view.launch_on,
        tasks=tasks,
        late=frozenset(task.key for task in view.tasks if task.overdue),
        gates=tuple(gates),
        chain=_keys(view.plan.work_to_watch() or view.plan.why()),
        lands_on=_lands_elsewhere(view)
        if view.status == LaunchStatus.RUNNING
        else None,
        launched_on=view.launched_on,
        cancelled=view.status == LaunchStatus.CANCELLED,
    )


def _lands_elsewhere(view: LaunchView) -> date | None:
    """The landing day of a launch, if it is not its launch day."""
    return view.lands_on if view.lands_on != view.launch_on else None


def _as_worked(task: TaskView) -> TaskView:
    """A task with the days on which it was, is or will be worked on, as all lists name them."""
    first, last = task.work_days
    return replace(task, start=first, finish=last)


def _keys(found: Why | None) -> tuple[str, ...]:
    """The tasks of the critical chain, that of the work to watch if there is one."""
    return tuple(step.task for step in found.steps) if found else ()


def _last_day(tasks: Sequence[TaskFacts], stage: str) -> date | None:
    """The day of a stage's gate: no task of it is due or ends later.

    Returns None if it has no task that counts.
    """
    days = [
        max(task.due, task.finish)
        for task in tasks
        if task.stage == stage and task.status is not TaskStatus.DROPPED
    ]
    return max(days, default=None)
