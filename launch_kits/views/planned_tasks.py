"""The tasks of a brief whose launch has not started."""

from __future__ import annotations

from launch_kits.plan.rollout import Rollout
from launch_kits.plan.task_facts import TaskFacts

__all__ = ["planned_tasks"]


def planned_tasks(rollout: Rollout) -> list[TaskFacts]:
    """The tasks of a rollout, in the kit's order.

    They start and finish on the days on which their owners have time for them.
    """
    brief = rollout.brief
    planned = rollout.load.planned(levelled=True)
    return [
        TaskFacts(
            key=assignment.key,
            stage=assignment.stage.key,
            stage_title=assignment.stage.title,
            title=assignment.title,
            role=assignment.task.role,
            owner=assignment.owner,
            owner_name=brief.holder(assignment.task.role).name,
            days=assignment.task.days,
            after=tuple(link.key for link in assignment.after),
            start=planned[assignment.key].start,
            finish=planned[assignment.key].finish,
            start_by=span.start_by,
            due=span.due,
            float_days=span.float_days,
            critical=span.critical,
            status=None,
            template=assignment.task.document,
            audience=assignment.task.audience,
            item=assignment.item,
            checklist=assignment.task.checklist,
        )
        for assignment, span in rollout.dated()
    ]
