"""The JSON of launches: their state, tasks, gates and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launch_kits.views.as_json.loads import levelled_json
from launch_kits.views.as_json.plans import chains_json
from launch_kits.views.as_json.tasks import task_json, task_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from launch_kits.database.records import Decision, Event
    from launch_kits.plan.levelled_plan import LevelledPlan
    from launch_kits.plan.readiness import CheckState
    from launch_kits.views.launch import LaunchView, TaskView
    from launch_kits.views.overview import Overview

__all__ = [
    "audit_json",
    "export_json",
    "gate_list_json",
    "gates_json",
    "history_json",
    "launches_json",
    "status_json",
    "tasks_json",
]


def status_json(
    view: LaunchView, *, levelled: LevelledPlan | None, why: bool = False
) -> dict[str, object]:
    """A launch with tasks and gates, for `status LAUNCH`; ``levelled`` is None if it ended.

    ``why`` adds the chains of `--why`.
    """
    plan = view.plan
    chains = chains_json(plan.why(), plan.work_to_watch()) if why else {}
    tasks = [{**task_json(task), **_stale(view, task)} for task in view.tasks]
    return {
        **_head(view),
        **_as_things_stand(view),
        "levelled": levelled_json(levelled) if levelled else None,
        "warnings": _warnings(view),
        "tasks": tasks,
        **gates_json(view),
        **chains,
    }


def launches_json(found: Iterable[Overview]) -> list[dict[str, object]]:
    """Launches in a list, as `status` prints them."""
    return [{**_head(each), "tasks_open": each.tasks_open} for each in found]


def tasks_json(tasks: Iterable[TaskView]) -> list[dict[str, object]]:
    """Tasks of several launches, as `tasks` prints them."""
    return [{"launch": task.launch, **task_json(task)} for task in tasks]


def export_json(
    view: LaunchView,
    tasks: Sequence[TaskView],
    events: Iterable[Event],
    *,
    levelled: LevelledPlan | None,
) -> dict[str, object]:
    """Everything known of a launch, as `export` writes it.

    Holds only the given tasks, and the events of these tasks and of the launch as a whole.
    """
    keys = {None, *(task.key for task in tasks)}
    return {
        **_head(view),
        **_as_things_stand(view),
        "levelled": levelled_json(levelled) if levelled else None,
        "warnings": _warnings(view),
        "tasks": [{**task_record(task), **_stale(view, task)} for task in tasks],
        **gates_json(view),
        "kit": view.kit,
        "tier": view.tier,
        "begin_on": view.begin_on.isoformat(),
        "release_on": view.release_on.isoformat(),
        "timezone": view.timezone,
        "channel": view.channel,
        "lead": view.lead,
        "opened_at": view.opened_at.isoformat(),
        "ended_at": view.ended_at.isoformat() if view.ended_at else None,
        "events": history_json(event for event in events if event.task in keys),
    }


def history_json(events: Iterable[Event]) -> list[dict[str, object]]:
    """Events in their order, as `history` prints them."""
    return [
        {
            "at": event.at.isoformat(),
            "by": event.by,
            "for": event.in_place_of,
            "door": event.door,
            "verb": event.verb,
            "task": event.task,
            "note": event.note,
            "undone": event.undone,
            "data": event.data,
        }
        for event in events
    ]


def audit_json(events: Iterable[Event]) -> list[dict[str, object]]:
    """Events of several launches, as `history --all` prints them."""
    events = list(events)
    rows = zip(events, history_json(events), strict=True)
    return [
        {"launch": event.launch, **row, "from": event.origin} for event, row in rows
    ]


def gate_list_json(
    view: LaunchView, *, stage: str | None = None
) -> list[dict[str, object]]:
    """The gates of a launch, or that of one stage, as `gate` prints them."""
    return [
        {
            "stage": gate.stage,
            "title": gate.title,
            "hard": gate.hard,
            "after_launch": gate.after_launch,
            "checks": [
                {
                    "n": check.number,
                    "key": check.key,
                    "title": check.title,
                    "evidence": check.evidence,
                    "met": check.checked_by is not None,
                    "link": check.link,
                    "by": check.checked_by,
                    "at": check.checked_at.isoformat() if check.checked_at else None,
                    "waived_until": _day(check.waived_until),
                }
                for check in gate.checks
            ],
        }
        for gate in view.gates
        if stage in (None, gate.stage)
    ]


def gates_json(view: LaunchView) -> dict[str, object]:
    """The gates of a launch, their verdict, the last decision."""
    return {
        "gates": [
            {
                "stage": gate.stage,
                "title": gate.title,
                "owner": gate.owner,
                "hard": gate.hard,
                "before_launch": gate.before_launch,
                "after_launch": gate.after_launch,
                "passed": gate.passed(view.today),
                "checks": [_check_json(check, view.today) for check in gate.checks],
            }
            for gate in view.gates
        ],
        "verdict": {
            "go": view.verdict.go,
            "reasons": list(view.verdict.reasons),
            "concerns": list(view.verdict.concerns),
        },
        "decision": _decision_json(view.decision),
    }


def _head(view: LaunchView | Overview) -> dict[str, object]:
    return {
        "launch": view.slug,
        "product": view.product,
        "status": view.status,
        "launch_on": view.launch_on.isoformat(),
        "readiness": round(view.readiness, 4),
        "late": view.late,
        "state": view.state.value,
        "lands_on": view.lands_on.isoformat() if view.lands_on else None,
    }


def _as_things_stand(view: LaunchView) -> dict[str, object]:
    from launch_kits.views.landing import causes

    owners = {task.key: task.owner for task in view.tasks}
    return {
        "because": [
            {
                "task": share.task,
                "owner": owners[share.task] if share.task else None,
                "days": share.days,
            }
            for share in view.because
        ],
        "causes": [{"cause": cause, "days": days} for cause, days in causes(view)],
        "can_begin": list(view.plan.can_begin),
    }


def _warnings(view: LaunchView) -> list[object]:
    """The findings of `check` about announcements, in the days of a launch as of now."""
    return [doubt.fault.as_json() for doubt in view.plan.announcements]


def _stale(view: LaunchView, task: TaskView) -> dict[str, object]:
    return {"stale": list(view.stale.get(task.key, ()))}


def _check_json(check: CheckState, today: date) -> dict[str, object]:
    return {
        "n": check.number,
        "key": check.key,
        "title": check.title,
        "evidence": check.evidence,
        "holds": check.holds(today),
        "checked_by": check.checked_by,
        "checked_on": _day(check.checked_on),
        "link": check.link,
        "waived_by": check.waived_by,
        "waived_until": _day(check.waived_until),
        "waived_why": check.waived_why,
        "tasks": list(check.tasks),
        "offered": check.offered,
    }


def _decision_json(decision: Decision | None) -> dict[str, object] | None:
    if decision is None:
        return None
    word = "go" if decision.go else "no-go"
    return {
        "decision": word,
        "by": decision.by,
        "at": decision.at.isoformat(),
        "note": decision.note,
        "task": decision.task,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
