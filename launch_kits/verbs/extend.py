"""More time for a task: granted within its float, asked of the lead beyond it."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from launch_kits.errors import Refused
from launch_kits.plan import Anchor
from launch_kits.verbs.advance import settle
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import Change, Outcome, changing, reading
from launch_kits.views.notices.news import NewsEvent, passed_days
from launch_kits.views.task_graph import floats

__all__ = [
    "ExtensionPreview",
    "answer_extension",
    "answer_request",
    "asked_of",
    "extend",
    "lapse_request",
    "lapse_requests",
    "preview_extension",
]


@dataclass(frozen=True, slots=True)
class ExtensionPreview:
    """What a later due day would mean for a task."""

    #: the last working day of the task's owner on or before the day asked for
    until: date
    #: the due day now
    due: date
    #: whether it is given at once, or the lead is asked
    granted: bool
    #: working days beyond the due day of the plan, and those that the plan can spare
    beyond: int
    spare: int
    #: titles of the tasks whose latest start it passes
    followers: tuple[str, ...]
    #: ``launch`` or ``release`` and its day, where it passes that
    anchor: tuple[str, date] | None


def extend(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    until: date,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Move a task's due day: at once within its float or by the lead, else as a request that the
    lead answers.

    The float is counted from the due day of the plan, so that one extension does not earn the next.
    Raises Refused for a day that is no later than the due day, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_not_be_cancelled()
        task = change.task(key)
        by = change.actor(by, task.owner)
        change.must(by, Verb.EXTEND, task)
        meant = _day_asked(change, task, until)
        outcome = _until(change, task, meant, by=by, note=note)
    if meant == until:
        return outcome
    off = f"{until} ({until:%A}) is not a working day of {task.owner}; {meant} ({meant:%A}) is meant"
    return replace(outcome, warnings=(off,))


def _until(
    change: Change, task: Task, until: date, *, by: str, note: str | None
) -> Outcome:
    """Move the due day to a working day of the owner, or ask the lead."""
    if until == task.due:
        return Outcome(
            changed=False,
            message=f"{task.key} is due {task.due} already; nothing changed",
        )
    request = asked_of(change, task)
    if request is not None and request.until == until and by != change.lead:
        return Outcome(
            changed=False,
            message=f"{until} was asked for already; {change.lead} has not answered yet",
        )
    lapse_request(change, task, by=by)
    beyond, spare = _reach(change, task, until)
    if by == change.lead or beyond <= spare:
        _write(change, task, until, by=by, note=note, status=ExtensionStatus.GRANTED)
        return _grant(change, task, until, by=by, note=note)
    _write(change, task, until, by=by, note=note, status=ExtensionStatus.ASKED)
    change.record(
        EventVerb.EXTEND,
        by=by,
        task=task,
        note=note,
        until=until.isoformat(),
        asked=True,
    )
    facts = {
        "until": until.isoformat(),
        "reason": note,
        "by": by,
        "due": task.due.isoformat(),
        "float": spare,
    }
    change.tell(NoticeKind.REVIEW, change.lead, task=task, facts=facts)
    settle(change)
    return Outcome(
        changed=True,
        message=f"{until} is {beyond} working days beyond the plan and the float is {spare}: "
        f"{change.lead} was asked; until then {task.key} stays due {task.due}",
    )


def preview_extension(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    until: date,
    by: str | None = None,
    now: datetime,
) -> ExtensionPreview:
    """What `extend` would do for somebody (the owner by default).

    Nothing is written. Raises Refused, NotFound.
    """
    with reading(store, slug, now=now) as change:
        change.must_run()
        task = change.task(key)
        until = _day_asked(change, task, until)
        beyond, spare = _reach(change, task, until)
        return ExtensionPreview(
            until=until,
            due=task.due,
            granted=by == change.lead or beyond <= spare,
            beyond=beyond,
            spare=spare,
            followers=tuple(
                each.title for each in _followers_passed(change, task, until)
            ),
            anchor=_anchor_passed(change, task, until),
        )


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


def _day_asked(change: Change, task: Task, until: date) -> date:
    """The owner's last working day on or before a day.

    Raises Refused where more time makes no sense.
    """
    if task.status in CLOSED:
        raise Refused(f'task "{task.key}" is {task.status}; it needs no more time')
    until = change.calendars.of(task.owner).last_on_or_before(until)
    if until < task.due:
        raise Refused(
            f'task "{task.key}" is due {task.due}; {until} is earlier: an extension goes beyond the due day'
        )
    if task.due < until < change.today:
        raise Refused(f"{until} is past; name {change.today} or a later day")
    return until


def _reach(change: Change, task: Task, until: date) -> tuple[int, int]:
    """Working days beyond the due day of the plan, and the float against that day by today's facts."""
    due = {each.key: each.planned_due for each in change.tasks.values()}
    spare = floats(
        change.launch, change.graph, change.calendars, due=due, today=change.today
    )[task.key]
    return change.calendars.of(task.owner).count(task.planned_due, until), spare


def _write(
    change: Change,
    task: Task,
    until: date,
    *,
    by: str,
    note: str | None,
    status: ExtensionStatus,
) -> None:
    answered = status is not ExtensionStatus.ASKED
    change.session.add(
        Extension(
            task=task.id,
            until=until,
            due_before=task.due,
            reason=note,
            by=by,
            asked_at=change.now,
            status=status,
            answered_by=by if answered else None,
            answered_at=change.now if answered else None,
        )
    )


def _grant(
    change: Change, task: Task, until: date, *, by: str, note: str | None
) -> Outcome:
    before, task.due = task.due, until
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
    followers = _followers_passed(change, task, task.due)
    passes: dict[str, Any] = {"starts": [each.key for each in followers]}
    if anchor := _anchor_passed(change, task, task.due):
        passes |= {"anchor": anchor[0], "anchor_on": anchor[1].isoformat()}
    return passes


def _followers_passed(change: Change, task: Task, until: date) -> list[Task]:
    return [
        each
        for each in change.successors(task)
        if each.status not in CLOSED and each.start_by <= until
    ]


def _anchor_passed(change: Change, task: Task, until: date) -> tuple[str, date] | None:
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
        outcome = _grant(change, task, request.until, by=by, note=note)
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
    request.status, request.answered_by, request.answered_at = status, by, change.now
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
    """A request that nobody has to answer any more.

    The task was closed, moved, or asked for again.
    """
    request = asked_of(change, task)
    if request is not None:
        _answer(change, request, by=by, status=ExtensionStatus.LAPSED)
        change.withdraw(task, more_time=True, why="no longer asked")
