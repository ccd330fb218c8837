"""More time for a task: granted within its float, asked of the lead beyond it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

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
from launch_kits.verbs.advance import settle
from launch_kits.verbs.extension_requests import (
    anchor_passed,
    asked_of,
    followers_passed,
    grant,
    lapse_request,
)
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import Change, changing, reading
from launch_kits.views.task_graph import floats

__all__ = ["ExtensionPreview", "extend", "preview_extension"]


@dataclass(frozen=True, slots=True)
class ExtensionPreview:
    """The effects of a later due day for a task."""

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
    #: ``launch`` or ``release`` and its day, if it passes that
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
    """Move a task's due day.

    It moves at once within the task's float or if the lead asks; else the lead answers a request.
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
    off = (
        f"{until} ({until:%A}) is not a working day of {task.owner}; "
        f"{meant} ({meant:%A}) is meant"
    )
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
        return grant(change, task, until, by=by, note=note)
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
    """The effects of `extend` by a person, the owner by default.

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
                each.title for each in followers_passed(change, task, until)
            ),
            anchor=anchor_passed(change, task, until),
        )


def _day_asked(change: Change, task: Task, until: date) -> date:
    """The owner's last working day on or before a day.

    Raises Refused if more time makes no sense.
    """
    if task.status in CLOSED:
        raise Refused(f'task "{task.key}" is {task.status}; it needs no more time')
    until = change.calendars.of(task.owner).last_on_or_before(until)
    if until < task.due:
        raise Refused(
            f'task "{task.key}" is due {task.due}; {until} is earlier: '
            "an extension goes beyond the due day"
        )
    if task.due < until < change.today:
        raise Refused(f"{until} is past; name {change.today} or a later day")
    return until


def _reach(change: Change, task: Task, until: date) -> tuple[int, int]:
    """Working days beyond the planned due day, and the float.

    The float is counted against the planned due day by today's facts.
    """
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
