"""Blocking a task, and going on with it."""

from __future__ import annotations

from datetime import datetime

from launch_kits.database.records import (
    AWAITED,
    EventVerb,
    NoticeKind,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.verbs.advance import settle
from launch_kits.verbs.handout import hand_out
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.task_state import (
    already,
    require,
    taken,
)
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.notices.news import NewsEvent

__all__ = ["block", "unblock"]


def block(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Say that work cannot go on: ready, doing or review → blocked; the lead hears why."""
    with changing(store, slug, now=now) as change:
        task, by = taken(change, key, by, Verb.BLOCK)
        if task.status == TaskStatus.BLOCKED:
            return already(task)
        require(task, *AWAITED, verb="block")
        hand_out(change, task)
        task.status, task.status_before = TaskStatus.BLOCKED, task.status
        change.record(EventVerb.BLOCK, by=by, task=task, note=note)
        if by != change.lead:
            facts = {"event": NewsEvent.BLOCKED, "by": by, "note": note}
            change.tell(NoticeKind.NEWS, change.lead, task=task, facts=facts)
        settle(change)
        return Outcome(changed=True, message=f"{task.key} is blocked")


def unblock(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Say that work goes on: blocked → the status before."""
    with changing(store, slug, now=now) as change:
        task, by = taken(change, key, by, Verb.UNBLOCK)
        if task.status in AWAITED:
            return already(task, "not blocked")
        require(task, TaskStatus.BLOCKED, verb="unblock")
        task.status = str(task.status_before)
        task.status_before = None
        change.record(EventVerb.UNBLOCK, by=by, task=task, note=note)
        if task.status == TaskStatus.REVIEW:
            _ask_again(change, task, by=by)
        settle(change)
        return Outcome(
            changed=True, message=f"{task.key} goes on: it is {task.status} again"
        )


def _ask_again(change: Change, task: Task, *, by: str) -> None:
    """Ask the approver again if the question was dropped while the task was blocked."""
    asked = change.questions(task, more_time=False)
    if not any(
        task.submitted_at and notice.filed_at >= task.submitted_at for notice in asked
    ):
        change.tell(
            NoticeKind.REVIEW,
            str(task.approver),
            task=task,
            facts={"by": by, "link": task.link},
        )
