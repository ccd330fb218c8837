"""Leaving a task out, and taking one up again."""

from __future__ import annotations

from datetime import datetime

from launch_kits.database.records import (
    CLOSED,
    EventVerb,
    LaunchStatus,
    NoticeKind,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.plan.doubts import doubts_in_words
from launch_kits.verbs.advance import held_by, make_ready
from launch_kits.verbs.closed_by_other import tell_holder
from launch_kits.verbs.lapsed_requests import end_more_time
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.plan_effect import PlanBefore, replanned
from launch_kits.verbs.reopened_checks import done_tasks, reopen_checks
from launch_kits.verbs.task_state import (
    already,
    and_so,
    end_its_notices,
    require,
    taken,
)
from launch_kits.verbs.transaction import SWEEP, Change, changing

__all__ = ["drop", "leave_out", "not_begun", "reopen", "take_back"]


def drop(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Leave a task out.

    Any open status → dropped; its successors wait for its predecessors.
    """
    with changing(store, slug, now=now) as change:
        task, by = taken(change, key, by, Verb.DROP)
        if task.status == TaskStatus.DROPPED:
            return already(task)
        if task.status == TaskStatus.DONE:
            raise Refused(f'task "{task.key}" is done; `reopen` it before dropping it')
        before = PlanBefore.of(change)
        leave_out(change, task, by=by, note=note)
        tell_holder(change, task, by=by, did=EventVerb.DROP, note=note)
        effect, opened = replanned(change, before)
        return Outcome(
            changed=True,
            message=f"{task.key} is dropped{and_so(change, opened)}",
            warnings=doubts_in_words(effect.warnings),
            effect=effect,
        )


def leave_out(change: Change, task: Task, *, by: str, note: str | None) -> None:
    """Drop an open task; the caller settles the launch."""
    task.status = TaskStatus.DROPPED
    task.status_before = None
    task.document_owed_at = None
    end_its_notices(change, task, why="the task was dropped")
    end_more_time(change, task, by=by)
    change.record(EventVerb.DROP, by=by, task=task, note=note)


def reopen(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Take a task up again: done or dropped → ready, or waiting if a predecessor is open.

    Successors that have not begun go back to waiting, and gate checks that its result proved are
    open again. A launch that was done runs again.
    """
    with changing(store, slug, now=now) as change:
        task, by = taken(change, key, by, Verb.REOPEN)
        if task.status == TaskStatus.READY:
            return already(task)
        require(change, task, *CLOSED, verb="reopen")
        before = PlanBefore.of(change)
        were_done = done_tasks(change)
        change.launch.status = LaunchStatus.RUNNING
        change.launch.ended_at = None
        task.status = TaskStatus.WAITING
        task.ready_at = None
        task.begun_at = None
        task.submitted_at = None
        task.done_at = None
        task.document_owed_at = None
        if not held_by(change, task):
            make_ready(change, task)
        taken_back = [other for other in change.successors(task) if not_begun(other)]
        keys = [other.key for other in taken_back]
        change.record(EventVerb.REOPEN, by=by, task=task, note=note, taken_back=keys)
        for other in taken_back:
            take_back(change, other, why="a predecessor was reopened")
        checks = reopen_checks(change, were_done, by=by)
        effect, _ = replanned(change, before)
        back = f"; back to waiting: {', '.join(keys)}" if keys else ""
        unmet = f"; open again until it is done: {', '.join(checks)}" if checks else ""
        return Outcome(
            changed=True,
            message=f"{task.key} is {task.status} again{back}{unmet}",
            warnings=doubts_in_words(effect.warnings),
            effect=effect,
        )


def not_begun(task: Task) -> bool:
    """Whether a task could be worked on and has not been begun."""
    waits_blocked = (
        task.status == TaskStatus.BLOCKED and task.status_before == TaskStatus.READY
    )
    return task.status == TaskStatus.READY or waits_blocked


def take_back(change: Change, task: Task, *, why: str) -> None:
    """Let a task that has not begun wait again."""
    task.status = TaskStatus.WAITING
    task.status_before = None
    task.ready_at = None
    task.document_owed_at = None
    change.hush(task, NoticeKind.TASK, NoticeKind.NUDGE, why=why)
    change.record(EventVerb.WAIT, by=SWEEP, task=task)
