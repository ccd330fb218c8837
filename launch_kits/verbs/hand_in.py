"""Handing in work for approval: its approver is asked, once."""

from __future__ import annotations

from launch_kits import outbox
from launch_kits.database.records import (
    Closing,
    EventVerb,
    NoticeKind,
    NoticeStatus,
    Task,
)
from launch_kits.database.records import TaskStatus as Status
from launch_kits.verbs.advance import settle
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.transaction import Change

__all__ = ["hand_in"]


def hand_in(
    change: Change,
    task: Task,
    *,
    by: str,
    verb: EventVerb,
    note: str | None,
    link: str | None,
) -> Outcome:
    """Put a task in review, and ask its approver in place of any earlier question.

    ``link`` shows this time's result.
    """
    again = task.status == Status.REVIEW
    task.link = link or task.link
    task.status = Status.REVIEW
    task.submitted_at = change.now
    _replace_questions(change, task)
    change.record(verb, by=by, task=task, note=note, link=link)
    change.tell(
        NoticeKind.REVIEW,
        str(task.approver),
        task=task,
        facts={"by": by, "note": note, "link": task.link},
    )
    settle(change)
    result = "is handed in again" if again else "waits"
    asked = change.away.reached(str(task.approver), besides=[task.owner])
    return Outcome(
        changed=True,
        message=f"{task.key} {result} for {asked} to approve it",
    )


def _replace_questions(change: Change, task: Task) -> None:
    """Close the earlier questions about the task: the approver answers the newest."""
    change.withdraw(task, more_time=False, why="handed in again")
    for notice in change.questions(task, more_time=False):
        if notice.status != NoticeStatus.PENDING and notice.closed is None:
            notice.closed = {"why": str(Closing.REPLACED)}
            change.session.add(notice)
    change.session.flush()
    outbox.outdate(
        change.session,
        launch=change.launch.slug,
        task=task.key,
        kinds=[NoticeKind.REVIEW],
    )
