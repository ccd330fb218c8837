"""Blocking a task, and going on with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import col, select

from launch_kits.database.records import (
    AWAITED,
    Event,
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
from launch_kits.verbs.reassign import named_person
from launch_kits.verbs.task_state import (
    already,
    require,
    taken,
)
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.last_acts import ON_IT
from launch_kits.views.notices.news import NewsEvent

__all__ = ["block", "helper_of", "tell_reply", "unblock"]


def block(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
    waits_on: str | None = None,
) -> Outcome:
    """Say that work cannot go on: ready, doing or review → blocked; the lead hears why.

    ``waits_on`` is the person who can help, by role or email, and is told. Raises Refused,
    NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        task, by = taken(change, key, by, Verb.BLOCK)
        if task.status == TaskStatus.BLOCKED:
            return already(task)
        require(change, task, *AWAITED, verb="block")
        helper = named_person(change, waits_on)[0] if waits_on else None
        hand_out(change, task)
        task.status_before = task.status
        task.status = TaskStatus.BLOCKED
        said = _with_helper(change, note, helper)
        named = {"waits_on": helper} if helper else {}
        change.record(EventVerb.BLOCK, by=by, task=task, note=said, **named)
        _tell(change, task, by=by, note=note, said=said, helper=helper)
        settle(change)
        asked = change.away.reached(helper) if helper else None
        told = f"; {asked} is told" if asked and helper != by else ""
        return Outcome(changed=True, message=f"{task.key} is blocked{told}")


def _with_helper(change: Change, note: str | None, helper: str | None) -> str | None:
    """The reason, with the person who can help."""
    if helper is None:
        return note
    name = f"waits on {change.name(helper)}"
    return f"{note} ({name})" if note else name


def _tell(
    change: Change,
    task: Task,
    *,
    by: str,
    note: str | None,
    said: str | None,
    helper: str | None,
) -> None:
    """Tell the person who can help, and the lead if that is another person, within their hours."""
    if helper and helper != by:
        facts = {
            "event": NewsEvent.HELP_WANTED,
            "by": by,
            "note": note,
            "owner": task.owner,
        }
        change.tell(NoticeKind.NEWS, helper, task=task, facts=facts)
    if change.lead not in (by, helper):
        facts = {"event": NewsEvent.BLOCKED, "by": by, "note": said}
        facts |= {"helper": helper} if helper else {}
        change.tell(NoticeKind.NEWS, change.lead, task=task, facts=facts)


def helper_of(change: Change, task: Task) -> str | None:
    """The person who was named as the one who can help with blocked work, by email."""
    if task.status != TaskStatus.BLOCKED:
        return None
    query = select(Event).where(
        Event.launch == change.launch.slug,
        Event.task == task.key,
        Event.verb == EventVerb.BLOCK,
        col(Event.undone).is_(False),
    )
    event = change.session.exec(query.order_by(col(Event.id).desc())).first()
    helper = event.data.get("waits_on") if event else None
    return helper if isinstance(helper, str) else None


def tell_reply(
    change: Change, task: Task, helper: str | None, *, by: str, note: str
) -> str | None:
    """Tell the owner of blocked work a helper's reply.

    Those are the ``helper``, the lead, and who acts for them. Returns who hears of it, or None for
    a note of others, and for work that goes on.
    """
    asked = [each for each in (helper, change.lead) if each]
    asked += [change.away.reached(each) for each in asked]
    owner = change.away.reached(task.owner)
    replies = by.casefold() in {each.casefold() for each in asked}
    own = by.casefold() in (task.owner.casefold(), owner.casefold())
    if task.status != TaskStatus.BLOCKED or note == ON_IT or own or not replies:
        return None
    facts = {"event": NewsEvent.HELP_ANSWERED, "by": by, "note": note}
    change.tell(NoticeKind.NEWS, task.owner, task=task, facts=facts)
    return owner


def unblock(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Say that work goes on: blocked → the status before.

    Its owner is told if another person says so. Raises Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        task, by = taken(change, key, by, Verb.UNBLOCK)
        if task.status in AWAITED:
            message = f"{task.key} is not blocked; nothing changed"
            return Outcome(changed=False, message=message)
        require(change, task, TaskStatus.BLOCKED, verb="unblock")
        task.status = str(task.status_before)
        task.status_before = None
        change.record(EventVerb.UNBLOCK, by=by, task=task, note=note)
        if task.status == TaskStatus.REVIEW:
            _ask_again(change, task, by=by)
        if change.away.reached(task.owner) != by:
            facts: dict[str, Any] = {
                "event": NewsEvent.UNBLOCKED,
                "by": by,
                "note": note,
                "reviewed": task.status == TaskStatus.REVIEW,
            }
            change.tell(NoticeKind.NEWS, task.owner, task=task, facts=facts)
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
