"""Requests for more time: granted or refused by the lead, or lapsed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from launch_kits.database.records import (
    CLOSED,
    EventVerb,
    Extension,
    ExtensionStatus,
    NoticeKind,
    Task,
)
from launch_kits.database.store import Store
from launch_kits.plan import Anchor
from launch_kits.verbs.advance import settle
from launch_kits.verbs.day_changes import set_due
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.planned_dates import write_planned
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.notices.news import NewsEvent, passed_days

__all__ = [
    "anchor_passed",
    "answer_extension",
    "answer_request",
    "asked_of",
    "followers_passed",
    "grant",
    "lapse_request",
    "lapse_requests",
]


def answer_extension(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    until: date,
    granted: bool,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Answer the request for one day, whatever else is asked about the task.

    Raises NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_not_be_cancelled()
        task = change.task(key)
        request = asked_of(change, task)
        if request is None or request.until != until:
            return Outcome(
                changed=False,
                message=f"nobody asks for {until} any more; {task.key} is due {task.due}",
            )
        return answer_request(
            change,
            task,
            request,
            by=change.actor(by, change.lead),
            granted=granted,
            note=note,
        )


def grant(
    change: Change, task: Task, until: date, *, by: str, note: str | None
) -> Outcome:
    """Move a task's due day, and tell the lead of the days that it passes."""
    before = task.due
    task.extended_until = until
    set_due(
        change,
        task,
        until,
        by=by,
        verb=EventVerb.EXTEND,
        why=note,
        planned=False,
    )
    change.record(
        EventVerb.EXTEND,
        by=by,
        task=task,
        note=note,
        until=until.isoformat(),
        due_before=before.isoformat(),
    )
    passes = _days_passed(change, task)
    moves = passed_days(passes)
    if moves and by != change.lead:
        facts = {
            "event": NewsEvent.EXTENDED,
            "by": by,
            "until": until.isoformat(),
            "passes": passes,
        }
        change.tell(NoticeKind.NEWS, change.lead, task=task, facts=facts)
    write_planned(change)
    settle(change)
    return Outcome(
        changed=True,
        message=f"{task.key} is due {until} instead of {before}{moves and '; it passes ' + moves}",
    )


def _days_passed(change: Change, task: Task) -> dict[str, Any]:
    """Return the days that a due day passes, as facts of news.

    ``starts`` are the keys of followers whose latest start is passed, ``anchor`` and
    ``anchor_on`` the anchor day.
    """
    followers = followers_passed(change, task, task.due)
    passes: dict[str, Any] = {"starts": [each.key for each in followers]}
    if anchor := anchor_passed(change, task, task.due):
        passes |= {"anchor": anchor[0], "anchor_on": anchor[1].isoformat()}
    return passes


def followers_passed(change: Change, task: Task, until: date) -> list[Task]:
    """The open successors whose latest start is on or before a day."""
    return [
        each
        for each in change.successors(task)
        if each.status not in CLOSED and each.start_by <= until
    ]


def anchor_passed(change: Change, task: Task, until: date) -> tuple[str, date] | None:
    """The task's anchor and its day, if a due day comes after it."""
    day = (
        change.launch.release_on
        if task.anchor == Anchor.RELEASE
        else change.launch.launch_on
    )
    return (task.anchor, day) if task.planned_due <= day < until else None


def asked_of(change: Change, task: Task) -> Extension | None:
    """The request for more time that the lead has not answered yet."""
    query = select(Extension).where(
        Extension.task == task.id, col(Extension.status) == ExtensionStatus.ASKED
    )
    return change.session.exec(query).first()


def answer_request(
    change: Change,
    task: Task,
    request: Extension,
    *,
    by: str,
    granted: bool,
    note: str | None,
) -> Outcome:
    """Grant or refuse more time; only the lead may. The owner hears of it."""
    change.must(by, Verb.ANSWER, task)
    _answer(
        change,
        request,
        by=by,
        status=ExtensionStatus.GRANTED if granted else ExtensionStatus.REFUSED,
    )
    change.withdraw(task, more_time=True, why="answered")
    if granted:
        outcome = grant(change, task, request.until, by=by, note=note)
    else:
        change.record(
            EventVerb.REFUSE,
            by=by,
            task=task,
            note=note,
            until=request.until.isoformat(),
        )
        settle(change)
        outcome = Outcome(changed=True, message=f"{task.key} stays due {task.due}")
    facts = {
        "event": NewsEvent.EXTENSION_ANSWERED,
        "granted": granted,
        "due": task.due.isoformat(),
        "by": by,
        "note": note,
    }
    change.tell(NoticeKind.NEWS, request.by, task=task, facts=facts)
    return outcome


def _answer(
    change: Change, request: Extension, *, by: str, status: ExtensionStatus
) -> None:
    request.status = status
    request.answered_by = by
    request.answered_at = change.now
    change.session.add(request)
    change.session.flush()


def lapse_requests(change: Change, *, by: str) -> None:
    """Let every request of a launch lapse: it is moved or cancelled."""
    asked = select(Extension.task).where(col(Extension.status) == ExtensionStatus.ASKED)
    for task_id in change.session.exec(
        asked.where(col(Extension.task).in_(change.tasks))
    ).all():
        lapse_request(change, change.tasks[task_id], by=by)


def lapse_request(change: Change, task: Task, *, by: str) -> None:
    """Let a request lapse that needs no answer any more.

    The task was closed, moved, or asked for again.
    """
    request = asked_of(change, task)
    if request is not None:
        _answer(change, request, by=by, status=ExtensionStatus.LAPSED)
        change.withdraw(task, more_time=True, why="no longer asked")
