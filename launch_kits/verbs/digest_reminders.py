"""The reminders that go with a digest, and those that wait for the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from launch_kits.database.queries import find_task
from launch_kits.database.records import (
    DigestDue,
    Notice,
    NoticeKind,
    NoticeStatus,
    Task,
)
from launch_kits.plan.reminders import LATE_AGAIN
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.verbs.digest_lines import others_line
from launch_kits.verbs.digest_parts import SOON, due_mark, is_repeated, planned_mark
from launch_kits.verbs.digest_told import (
    days_reminded,
    last_digest,
    listed_lately,
    said_in,
)
from launch_kits.verbs.message_limit import has_enough, presses
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.reader import iso_day
from launch_kits.workdays.hours import Hours

__all__ = [
    "ENOUGH_TOLD",
    "is_listed",
    "merge_reminders",
    "parted",
    "pending_reminders",
    "pressing",
    "put_off",
    "unsaid",
]

#: why a reminder is dropped that can wait
ENOUGH_TOLD = "its reader got enough messages this week, and the day is not near"
_REMINDING = (NoticeKind.NUDGE, NoticeKind.ESCALATION)


def put_off(
    session: Session, person: str, calls: Sequence[Notice], *, until: datetime
) -> None:
    """Let calls for help wait for the digest of the next morning."""
    for notice in calls:
        notice.send_after = until
        session.add(notice)
    if calls and session.get(DigestDue, person) is None:
        session.add(DigestDue(person=person, at=until))


def pending_reminders(session: Session, person: str) -> Sequence[Notice]:
    """Return the reminders of a person, and the calls for their help, that wait to be sent."""
    query = select(Notice).where(
        Notice.to == person,
        Notice.status == NoticeStatus.PENDING,
        col(Notice.kind).in_(_REMINDING),
    )
    return session.exec(query.order_by(col(Notice.key))).all()


def parted(reminders: Sequence[Notice]) -> tuple[list[Notice], list[Notice]]:
    """Nudges, and escalations."""
    nudges = [each for each in reminders if each.kind == NoticeKind.NUDGE]
    return nudges, [each for each in reminders if each.kind == NoticeKind.ESCALATION]


def is_listed(reminder: Notice, digest: Notice) -> bool:
    """Whether a digest lists the task of a reminder as its reader's own work."""
    lines = rows_of(digest.facts, "tasks")
    subject = reminder.launch, reminder.task
    return any((line.get("launch"), line.get("task")) == subject for line in lines)


def unsaid(
    session: Session,
    person: str,
    reminders: Sequence[Notice],
    *,
    hours: Hours,
    now: datetime,
) -> Sequence[Notice]:
    """Drop reminders that say no more than the last digest did; return the others.

    One until the due day says no more if that digest listed its task a working day ago at most, or
    three of them if it is due soon; one for an overdue task if a reminder, or a list in a digest,
    told it in the same five working days.
    """
    last = last_digest(session, person)
    if last is None:
        return reminders
    said = said_in(last)
    today = hours.day(now)
    listed, listed_soon, listed_late = (
        listed_lately(session, person, hours, now=now, within=days)
        for days in (1, SOON, LATE_AGAIN - 1)
    )
    repeated = []
    for notice in reminders:
        if notice.kind == NoticeKind.ESCALATION or notice.task is None:
            continue
        task = find_task(session, notice.launch, notice.task)
        mark = _mark_of(notice, task, hours=hours, today=today)
        ahead = today <= task.due and (task.launch, task.key) in listed
        days = days_reminded(session, notice, hours) if task.due < today else []
        told = {*said, *(due_mark(task, hours, day) for day in days)}
        name = task.launch, task.key
        if ahead or (
            mark is not None
            and (
                mark in told
                or is_repeated(mark, soon=name in listed_soon, late=name in listed_late)
            )
        ):
            repeated.append(notice)
    merge_reminders(session, last, repeated, RunningLaunches(now))
    return [each for each in reminders if each not in repeated]


def pressing(
    session: Session,
    person: str,
    reminders: Sequence[Notice],
    *,
    hours: Hours,
    now: datetime,
) -> Sequence[Notice]:
    """Drop reminders that can wait; return the others.

    They wait if their reader got enough messages lately.

    Their tasks are in the next digest, and their messages say how many days are left.
    """
    if not reminders or not has_enough(session, person, hours, now=now):
        return reminders
    today = hours.day(now)
    soon = listed_lately(session, person, hours, now=now, within=SOON)
    left = []
    for notice in reminders:
        if notice.kind == NoticeKind.ESCALATION or notice.task is None:
            left.append(notice)
            continue
        task = find_task(session, notice.launch, notice.task)
        wanted = _mark_of(notice, task, hours=hours, today=today)
        days = days_reminded(session, notice, hours) if task.due < today else []
        told = {mark for day in days if (mark := due_mark(task, hours, day))}
        named = (task.launch, task.key) in soon
        late = hours.calendar.count(task.due, today)
        if wanted is None or presses(wanted, named=named, late=late, said=told):
            left.append(notice)
            continue
        notice.status = NoticeStatus.DROPPED
        notice.error = ENOUGH_TOLD
        session.add(notice)
    return left


def _mark_of(notice: Notice, task: Task, *, hours: Hours, today: date) -> str | None:
    if "planned_finish" in notice.facts:
        return planned_mark(task, iso_day(notice.facts["planned_finish"]))
    return due_mark(task, hours, today)


def merge_reminders(
    session: Session,
    digest: Notice,
    reminders: Sequence[Notice],
    launches: RunningLaunches,
) -> None:
    """Let reminders go with a digest; calls for help that it does not list are written into it."""
    before = digest.facts.get("help", [])
    listed = {(line["launch"], line["task"]) for line in before}
    wanted = []
    for notice in reminders:
        notice.status = NoticeStatus.DROPPED
        notice.error = digest.key
        session.add(notice)
        subject = notice.launch, notice.task
        if notice.kind != NoticeKind.ESCALATION or subject in listed:
            continue
        _, view = launches.of(session, notice.launch)
        task = view.task(str(notice.task))
        if task is not None:
            wanted.append(others_line(task, view))
    if wanted:
        called = {(line["launch"], line["task"]) for line in wanted}
        # a lead who is called to help does not read of the same task as a late one
        seen = [
            line
            for line in digest.facts.get("seen", [])
            if (line["launch"], line["task"]) not in called
        ]
        help_wanted = [*before, *wanted]
        digest.facts = {**digest.facts, "help": help_wanted, "seen": seen}
    session.add(digest)
    session.flush()
