"""The JSON of a start, and of a change to a launch: a move, or another brief or kit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launch_kits.views.as_json import (
    levelled_json,
    number_json,
    plan_task_json,
    task_json,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from launch_kits.errors import Fault
    from launch_kits.plan.levelled_plan import LevelledPlan
    from launch_kits.verbs.decide import DecisionOutcome
    from launch_kits.verbs.delegate import Delegation
    from launch_kits.verbs.edit import EditResult
    from launch_kits.verbs.move import Move
    from launch_kits.verbs.revision import Revision
    from launch_kits.verbs.start import StartResult
    from launch_kits.verbs.start_preview import StartPreview
    from launch_kits.verbs.task_changes import TaskChange
    from launch_kits.verbs.word_changes import WordChange
    from launch_kits.views.launch import LaunchView

__all__ = [
    "changes_json",
    "decision_json",
    "delegation_json",
    "edit_json",
    "move_json",
    "revision_json",
    "start_preview_json",
    "started_json",
]

#: the keys of a task that `start` prints, of those that `plan` and `status` have
STARTED = ("key", "title", "owner", "planned_start", "planned_finish", "due")


def start_preview_json(found: StartPreview) -> dict[str, object]:
    """A launch as it would be started, as `start --dry-run` prints it."""
    rollout = found.rollout
    return _start_json(
        rollout.brief.launch,
        rollout.brief.product,
        rollout.launch_on,
        started=False,
        levelled=found.levelled,
        tasks=(
            plan_task_json(assignment, span, found.planned[assignment.key])
            for assignment, span in rollout.dated()
        ),
    )


def started_json(view: LaunchView, result: StartResult) -> dict[str, object]:
    """A launch as it was started, now or before, as `start` prints it."""
    return _start_json(
        view.slug,
        view.product,
        view.launch_on,
        started=result.new,
        levelled=result.levelled,
        tasks=map(task_json, view.tasks),
    )


def _start_json(
    launch: str,
    product: str,
    launch_on: date,
    *,
    started: bool,
    levelled: LevelledPlan | None,
    tasks: Iterable[Mapping[str, object]],
) -> dict[str, object]:
    return {
        "launch": launch,
        "product": product,
        "started": started,
        "launch_on": launch_on.isoformat(),
        "levelled": _levelled(levelled),
        "tasks": [{key: task[key] for key in STARTED} for task in tasks],
    }


def changes_json(
    changes: Iterable[TaskChange],
    *,
    lands_on: date | None,
    told: Iterable[str],
    warnings: Iterable[Fault],
    applied: bool,
) -> dict[str, object]:
    """The changes of tasks, as every preview of them prints them."""
    return {
        "tasks": [
            {
                "key": change.key,
                "field": change.field,
                "from": change.before,
                "to": change.after,
                "due_before": change.due_before.isoformat(),
                "due": change.due.isoformat(),
                "float": change.float_days,
            }
            for change in changes
        ],
        "lands_on": _day(lands_on),
        "told": list(told),
        "warnings": [warning.as_json() for warning in warnings],
        "applied": applied,
    }


def edit_json(found: EditResult, *, applied: bool) -> dict[str, object]:
    """An edit of a task, as `edit` prints it."""
    changes = changes_json(
        found.changes,
        lands_on=found.lands_on,
        told=found.told,
        warnings=found.warnings,
        applied=applied and bool(found.changes),
    )
    return {**changes, "levelled": _levelled(found.levelled)}


def move_json(found: Move, *, applied: bool) -> dict[str, object]:
    """A move of the launch day, as `move` prints it."""
    return {
        "launch_on": found.launch_on.isoformat(),
        "launch_before": found.launch_before.isoformat(),
        "release_on": found.release_on.isoformat(),
        "release_before": found.release_before.isoformat(),
        "feasible": found.feasible,
        "late_by": found.late_by,
        "earliest_launch_on": _day(found.earliest_launch_on),
        "changes": [_shift_json(shift) for shift in found.shifts],
        "lapses": [
            {"key": each.key, "owner": each.owner, "until": each.before}
            for each in found.lapses
        ],
        **changes_json(
            found.changes,
            lands_on=found.lands_on,
            told=found.told,
            warnings=found.warnings,
            applied=applied,
        ),
        "levelled": _levelled(found.levelled),
    }


def delegation_json(found: Delegation, *, applied: bool) -> dict[str, object]:
    """A delegation, as `delegate` prints it.

    No due day moves. ``lands_on`` is that of the only launch, null for several.
    """
    only = found.launches[0] if len(found.launches) == 1 else None
    return {
        "from": found.person,
        "to": found.to,
        "until": _day(found.until),
        "tasks": [
            {
                "launch": part.launch,
                "key": part.key,
                "field": part.part,
                "from": found.person,
                "to": found.to,
                "due_before": _day(part.due),
                "due": _day(part.due),
                "float": part.float_days,
            }
            for part in found.parts
        ],
        "lands_on": _day(only.lands_on) if only else None,
        "launches": [
            {
                "launch": each.launch,
                "lands_on": _day(each.lands_on),
                "days": number_json(each.days),
                "levelled": _levelled(each.levelled),
            }
            for each in found.launches
        ],
        "load": {"had": number_json(found.had), "taken": number_json(found.days)},
        "told": list(found.told),
        "warnings": [warning.as_json() for warning in found.warnings],
        "applied": applied,
    }


def decision_json(
    found: DecisionOutcome, launch: str, *, go: bool
) -> dict[str, object]:
    """The answer to a decision, as `decide --json` prints it."""
    return {
        "launch": launch,
        "decision": "go" if go else "no-go",
        "task": found.task,
        "by": found.by,
        "changed": found.changed,
        "reasons": list(found.reasons),
        "concerns": list(found.concerns),
    }


def revision_json(
    found: Revision, *, applied: bool, warnings: Iterable[Fault] | None = None
) -> dict[str, object]:
    """The effect of another brief or kit, as `update` and `upgrade` print it.

    ``warnings`` are those of the launch and of the inputs; by default those of the launch alone.
    """
    return {
        "applied": applied and not found.empty,
        "fields": list(found.fields),
        "added": found.added,
        "dropped": found.dropped,
        "kept": found.kept,
        "changed": found.changed,
        "words": [_words_json(change) for change in found.words],
        "warnings": [
            warning.as_json()
            for warning in (found.warnings if warnings is None else warnings)
        ],
        "handed": [_handed_json(each) for each in found.handed],
        "documents": found.documents,
        "lands_on": _day(found.lands_on),
        "told": list(found.told),
        "late_before": found.late_before,
        "late_by": found.late_by,
        "earliest_launch_on": _day(found.earliest_launch_on),
        "levelled": _levelled(found.levelled),
    }


def _shift_json(shift: TaskChange) -> dict[str, object]:
    return {
        "key": shift.key,
        "owner": shift.owner,
        "due_before": shift.due_before.isoformat(),
        "due": shift.due.isoformat(),
        "float": shift.float_days,
    }


def _words_json(change: WordChange) -> dict[str, object]:
    return {
        "task": change.task,
        "field": change.field,
        "from": change.before,
        "to": change.after,
    }


def _handed_json(change: WordChange) -> dict[str, object]:
    return {
        "key": change.task,
        "owner_before": change.before,
        "owner": change.after,
    }


def _levelled(plan: LevelledPlan | None) -> dict[str, object] | None:
    return levelled_json(plan) if plan else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
