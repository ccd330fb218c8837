"""The verbs of a task at work, from begin to done and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

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
from launch_kits.verbs.advance import settle
from launch_kits.verbs.blocking import helper_of, tell_reply
from launch_kits.verbs.closing import close_task, open_early
from launch_kits.verbs.content_approval import answer_content, content_question
from launch_kits.verbs.decision_gates import must_pass_gates
from launch_kits.verbs.extension_requests import (
    answer_for_day,
    answer_request,
    asked_of,
)
from launch_kits.verbs.hand_in import hand_in
from launch_kits.verbs.handout import hand_out
from launch_kits.verbs.outcome import Outcome, evidence
from launch_kits.verbs.permissions import Verb, task_subject
from launch_kits.verbs.task_checks import checks_after_approval, take_checks
from launch_kits.verbs.task_list import tell_apart
from launch_kits.verbs.task_state import (
    already,
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
        open_early(change, task)
        require(change, task, TaskStatus.READY, verb="begin")
        hand_out(change, task)
        tell_apart(change, task)
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
    checks: Sequence[str] = (),
) -> Outcome:
    """Finish work: ready or doing → done, or → review if another person approves it.

    ``link`` is kept as evidence, and ``checks``, such as ``sales.trained``, are taken with it. It
    may begin early if only a date holds the task. Raises NotReady for a go or no-go with an open
    hard gate before it, Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        task, by = taken(change, key, by, Verb.DONE)
        verb = EventVerb.DONE
        return _finish(
            change, task, by=by, verb=verb, link=link, note=note, checks=checks
        )


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
    checks: Sequence[str] = (),
) -> Outcome:
    reviewed = task.approver is not None and task.approver != task.owner
    in_review = reviewed and task.status == TaskStatus.REVIEW
    if in_review and evidence(link) not in (None, task.link):
        return hand_in(change, task, by=by, verb=verb, note=note, link=evidence(link))
    if task.status in (
        TaskStatus.DONE,
        TaskStatus.REVIEW if reviewed else TaskStatus.DONE,
    ):
        return _already_with(change, task, checks, by=by, link=link)
    must_pass_gates(change, task, verb=verb)
    open_early(change, task)
    new = evidence(link)
    require(change, task, *(WITH_OWNER if reviewed else AWAITED), verb=verb)
    hand_out(change, task)
    if not reviewed:
        task.link = new or task.link
        return close_task(change, task, by=by, verb=verb, note=note, checks=checks)
    if checks:
        raise Refused(checks_after_approval(change, task, checks))
    return hand_in(change, task, by=by, verb=verb, note=note, link=new)


def _already_with(
    change: Change, task: Task, checks: Sequence[str], *, by: str, link: str | None
) -> Outcome:
    """The outcome for a finished task; the checks named with it are taken all the same."""
    if task.status != TaskStatus.DONE or not checks:
        return already(task)
    change.must_run()
    taken = take_checks(change, task, checks, by=by, link=evidence(link))
    told = [f"{task.key} is done already", *(each.message for each in taken)]
    changed = any(each.changed for each in taken)
    return Outcome(changed=changed, message="; ".join(told))


def approve(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
    until: date | None = None,
    checks: Sequence[str] = (),
) -> Outcome:
    """Approve.

    Review → done, or grant the more time that was asked for; with ``until`` only the request for
    that day is answered. ``checks`` are taken with it, as `done` takes them. Raises NotReady,
    Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        task = known(change, key)
        answered = _answered(change, task, until, by=by, granted=True, note=note)
        if answered is not None:
            return answered
        by = _approver(change, task, by, Verb.APPROVE)
        require(change, task, TaskStatus.REVIEW, verb="approve")
        verb = EventVerb.APPROVE
        must_pass_gates(change, task, verb=verb)
        return close_task(change, task, by=by, verb=verb, note=note, checks=checks)


def reject(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
    until: date | None = None,
) -> Outcome:
    """Send back.

    Review → doing, or refuse the more time that was asked for; with ``until`` only the request for
    that day is answered. Raises Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        task = known(change, key)
        answered = _answered(change, task, until, by=by, granted=False, note=note)
        if answered is not None:
            return answered
        by = _approver(change, task, by, Verb.REJECT)
        if task.status == TaskStatus.DOING:
            return already(task)
        require(change, task, TaskStatus.REVIEW, verb="reject")
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
    link: str | None = None,
) -> Outcome:
    """Write a remark into the history of an open task; ``link`` is kept as its evidence.

    The owner of blocked work hears the reply of those who were asked to help. Raises Refused for a
    closed task or a faulty link, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        task = known(change, key)
        by = change.actor(by, task.owner)
        helper = helper_of(change, task)
        change.must(by, Verb.NOTE, task_subject(task, lead=change.lead, helper=helper))
        if task.status in CLOSED:
            raise Refused(f'task "{task.key}" is {task.status}; notes go on open tasks')
        link = evidence(link)
        task.link = link or task.link
        kept = {"link": link} if link else {}
        change.record(EventVerb.NOTE, by=by, task=task, note=note, **kept)
        told = tell_reply(change, task, helper, by=by, note=note)
        hears = f"; {told} is told" if told else ""
        return Outcome(changed=True, message=f"noted on {task.key}{hears}")


def _answered(
    change: Change,
    task: Task,
    until: date | None,
    *,
    by: str | None,
    granted: bool,
    note: str | None,
) -> Outcome | None:
    """The outcome of an answer about other things than the review, or None."""
    if until is not None:
        return answer_for_day(change, task, until, by=by, granted=granted, note=note)
    if question := content_question(change, task):
        return answer_content(
            change, task, question, by=by, approved=granted, note=note
        )
    if granted and task.status == TaskStatus.DONE:
        return already(task)
    request = asked_of(change, task)
    if task.status == TaskStatus.REVIEW or request is None:
        return None
    by = change.actor(by, change.lead)
    return answer_request(change, task, request, by=by, granted=granted, note=note)


def _approver(change: Change, task: Task, by: str | None, verb: Verb) -> str:
    if task.approver is None:
        raise Refused(
            f'task "{task.key}" has no approver, so there is nothing to answer'
        )
    by = change.actor(by, task.approver)
    change.must(by, verb, task)
    return by
