"""Asking an approver again: the content that they approved has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from launch_kits import outbox
from launch_kits.database.queries import notices_of
from launch_kits.database.records import (
    Closing,
    EventVerb,
    LaunchStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.verbs.advance import settle
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.notices.news import NewsEvent

__all__ = ["answer_content", "ask_again", "content_question"]

#: changes that a question shows; any more are counted
SHOWN = 5


def ask_again(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    version: int,
    digest: str,
    changes: Sequence[Mapping[str, Any]],
    now: datetime,
) -> bool:
    """Ask the approver of a finished task whether they approve its new content.

    ``changes`` are objects of ``path``, ``cause``, ``before`` and ``after``. The task stays done,
    and each version is asked about once. Returns whether a question was filed.
    """
    with changing(store, slug, now=now) as change:
        task = change.task(key)
        running = change.launch.status == LaunchStatus.RUNNING
        reviewed = task.approver is not None and task.approver != task.owner
        if not running or not reviewed or task.status != TaskStatus.DONE:
            return False
        asked = [each.facts.get("version") for each in _questions(change, task)]
        if version in asked:
            return False
        _close(change, task, {"why": str(Closing.REPLACED)})
        facts = {
            "content": digest,
            "version": version,
            "changes": [dict(each) for each in changes[:SHOWN]],
            "more": max(0, len(changes) - SHOWN),
        }
        change.tell(
            NoticeKind.REVIEW,
            str(task.approver),
            task=task,
            facts=facts,
            occasion=f"content-{version}",
        )
        return True


def content_question(change: Change, task: Task) -> Notice | None:
    """The open question about the new content of a finished task."""
    if task.status != TaskStatus.DONE:
        return None
    found = (each for each in _questions(change, task) if each.closed is None)
    return next(found, None)


def answer_content(
    change: Change,
    task: Task,
    question: Notice,
    *,
    by: str | None,
    approved: bool,
    note: str | None,
) -> Outcome:
    """Answer whether the new content of a finished task is approved.

    Yes renews the approval. No leaves the document out of date, and tells its owner. Raises
    NotYours.
    """
    by = change.actor(by, str(task.approver))
    change.must(by, Verb.APPROVE if approved else Verb.REJECT, task)
    verb = EventVerb.APPROVE if approved else EventVerb.REJECT
    digest = question.facts.get("content")
    change.record(verb, by=by, task=task, note=note, content=digest)
    answer = "approved" if approved else "sent back"
    at = change.now.isoformat()
    _close(
        change,
        task,
        {"why": str(Closing.ANSWERED), "answer": answer, "at": at, "by": by},
    )
    if not approved:
        facts = {"event": NewsEvent.CONTENT_REFUSED, "by": by, "note": note}
        change.tell(NoticeKind.NEWS, task.owner, task=task, facts=facts)
    settle(change)
    if approved:
        return Outcome(
            changed=True, message=f"the new content of {task.key} is approved"
        )
    message = f"{task.key} stays out of date; {change.away.reached(task.owner)} is told"
    return Outcome(changed=True, message=message)


def _questions(change: Change, task: Task) -> list[Notice]:
    """The questions about the content of a task that reached its approver, or will."""
    gone = (NoticeStatus.DEAD, NoticeStatus.DROPPED)
    return [
        each
        for each in notices_of(change.session, change.launch.slug, task=task.key)
        if each.kind == NoticeKind.REVIEW
        and "content" in each.facts
        and (each.status not in gone or each.closed is not None)
    ]


def _close(change: Change, task: Task, facts: Mapping[str, Any]) -> None:
    """Close the open questions about the content of a task."""
    for notice in _questions(change, task):
        if notice.closed is None:
            notice.closed = dict(facts)
            if notice.status == NoticeStatus.PENDING:
                notice.status = NoticeStatus.DROPPED
                notice.error = "answered, or asked anew"
            change.session.add(notice)
    change.session.flush()
    outbox.outdate(
        change.session,
        launch=change.launch.slug,
        task=task.key,
        kinds=[NoticeKind.REVIEW],
    )
