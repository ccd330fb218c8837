"""Digests: one message a person a morning instead of one for every task, across all launches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select

from launch_kits import outbox
from launch_kits.database.queries import find_task, insert_new
from launch_kits.database.records import (
    AWAITED,
    WITH_OWNER,
    DigestDue,
    Launch,
    LaunchStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.plan.absence import Deputies
from launch_kits.plan.calendars import Calendars
from launch_kits.verbs.handout import waits_for_hand_out
from launch_kits.verbs.transaction import Change
from launch_kits.workdays.hours import Hours

__all__ = ["bundle", "digest_for", "enqueue_digests", "note_mornings"]

#: from so many tasks on a person gets a digest; a single one speaks for itself
ENOUGH = 2

_REMINDING = (NoticeKind.NUDGE, NoticeKind.ESCALATION)


def note_mornings(change: Change) -> None:
    """Note when each person with work in a launch gets the next digest."""
    people = sorted(
        {
            task.awaited
            for task in change.tasks.values()
            if task.awaited and task.handed_out_at
        }
    )
    if not people:
        return
    known = set(
        change.session.exec(
            select(DigestDue.person).where(col(DigestDue.person).in_(people))
        ).all()
    )
    rows = [
        {"person": person, "at": _next_morning(change.hours_of(person), now=change.now)}
        for person in people
        if person not in known
    ]
    if rows:
        # another launch may note the same person at the same moment
        change.session.connection().execute(insert_new(change.session, DigestDue), rows)


def _next_morning(hours: Hours, *, now: datetime) -> datetime:
    """The morning after a person hears of work that they are told of now."""
    return hours.morning_after(hours.opens(now))


def enqueue_digests(store: Store, *, now: datetime) -> None:
    """File the digests of those whose morning has come."""
    with store.read() as session:
        due = session.exec(
            select(DigestDue.person)
            .where(col(DigestDue.at) <= now)
            .order_by(col(DigestDue.at))
        ).all()
    for person in due:
        with store.write() as session:
            digest_for(session, person, now=now)


def digest_for(session: Session, person: str, *, now: datetime) -> None:
    """File a person's digest if it is due, and note the next.

    A person without work gets none, and is noted again with their next task.
    """
    query = select(DigestDue).where(
        DigestDue.person == person, col(DigestDue.at) <= now
    )
    due = session.exec(query.with_for_update()).first()
    if due is None:
        return
    work = _work_of(session, person, now=now)
    in_hand = [task for task in work if task.handed_out_at]
    if not in_hand:
        session.delete(due)
        session.flush()
        return
    hours = _hours(session, work[0].launch, person)
    opens = hours.opens(now)
    due.at = opens if opens > now else hours.morning_after(now)
    session.add(due)
    if (
        opens == now
        and len(in_hand) >= ENOUGH
        and not _digests_of(session, person, day=hours.day(now).isoformat())
    ):
        _enqueue(session, person, work, launch=work[0].launch, hours=hours, now=now)


def bundle(session: Session, person: str, *, hours: Hours, now: datetime) -> None:
    """Put a person's reminders into the digest of their day.

    If there is no digest, several reminders go into one of their own.
    """
    query = select(Notice).where(
        Notice.to == person, Notice.status == NoticeStatus.PENDING
    )
    reminders = session.exec(
        query.where(col(Notice.kind).in_(_REMINDING)).order_by(col(Notice.key))
    ).all()
    digests = _digests_of(session, person, day=hours.day(now).isoformat())
    digest = digests[-1] if digests else None
    if digest is not None and digest.status != NoticeStatus.PENDING:
        # it has gone out, with all of their own work in it
        _merge(
            session,
            digest,
            [each for each in reminders if each.kind == NoticeKind.NUDGE],
        )
        reminders = [each for each in reminders if each.kind == NoticeKind.ESCALATION]
        digest = None
    if digest is None and len(reminders) >= ENOUGH:
        work = [] if digests else _work_of(session, person, now=now)
        digest = _enqueue(
            session, person, work, launch=reminders[0].launch, hours=hours, now=now
        )
    if digest is not None:
        _merge(session, digest, reminders)


def _work_of(session: Session, person: str, *, now: datetime) -> Sequence[Task]:
    """A person's tasks in the running launches, the soonest due first.

    Among them are those of which the person is told later.
    """
    mine = or_(
        and_(col(Task.owner) == person, col(Task.status).in_(WITH_OWNER)),
        and_(col(Task.approver) == person, col(Task.status) == TaskStatus.REVIEW),
        and_(col(Task.in_hands_of) == person, col(Task.status).in_(AWAITED)),
    )
    query = select(Task).join(Launch, col(Launch.slug) == col(Task.launch))
    query = query.where(mine, Launch.status == LaunchStatus.RUNNING)
    found = session.exec(
        query.order_by(col(Task.due), col(Task.launch), col(Task.position))
    ).all()
    back: dict[str, Deputies] = {}
    return [task for task in found if not _goes_back(session, task, person, back, now)]


def _goes_back(
    session: Session,
    task: Task,
    person: str,
    known: dict[str, Deputies],
    now: datetime,
) -> bool:
    """Whether a person holds a task for another who is back; a sweep gives it back.

    ``known`` holds the launches that were asked about before.
    """
    if task.in_hands_of != person or person == task.owner:
        return False
    if task.launch not in known:
        known[task.launch] = Deputies(_calendars(session, task.launch), now)
    return known[task.launch].back_at(task.answerable) is None


def _hours(session: Session, launch: str, person: str) -> Hours:
    return _calendars(session, launch).hours_of(person)


def _calendars(session: Session, launch: str) -> Calendars:
    kept = session.exec(select(Launch.brief).where(Launch.slug == launch)).one()
    return Calendars(Brief.kept(kept))


def _digests_of(session: Session, person: str, *, day: str) -> list[Notice]:
    """The digests of a person's own day, oldest first; the week's summaries are none of them."""
    query = select(Notice).where(Notice.to == person, Notice.kind == NoticeKind.DIGEST)
    gone = [NoticeStatus.DEAD, NoticeStatus.DROPPED]
    found = session.exec(
        query.where(col(Notice.status).not_in(gone)).order_by(col(Notice.filed_at))
    ).all()
    return [each for each in found if each.facts.get("day") == day]


def _enqueue(
    session: Session,
    person: str,
    work: Sequence[Task],
    *,
    launch: str,
    hours: Hours,
    now: datetime,
) -> Notice:
    """File a digest that replaces earlier pending ones."""
    today = hours.day(now).isoformat()
    earlier = select(Notice).where(
        Notice.to == person, Notice.kind == NoticeKind.DIGEST
    )
    for notice in session.exec(
        earlier.where(Notice.status == NoticeStatus.PENDING)
    ).all():
        if "day" in notice.facts:
            notice.status = NoticeStatus.DROPPED
            notice.error = "a newer digest says more"
            session.add(notice)
    number = len(_digests_of(session, person, day=today)) + 1
    return outbox.enqueue(
        session,
        kind=NoticeKind.DIGEST,
        launch=launch,
        task=None,
        to=person,
        occasion=today if number == 1 else f"{today}-{number}",
        now=now,
        send_after=now,
        facts={
            "day": today,
            "tasks": [_line(session, task) for task in work],
            "help": [],
        },
    )


def _merge(session: Session, digest: Notice, reminders: Sequence[Notice]) -> None:
    """Let reminders go with a digest; those on other people's tasks are written into it."""
    wanted = []
    for notice in reminders:
        notice.status = NoticeStatus.DROPPED
        notice.error = digest.key
        session.add(notice)
        if notice.kind == NoticeKind.ESCALATION and notice.task:
            wanted.append(
                _line(session, find_task(session, notice.launch, notice.task))
            )
    if wanted:
        digest.facts = {**digest.facts, "help": [*digest.facts["help"], *wanted]}
    session.add(digest)
    session.flush()


def _line(session: Session, task: Task) -> dict[str, str | bool]:
    """A task as a digest remembers it."""
    product = session.exec(
        select(Launch.product).where(Launch.slug == task.launch)
    ).one()
    return {
        "launch": task.launch,
        "product": product,
        "task": task.key,
        "title": task.title,
        "owner": task.owner,
        "due": task.due.isoformat(),
        "planned_start": task.planned_start.isoformat(),
        "planned_finish": task.planned_finish.isoformat(),
        "later": waits_for_hand_out(task),
        "status": task.status,
    }
