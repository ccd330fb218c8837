"""Requests for more time: granted or refused by the lead, or lapsed."""

from __future__ import annotations

from datetime import date, datetime

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
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import Change, changing

__all__ = [
    "anchor_passed",
    "answer_extension",
    "answer_request",
    "asked_of",
    "day_in_words",
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
    task.due = until
    change.record(
        EventVerb.EXTEND,
        by=by,
        task=task,
        note=note,
        until=until.isoformat(),
        due_before=before.isoformat(),
    )
    moves = _what_it_moves(change, task)
    if moves and by != change.lead:
        text = f"{change.name(by)} gave {task.title} until {day_in_words(until)}, within its float; it passes {moves}"
        change.tell(NoticeKind.NEWS, change.lead, task=task, facts={"text": text})
    settle(change)
    return Outcome(
        changed=True,
        message=f"{task.key} is due {until} instead of {before}{moves and '; it passes ' + moves}",
    )


def _what_it_moves(change: Change, task: Task) -> str:
    """The days that a due day passes, in words.

    The latest start of followers, the day of its anchor.
    """
    followers = followers_passed(change, task, task.due)
    passed = (
        [f"the latest start of {', '.join(each.key for each in followers)}"]
        if followers
        else []
    )
    anchor = anchor_passed(change, task, task.due)
    if anchor:
        passed.append(f"the {anchor[0]} day, {anchor[1]}")
    return " and ".join(passed)


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


def day_in_words(day: date) -> str:
    """A day as notices write it: ``Thu 4 Feb``."""
    return f"{day:%a} {day.day} {day:%b}"


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
    answer = "is now due" if granted else "stays due"
    text = f"{task.title} {answer} {day_in_words(task.due)}, answers {change.name(by)}{': ' + note if note else ''}"
    change.tell(NoticeKind.NEWS, request.by, task=task, facts={"text": text})
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
