"""Advance a launch: open and hand out tasks, send reminders, end it when its work is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from launch_kits.database.records import (
    CLOSED,
    EventVerb,
    Launch,
    LaunchStatus,
    NoticeKind,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.plan.reminders import look_again
from launch_kits.verbs.absence import look_at_absences, return_reviews
from launch_kits.verbs.asked_in_turn import ask_in_turn
from launch_kits.verbs.desk_clock import remind_of_questions
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.verbs.digests import note_mornings
from launch_kits.verbs.handout import hand_out_due, hands_out_at, waits_for_hand_out
from launch_kits.verbs.remind import look_at_launch, remind, reminder_state_of
from launch_kits.verbs.task_list import list_many
from launch_kits.verbs.told_once import tell_once
from launch_kits.verbs.transaction import SWEEP, Change, changing
from launch_kits.views.notices.news import NewsEvent
from launch_kits.workdays.calendar import end_of_day

__all__ = ["advance", "due_launches", "finish", "held_by", "opens_on", "settle"]

_DUE = (
    select(Task.launch)
    .where(col(Task.look_at) <= bindparam("now"))
    .order_by(col(Task.look_at), Task.launch)
)
_LOOK = (
    select(Launch.slug)
    .where(col(Launch.look_at) <= bindparam("now"))
    .order_by(col(Launch.look_at), Launch.slug)
)


def advance(
    store: Store,
    slug: str,
    *,
    now: datetime,
    launches: RunningLaunches | None = None,
) -> bool:
    """Open and hand out due tasks, remind, and end a launch whose work is done.

    ``launches`` are those that a sweep of many has read. Returns whether the launch changed.
    Raises NotFound.
    """
    try:
        return _advance(store, slug, now=now, launches=launches)
    except Exception:
        if launches is not None:
            launches.forget(slug)
        raise


def _advance(
    store: Store, slug: str, *, now: datetime, launches: RunningLaunches | None
) -> bool:
    with changing(store, slug, now=now) as change:
        if change.launch.status != LaunchStatus.RUNNING:
            if change.launch.status == LaunchStatus.DONE:
                remind_of_questions(change)
            look_at_launch(change)
            return False
        before = change.launch.revision
        settle(change)
        remind(change, launches)
        tell_once(change.session, launch=slug)
        return change.launch.revision != before


def due_launches(session: Session, *, now: datetime) -> list[str]:
    """The launches that a sweep has to look at, the longest due first.

    They are due by now, in a task or as a whole.

    Reads only the index of those: launches that have ended have none, and without statistics SQLite
    would rather read every task for a DISTINCT or a join.
    """
    read = session.connection().execute
    return list(
        dict.fromkeys(
            slug
            for query in (_DUE, _LOOK)
            for slug in read(query, {"now": now}).scalars()
        )
    )


def settle(change: Change) -> Sequence[Task]:
    """Bring a launch up to date with its facts.

    Every verb and every sweep ends with this.

    Returns the tasks that it opened.
    """
    waiting = [
        task for task in change.tasks.values() if task.status == TaskStatus.WAITING
    ]
    opened = [
        task
        for task in waiting
        if not held_by(change, task) and opens_on(change, task) <= change.today
    ]
    for task in opened:
        make_ready(change, task)
        change.record(EventVerb.READY, by=SWEEP, task=task)
    hand_out_due(change)
    return_reviews(change)
    ask_in_turn(change)
    list_many(change)
    for task in change.tasks.values():
        _tell_overdue(change, task)
        _look_again(change, task)
    note_mornings(change)
    _end_when_done(change)
    if change.launch.look_at is None or change.launch.status != LaunchStatus.RUNNING:
        look_at_launch(change)
    return opened


def held_by(change: Change, task: Task) -> Sequence[Task]:
    """The open tasks that a task still waits for."""
    return change.graph.held_by(task)


def opens_on(change: Change, task: Task) -> date:
    """The day from which a task can be started.

    All predecessors of the task are done. The day is in the launch's time zone. A lag leaves whole
    working days free after the day on which the predecessor was done; without one, a task opens at
    once. A milestone takes no day, so it may lie on the last day of a lag.
    """
    days = [change.launch.begin_on, *([task.not_before] if task.not_before else [])]
    for before, lag in change.predecessors(task):
        done_on = change.day(before.done_at)
        if lag and done_on:
            days.append(
                change.calendars.launch.shift(done_on, lag + (1 if task.days else 0))
            )
    return max(days)


def make_ready(change: Change, task: Task) -> None:
    """Open a task: it is ready and its document is owed.

    An owner who was told of it before is told again; others hear of it when it is handed out.
    """
    task.status = TaskStatus.READY
    task.ready_at = change.now
    task.document_owed_at = change.now if task.template else None
    change.session.add(task)
    if task.handed_out_at is not None:
        change.tell(NoticeKind.TASK, task.owner, task=task)


def _tell_overdue(change: Change, task: Task) -> None:
    """Record once that a due day has passed; the reminders that follow are the nudges' own."""
    if (
        task.status in CLOSED
        or task.overdue_told == task.due
        or _overdue_from(change, task) > change.now
    ):
        return
    task.overdue_told = task.due
    change.record(EventVerb.OVERDUE, by=SWEEP, task=task, due=task.due.isoformat())


def _look_again(change: Change, task: Task) -> None:
    """Set the next instant at which a sweep concerns a task."""
    instants = []
    if task.status not in CLOSED and task.overdue_told != task.due:
        instants.append(_overdue_from(change, task))
    if task.status == TaskStatus.WAITING and not held_by(change, task):
        instants.append(datetime.combine(opens_on(change, task), time(), change.zone))
    if waits_for_hand_out(task):
        instants.append(hands_out_at(change, task))
    state = reminder_state_of(change, task)
    if state is not None:
        policy = change.brief.kit_in_place.nudges
        since = _overdue_from(change, task)
        again = look_again(
            state, policy, hours=change.hours_of, now=change.now, overdue_from=since
        )
        instants += [again] if again else []
    instants += look_at_absences(change, task)
    look_at = min(instants, default=None)
    if task.look_at != look_at:
        task.look_at = look_at
        change.session.add(task)


def _overdue_from(change: Change, task: Task) -> datetime:
    """The instant from which an open task is overdue.

    Its due day is then over in its owner's time zone.
    """
    return end_of_day(task.due, change.brief.zone(task.owner))


def _end_when_done(change: Change) -> None:
    if change.launch.status != LaunchStatus.RUNNING or any(
        task.status not in CLOSED for task in change.tasks.values()
    ):
        return
    finish(change)


def finish(
    change: Change, *, by: str = SWEEP, note: str | None = None, dropped: int = 0
) -> None:
    """End a launch whose tasks are all closed, and tell its channel.

    ``by`` is the person who closed it with a ``note``, which ``dropped`` so many open tasks.
    """
    change.launch.status = LaunchStatus.DONE
    change.launch.ended_at = change.now
    facts: dict[str, object] = {"event": NewsEvent.FINISHED}
    if by == SWEEP:
        change.record(EventVerb.FINISHED, by=by)
    else:
        change.record(EventVerb.FINISHED, by=by, note=note, dropped=dropped)
        facts |= {"by": by, "note": note, "dropped": dropped}
    change.tell(NoticeKind.NEWS, f"#{change.brief.slack_channel}", facts=facts)
