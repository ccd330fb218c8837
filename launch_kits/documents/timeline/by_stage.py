"""A launch by its stages: one bar each, for readers who have a minute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from launch_kits.documents.timeline.picture import TimelineFacts
from launch_kits.inputs.audience import Audience
from launch_kits.plan.task_facts import TaskFacts
from launch_kits.statuses import CLOSED, TASK_STATUSES, TaskStatus

__all__ = ["by_stage"]


def by_stage(facts: TimelineFacts) -> TimelineFacts:
    """A compact picture with one bar a stage, from its first day of work to its last.

    A stage is late if a task of it is, blocked if all that is open is, and done if nothing is open.
    Dropped tasks do not count.
    """
    stages: dict[str, list[TaskFacts]] = {}
    for task in facts.tasks:
        if task.status is not TaskStatus.DROPPED:
            stages.setdefault(task.stage, []).append(task)
    return replace(
        facts,
        tasks=tuple(_bar(tasks) for tasks in stages.values()),
        late=frozenset(
            stage
            for stage, tasks in stages.items()
            if any(task.key in facts.late for task in tasks)
        ),
        gates=(),
        chain=(),
        compact=True,
    )


def _bar(tasks: Sequence[TaskFacts]) -> TaskFacts:
    first = tasks[0]
    done = sum(task.status is TaskStatus.DONE for task in tasks)
    return TaskFacts(
        key=first.stage,
        stage=first.stage,
        stage_title=first.stage_title,
        title=f"{done} of {len(tasks)} done",
        role=first.role,
        owner=first.owner,
        owner_name=first.owner_name,
        days=1,
        after=(),
        start=min(task.start for task in tasks),
        finish=max(task.finish for task in tasks),
        start_by=max(task.start_by for task in tasks),
        due=max(task.due for task in tasks),
        float_days=None,
        critical=False,
        status=_status(task.status for task in tasks),
        template=None,
        audience=Audience.INTERNAL,
        checklist=(),
    )


def _status(found: Iterable[TaskStatus | None]) -> TaskStatus:
    statuses = list(found)
    still_open = {status for status in statuses if status not in CLOSED}
    if not still_open:
        return TaskStatus.DONE
    if still_open == {TaskStatus.BLOCKED}:
        return TaskStatus.BLOCKED
    begun = any(status and TASK_STATUSES[status].begun for status in statuses)
    return TaskStatus.DOING if begun else TaskStatus.WAITING
