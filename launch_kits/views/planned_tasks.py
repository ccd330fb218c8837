"""The tasks of a brief whose launch has not started."""

from __future__ import annotations

from launch_kits.plan.rollout import Rollout
from launch_kits.plan.task_facts import TaskFacts

__all__ = ["planned_tasks"]


def planned_tasks(rollout: Rollout) -> list[TaskFacts]:
    """The tasks of a rollout with their dates, in the kit's order."""
    brief = rollout.brief
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
            start=span.start,
            finish=span.finish,
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
