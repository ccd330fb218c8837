"""The steps that verbs of a task share: find it, check its state, word the outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from launch_kits.database.records import (
    LaunchStatus,
    NoticeKind,
    Task,
    TaskStatus,
)
from launch_kits.errors import Refused
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import Change

__all__ = ["already", "and_so", "end_its_notices", "known", "require", "taken"]


def and_so(change: Change, opened: Sequence[Task]) -> str:
    """The effects of a verb, as the end of its message."""
    if change.launch.status == LaunchStatus.DONE:
        return f"; {change.launch.product} is complete"
    return f"; ready now: {', '.join(task.key for task in opened)}" if opened else ""


def known(change: Change, key: str) -> Task:
    """The task, as the change holds it; raises Refused if its launch was cancelled."""
    change.must_not_be_cancelled()
    return change.task(key)


def taken(change: Change, key: str, by: str | None, verb: Verb) -> tuple[Task, str]:
    """The task, and the person who acts on it: its owner, or another who may.

    Raises Refused if its launch was cancelled, NotYours, NotFound.
    """
    task = known(change, key)
    by = change.actor(by, task.owner)
    change.must(by, verb, task)
    return task, by


def require(change: Change, task: Task, *statuses: TaskStatus, verb: str) -> None:
    """Raise Refused unless the task has one of the statuses."""
    if task.status not in statuses:
        if change.launch.ended_at is not None:
            raise Refused(
                f'task "{task.key}" is {task.status}, and its launch is over; '
                "to go on with both, `reopen` the task first"
            )
        allowed: Callable[[Sequence[str]], str] = " or ".join
        raise Refused(
            f'task "{task.key}" is {task.status}; `{verb}` '
            f"needs {allowed([str(s) for s in statuses])}"
        )


def already(task: Task, state: str | None = None) -> Outcome:
    """The outcome of a verb that has nothing to change."""
    return Outcome(
        changed=False,
        message=f"{task.key} is {state or task.status} already; nothing changed",
    )


def end_its_notices(change: Change, task: Task, *, why: str) -> None:
    """Take back the pending notices of a task that ends."""
    kinds = (
        NoticeKind.TASK,
        NoticeKind.REVIEW,
        NoticeKind.NUDGE,
        NoticeKind.ESCALATION,
    )
    change.hush(task, *kinds, why=why)
