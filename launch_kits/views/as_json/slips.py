"""The JSON of slips: days as started, days now, and every change between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launch_kits.plan.slips import days_of

if TYPE_CHECKING:
    from launch_kits.plan import Slip
    from launch_kits.views.slips import LaunchSlips, TaskSlip
    from launch_kits.workdays.calendar import Calendar

__all__ = ["slips_json"]

#: the actor of events that no person caused, and the word for it
_SOFTWARE = "launch-kits"
_SWEEP = "sweep"


def slips_json(found: LaunchSlips) -> dict[str, object]:
    """The slips of a launch, as `slips` prints them."""
    calendar = found.calendar
    totals = found.totals
    return {
        "launch_on": _anchor_json(found.launch_on, calendar),
        "release_on": _anchor_json(found.release_on, calendar),
        "tasks": [_task_json(each, calendar) for each in found.tasks],
        "by_cause": dict(totals.by_cause),
        "by_owner": dict(totals.by_owner),
        "by_stage": dict(totals.by_stage),
    }


def _anchor_json(slip: Slip, calendar: Calendar) -> dict[str, object]:
    return {
        "baseline": slip.baseline.isoformat(),
        "now": slip.now.isoformat(),
        "days": slip.days(calendar),
        "changes": _changes_json(slip, calendar),
    }


def _task_json(found: TaskSlip, calendar: Calendar) -> dict[str, object]:
    task = found.task
    slip = found.slip
    return {
        "key": task.key,
        "owner": task.owner,
        "stage": task.stage,
        "baseline_due": slip.baseline.isoformat(),
        "baseline_at": task.baseline_at.isoformat() if task.baseline_at else None,
        "due": slip.now.isoformat(),
        "done_on": found.done_on.isoformat() if found.done_on else None,
        "days": slip.days(calendar),
        "changes": _changes_json(slip, calendar),
    }


def _changes_json(slip: Slip, calendar: Calendar) -> list[dict[str, object]]:
    return [
        {
            "at": change.at.isoformat(),
            "by": _SWEEP if change.by == _SOFTWARE else change.by,
            "verb": change.verb,
            "why": change.why,
            "from": change.before.isoformat(),
            "to": change.after.isoformat(),
            "days": days_of(change, calendar),
        }
        for change in slip.changes
    ]
