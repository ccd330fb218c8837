"""The verbs of a task at work, from begin to done and back."""

from __future__ import annotations

from datetime import datetime

from launch_kits.database.records import (
    AWAITED,
    CLOSED,
    WITH_OWNER,
    EventVerb,
    NoticeKind,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.verbs.advance import held_by, make_ready, settle
from launch_kits.verbs.extension_requests import answer_request, asked_of, lapse_request
from launch_kits.verbs.handout import hand_out
from launch_kits.verbs.outcome import Outcome, evidence
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.task_state import (
    already,
    and_so,
    end_its_notices,
    known,
    require,
    taken,
)
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.notices.news import NewsEvent

__all__ = ["approve", "begin", "done", "note", "reject", "submit"]


def begin(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Start work.

    Ready → doing. It may begin early if only a date holds the task. Raises Refused, NotYours,
    NotFound.
    """
    with changing(store, slug, now=now) as change:
        task, by = taken(change, key, by, Verb.BEGIN)
        if task.status == TaskStatus.DOING:
            return already(task)
        _open_early(change, task)
        require(task, TaskStatus.READY, verb="begin")
        hand_out(change, task)
        task.status = TaskStatus.DOING
        task.begun_at = now
        change.record(EventVerb.BEGIN, by=by, task=task, note=note)
        settle(change)
        return Outcome(
            changed=True, message=f"{task.key} is begun; it is due {task.due}"
        )


def done(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    link: str | None = None,
    note: str | None = None,
) -> Outcome:
    """Finish work: ready or doing → done, or → review if another person approves it.

    ``link`` is kept as evidence. It may begin early if only a date holds the task. Raises Refused,
    NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        task, by = taken(change, key, by, Verb.DONE)
        return _finish(change, task, by=by, verb=EventVerb.DONE, link=link, note=note)


def submit(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    link: str | None = None,
    note: str | None = None,
) -> Outcome:
    """Hand work over for approval, as `done` does.

    Raises Refused for a task without an approver.
    """
    with changing(store, slug, now=now) as change:
        task, by = taken(change, key, by, Verb.SUBMIT)
        if task.approver is None:
            raise Refused(f'task "{task.key}" has no approver; finish it with `done`')
        return _finish(change, task, by=by, verb=EventVerb.SUBMIT, link=link, note=note)


def _finish(
    change: Change,
    task: Task,
    *,
    by: str,
    verb: EventVerb,
    link: str | None,
    note: str | None,
) -> Outcome:
    reviewed = task.approver is not None and task.approver != task.owner
    if task.status in (
        TaskStatus.DONE,
        TaskStatus.REVIEW if reviewed else TaskStatus.DONE,
    ):
        return already(task)
    _open_early(change, task)
    require(task, *(WITH_OWNER if reviewed else AWAITED), verb=verb)
    link = evidence(link)
    hand_out(change, task)
    task.link = link or task.link
    if not reviewed:
        return _close(change, task, by=by, verb=verb, note=note)
    task.status = TaskStatus.REVIEW
    task.submitted_at = change.now
    change.record(verb, by=by, task=task, note=note, link=link)
    change.tell(
        NoticeKind.REVIEW,
        str(task.approver),
        task=task,
        facts={"by": by, "note": note, "link": task.link},
    )
    settle(change)
    return Outcome(
        changed=True, message=f"{task.key} waits for {task.approver} to approve it"
    )


def _close(
    change: Change, task: Task, *, by: str, verb: EventVerb, note: str | None
) -> Outcome:
    task.status = TaskStatus.DONE
    task.done_at = change.now
    task.status_before = None
    task.document_owed_at = change.now if task.template else None
    end_its_notices(change, task, why="the task is done")
    lapse_request(change, task, by=by)
    change.record(verb, by=by, task=task, note=note, link=task.link)
    opened = settle(change)
    return Outcome(changed=True, message=f"{task.key} is done{and_so(change, opened)}")


def approve(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Approve.

    Review → done, or grant the more time that was asked for. Raises Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        task = known(change, key)
        if task.status == TaskStatus.DONE:
            return already(task)
        request = asked_of(change, task)
        if task.status != TaskStatus.REVIEW and request is not None:
            return answer_request(
                change,
                task,
                request,
                by=change.actor(by, change.lead),
                granted=True,
                note=note,
            )
        by = _approver(change, task, by, Verb.APPROVE)
        require(task, TaskStatus.REVIEW, verb="approve")
        return _close(change, task, by=by, verb=EventVerb.APPROVE, note=note)


def reject(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Send back.

    Review → doing, or refuse the more time that was asked for. Raises Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        task = known(change, key)
        request = asked_of(change, task)
        if task.status != TaskStatus.REVIEW and request is not None:
            return answer_request(
                change,
                task,
                request,
                by=change.actor(by, change.lead),
                granted=False,
                note=note,
            )
        by = _approver(change, task, by, Verb.REJECT)
        if task.status == TaskStatus.DOING:
            return already(task)
        require(task, TaskStatus.REVIEW, verb="reject")
        task.status = TaskStatus.DOING
        task.submitted_at = None
        task.begun_at = task.begun_at or now
        change.withdraw(task, more_time=False, why="sent back")
        change.record(EventVerb.REJECT, by=by, task=task, note=note)
        facts = {"event": NewsEvent.SENT_BACK, "by": by, "note": note}
        change.tell(NoticeKind.NEWS, task.owner, task=task, facts=facts)
        settle(change)
        return Outcome(changed=True, message=f"{task.key} is sent back to {task.owner}")


def note(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str,
) -> Outcome:
    """Write a remark into the history of an open task."""
    with changing(store, slug, now=now) as change:
        task = known(change, key)
        by = change.actor(by, task.owner)
        change.must(by, Verb.NOTE, task)
        if task.status in CLOSED:
            raise Refused(f'task "{task.key}" is {task.status}; notes go on open tasks')
        change.record(EventVerb.NOTE, by=by, task=task, note=note)
        return Outcome(changed=True, message=f"noted on {task.key}")


def _approver(change: Change, task: Task, by: str | None, verb: Verb) -> str:
    if task.approver is None:
        raise Refused(
            f'task "{task.key}" has no approver, so there is nothing to answer'
        )
    by = change.actor(by, task.approver)
    change.must(by, verb, task)
    return by


def _open_early(change: Change, task: Task) -> None:
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
