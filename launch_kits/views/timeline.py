"""What the picture of a launch, or of a plan for one, shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from launch_kits.documents.timeline.picture import TimelineFacts, TimelineGate
from launch_kits.plan import forecast, why
from launch_kits.plan.calendars import Calendars
from launch_kits.plan.rollout import Rollout
from launch_kits.views.facts import facts_of_rollout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from launch_kits.database.records import Launch
    from launch_kits.plan import Why
    from launch_kits.plan.task_facts import TaskFacts
    from launch_kits.views.task_graph import TaskGraph

__all__ = ["read_timeline", "timeline_of_rollout"]


def timeline_of_rollout(rollout: Rollout, *, today: date) -> TimelineFacts:
    """The picture of a plan; late are the tasks that would miss their due days."""
    tasks = tuple(facts_of_rollout(rollout, today=today).tasks)
    gates = [
        TimelineGate(
            stage.key,
            stage.gate.title,
            stage.gate.hard,
            on,
            open_checks=len(stage.gate.checks),
        )
        for stage in rollout.brief.kit_in_place.stages
        if stage.gate and (on := _last_due(tasks, stage.key))
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
        chain=_keys(why(rollout.plan_input, dated=rollout.schedule.spans)),
    )


def read_timeline(session: Session, slug: str, *, now: datetime) -> TimelineFacts:
    """Read the picture of a launch at an instant; late are its overdue tasks.

    Raises NotFound.
    """
    from launch_kits.database.queries import find_launch
    from launch_kits.inputs.brief import Brief
    from launch_kits.views.launch import view_of
    from launch_kits.views.task_graph import TaskGraph

    launch = find_launch(session, slug)
    calendars = Calendars(Brief.kept(launch.brief))
    graph = TaskGraph.read(session, slug)
    view = view_of(
        session,
        launch,
        now=now,
        documents=Path(),
        calendars=calendars,
        graph=graph,
    )
    gates = [
        TimelineGate(
            gate.stage,
            gate.title,
            gate.hard,
            on,
            open_checks=len(gate.open_checks(view.today)),
        )
        for gate in view.gates
        if (on := _last_due(view.tasks, gate.stage))
    ]
    return TimelineFacts(
        product=view.product,
        today=view.today,
        begin_on=view.begin_on,
        release_on=view.release_on,
        launch_on=view.launch_on,
        tasks=view.tasks,
        late=frozenset(task.key for task in view.tasks if task.overdue),
        gates=tuple(gates),
        chain=_keys(_chain(launch, graph, calendars, today=view.today)),
    )


def _chain(
    launch: Launch, graph: TaskGraph, calendars: Calendars, *, today: date
) -> Why | None:
    """The chain of the open work of least float, by the facts."""
    given = graph.plan_input(launch, calendars)
    due = {task.key: task.due for task in graph.tasks.values()}
    dated = forecast(given, due=due, today=today)
    work = [replace(task, as_of=task.as_of or today) for task in given.work]
    return why(replace(given, work=work), dated=dated, as_facts=True)


def _keys(found: Why | None) -> tuple[str, ...]:
    return tuple(step.task for step in found.steps) if found else ()


def _last_due(tasks: Sequence[TaskFacts], stage: str) -> date | None:
    """The last day of a stage; None if it has no task that counts."""
    days = [
        task.due for task in tasks if task.stage == stage and task.status != "dropped"
    ]
    return max(days, default=None)
