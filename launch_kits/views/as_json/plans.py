"""The JSON of a plan and of its driving chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launch_kits.views.as_json.loads import levelled_json, overloaded_json
from launch_kits.views.as_json.tasks import plan_task_json

if TYPE_CHECKING:
    from datetime import date

    from launch_kits.lint.planned import Planned
    from launch_kits.plan import Limit, Step, Why

__all__ = ["chains_json", "plan_json"]


def plan_json(
    planned: Planned,
    *,
    earliest_launch_on: date | None,
    levelled: bool = False,
    chains: tuple[Why | None, Why | None] | None = None,
) -> dict[str, object]:
    """A brief's plan, as `plan` prints it; ``levelled`` gives the dates of `--level`.

    ``chains`` are the critical chain and that of the work to watch, for `--why`.
    """
    rollout = planned.rollout
    load = rollout.load
    dates = load.planned(levelled=levelled)
    loads = load.workloads(today=rollout.begin_on, levelled=levelled)
    return {
        "launch": rollout.brief.launch,
        "product": rollout.brief.product,
        "kit": rollout.brief.kit_in_place.kit,
        "begin_on": rollout.begin_on.isoformat(),
        "release_on": rollout.release_on.isoformat(),
        "launch_on": rollout.launch_on.isoformat(),
        "feasible": rollout.schedule.feasible,
        "late_by": rollout.schedule.late_by,
        "earliest_launch_on": earliest_launch_on.isoformat()
        if earliest_launch_on
        else None,
        "levelled": levelled_json(load.levelled) if levelled else None,
        "overloaded": overloaded_json(loads),
        "warnings": [doubt.as_json() for doubt in planned.doubts],
        "tasks": [
            plan_task_json(assignment, span, dates[assignment.key])
            for assignment, span in rollout.dated()
        ],
        **(chains_json(*chains) if chains else {}),
    }


def chains_json(found: Why | None, watched: Why | None) -> dict[str, object]:
    """The critical chain, and that of the work to watch, as `--why` adds them."""
    return {"why": _why_json(found), "watch": _why_json(watched)}


def _why_json(found: Why | None) -> list[dict[str, object]]:
    """The chain that drives the date, first task first.

    The last names the limit that it must keep. Returns an empty list if no work is open.
    """
    if found is None:
        return []
    last = found.steps[-1]
    return [
        {
            **_step_json(step),
            "limit": _limit_json(found.limit) if step is last else None,
        }
        for step in found.steps
    ]


def _step_json(step: Step) -> dict[str, object]:
    return {
        "task": step.task,
        "reason": step.reason,
        "waits_for": step.waits_for,
        "lag": step.lag,
        "start": step.start.isoformat(),
        "finish": step.finish.isoformat(),
        "float": step.float_days,
        "until": step.until.isoformat() if step.until else None,
        "closed": [day.isoformat() for day in step.closed],
        "off": [day.isoformat() for day in step.off],
    }


def _limit_json(limit: Limit) -> dict[str, object]:
    return {
        "task": limit.task,
        "anchor": limit.anchor,
        "due": str(limit.due) if limit.due else None,
        "on": limit.on.isoformat(),
    }
