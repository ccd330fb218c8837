"""Closing a task: its status, its notices, its successors, the checks that it serves."""

from __future__ import annotations

from collections.abc import Sequence

from launch_kits.database.records import EventVerb, Task, TaskStatus
from launch_kits.errors import Refused
from launch_kits.plan.doubts import doubts_in_words
from launch_kits.verbs.advance import held_by, make_ready, settle
from launch_kits.verbs.closed_by_other import tell_holder
from launch_kits.verbs.lapsed_requests import end_more_time
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.plan_effect import PlanBefore, effect_of
from launch_kits.verbs.planned_dates import write_planned
from launch_kits.verbs.task_checks import offered_checks, take_checks
from launch_kits.verbs.task_state import and_so, end_its_notices
from launch_kits.verbs.transaction import Change

__all__ = ["close_task", "open_early"]


def close_task(
    change: Change,
    task: Task,
    *,
    by: str,
    verb: EventVerb,
    note: str | None,
    checks: Sequence[str] = (),
) -> Outcome:
    """Close a task that may be closed, and take the gate checks named with it.

    If it was granted more time, and takes less or more, the work is planned again: what was
    granted counts only while the task is open. Raises Refused or NotYours if a check cannot be
    taken: then nothing is changed.
    """
    granted = task.extended_until not in (None, change.today)
    before = PlanBefore.of(change) if granted else None
    task.status = TaskStatus.DONE
    task.done_at = change.now
    task.status_before = None
    task.document_owed_at = change.now if task.template else None
    end_its_notices(change, task, why="the task is done")
    end_more_time(change, task, by=by)
    change.record(verb, by=by, task=task, note=note, link=task.link)
    if verb == EventVerb.DONE:
        tell_holder(change, task, by=by, did=verb, note=note)
    levelled = write_planned(change) if before else None
    opened = settle(change)
    taken = take_checks(change, task, checks, by=by)
    effect = effect_of(change, before, levelled) if before else None
    done = f"{task.key} is done{and_so(change, opened)}"
    return Outcome(
        changed=True,
        message="; ".join([done, *(each.message for each in taken)]),
        warnings=doubts_in_words(effect.warnings) if effect else (),
        effect=effect,
        hints=tuple(offered_checks(change, task)),
    )


def open_early(change: Change, task: Task) -> None:
    """Open a task that only a date holds.

    Its owner may be faster than the plan. Raises Refused for any other.
    """
    if task.status != TaskStatus.WAITING:
        return
    holding = held_by(change, task)
    if holding:
        raise Refused(
            f'task "{task.key}" waits for {", ".join(before.key for before in holding)}'
        )
    make_ready(change, task)
