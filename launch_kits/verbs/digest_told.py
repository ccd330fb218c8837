"""The messages that the reader of a digest got before it, or gets beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from launch_kits.plan.reminders import LATE_AGAIN
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.reader import iso_day
from launch_kits.workdays.hours import Hours

__all__ = [
    "asked_in_digest",
    "asked_lately",
    "days_reminded",
    "digests_of",
    "known_calls",
    "last_digest",
    "listed_lately",
    "new_calls",
    "pending_digests",
    "said_in",
    "told_lately",
    "told_today",
]

#: notices that their reader does not get
GONE = (NoticeStatus.DROPPED, NoticeStatus.DEAD)
#: a day has begun or is not over in some time zone that much before or after it is one in UTC
ZONES = timedelta(1)
#: digests that are read at once to find the last of a day: one of many launches is large
FEW = 1


def told_today(
    session: Session, person: str, hours: Hours, *, now: datetime
) -> set[tuple[str, str]]:
    """The launches and tasks with a message of their own today, to a person."""
    return {
        subject
        for notice in _own_messages(session, person, since=now - timedelta(1))
        if hours.day(notice.send_after) == hours.day(now)
        for subject in _subjects_of(notice)
    }


def told_lately(
    session: Session, person: str, hours: Hours, *, now: datetime
) -> set[tuple[str, str]]:
    """The launches and tasks whose own message is a working day old at most.

    So are those that a digest of that age listed.
    """
    today = hours.day(now)
    since = _two_days_ago(hours, today)
    return listed_lately(session, person, hours, now=now) | {
        subject
        for notice in _own_messages(session, person, since=since)
        if "until" not in notice.facts
        and hours.calendar.count(hours.day(notice.send_after), today) <= 1
        for subject in _subjects_of(notice)
    }


def known_calls(
    session: Session,
    person: str,
    reminders: Sequence[Notice],
    hours: Hours,
    *,
    now: datetime,
) -> list[Notice]:
    """The new calls for help on tasks of a digest, which names them as late."""
    lines = _lines_lately(session, person, hours, now=now, key="seen")
    late = _subjects(line for line in lines if line.get("kind") == "late")
    return [
        each
        for each in new_calls(reminders, now=now)
        if (each.launch, each.task) in late
    ]


def new_calls(reminders: Sequence[Notice], *, now: datetime) -> list[Notice]:
    """The calls for help among reminders that have not waited yet."""
    return [
        each
        for each in reminders
        if each.kind == NoticeKind.ESCALATION and each.filed_at == now
    ]


def listed_lately(
    session: Session, person: str, hours: Hours, *, now: datetime, within: int = 1
) -> set[tuple[str, str]]:
    """The launches and tasks that the last digest listed, some working days ago at most."""
    return _subjects(
        _lines_lately(session, person, hours, now=now, key="tasks", within=within)
    )


def asked_in_digest(
    session: Session, person: str, hours: Hours, *, now: datetime
) -> set[tuple[object, ...]]:
    """The answers that a digest asked for lately.

    Each is the launch, the kind of the answer and its key.
    """
    lines = _lines_lately(
        session, person, hours, now=now, key="asks", within=LATE_AGAIN - 1
    )
    return {(line.get("launch"), line.get("wanted"), line.get("key")) for line in lines}


def _lines_lately(
    session: Session,
    person: str,
    hours: Hours,
    *,
    now: datetime,
    key: str,
    within: int = 1,
) -> list[Mapping[str, object]]:
    """The lines of the last digest under a key, some working days old at most."""
    last = last_digest(session, person)
    day = iso_day(last.facts.get("day")) if last else None
    if last is None or day is None:
        return []
    if hours.calendar.count(day, hours.day(now)) > within:
        return []
    return rows_of(last.facts, key)


def _subjects(lines: Iterable[Mapping[str, object]]) -> set[tuple[str, str]]:
    return {(str(line.get("launch")), str(line.get("task"))) for line in lines}


def days_reminded(session: Session, reminder: Notice, hours: Hours) -> list[date]:
    """The days on which earlier reminders of its task were sent to a reader."""
    query = select(Notice.sent_at).where(
        Notice.launch == reminder.launch,
        Notice.task == reminder.task,
        Notice.to == reminder.to,
        Notice.kind == NoticeKind.NUDGE,
        Notice.status == NoticeStatus.SENT,
    )
    return [hours.day(sent_at) for sent_at in session.exec(query).all() if sent_at]


def asked_lately(
    session: Session, person: str, hours: Hours, *, now: datetime
) -> set[tuple[str, str]]:
    """The launches and tasks of recent questions about more time, a working day old at most."""
    today = hours.day(now)
    since = _two_days_ago(hours, today)
    return {
        (notice.launch, str(notice.task))
        for notice in _told(session, person, (NoticeKind.REVIEW,), since=since)
        if "until" in notice.facts
        and hours.calendar.count(hours.day(notice.send_after), today) <= 1
    }


def digests_of(session: Session, person: str, *, day: str) -> list[Notice]:
    """The digests of a person's own day, oldest first; the week's summaries are none of them.

    Each was filed on that day.
    """
    begins = datetime.combine(date.fromisoformat(day), time(), UTC)
    query = _digests(person).where(
        col(Notice.filed_at) > begins - ZONES,
        col(Notice.filed_at) < begins + timedelta(1) + ZONES,
    )
    order = col(Notice.filed_at), col(Notice.key)
    found = session.exec(query.order_by(*order)).all()
    return [each for each in found if each.facts.get("day") == day]


def last_digest(session: Session, person: str) -> Notice | None:
    """The last digest of a person's day; None before the first."""
    order = col(Notice.filed_at).desc(), col(Notice.key).desc()
    query = _digests(person).order_by(*order)
    # those of months are not read: the last is among the first few
    with session.exec(query.execution_options(yield_per=FEW)) as found:
        return next((each for each in found if "day" in each.facts), None)


def pending_digests(session: Session, person: str) -> list[Notice]:
    """The digests of a person's days that are not sent yet, oldest first."""
    query = _digests(person).where(Notice.status == NoticeStatus.PENDING)
    order = col(Notice.filed_at), col(Notice.key)
    found = session.exec(query.order_by(*order)).all()
    return [each for each in found if "day" in each.facts]


def _digests(person: str) -> SelectOfScalar[Notice]:
    """The query for the digests of a person that were sent or wait, with the week's summaries."""
    return select(Notice).where(
        Notice.to == person,
        Notice.kind == NoticeKind.DIGEST,
        col(Notice.status).not_in(GONE),
    )


def said_in(digest: Notice | None) -> frozenset[str]:
    """Return the marks of a digest; digests of an older version have none."""
    said = digest.facts.get("said") if digest else None
    return frozenset(map(str, said)) if isinstance(said, list) else frozenset()


def _own_messages(
    session: Session, person: str, *, since: datetime
) -> Iterator[Notice]:
    """The messages about a task, and the lists in place of them, that a person gets since then."""
    yield from _told(session, person, (NoticeKind.TASK, NoticeKind.REVIEW), since=since)
    for notice in _told(session, person, (NoticeKind.NEWS,), since=since):
        if notice.facts.get("handed_out") is True:
            yield notice


def _two_days_ago(hours: Hours, today: date) -> datetime:
    """An instant before which all is more than a working day old."""
    return datetime.combine(hours.calendar.shift(today, -2), time(), UTC) - ZONES


def _subjects_of(notice: Notice) -> set[tuple[str, str]]:
    """The launch and task of a message, or all those of a list."""
    if notice.kind != NoticeKind.NEWS:
        return {(notice.launch, str(notice.task))}
    lines = rows_of(notice.facts, "tasks")
    return {(notice.launch, str(line.get("task"))) for line in lines}


def _told(
    session: Session, person: str, kinds: Sequence[NoticeKind], *, since: datetime
) -> Sequence[Notice]:
    """The messages of some kinds that a person gets after an instant."""
    query = select(Notice).where(
        Notice.to == person,
        col(Notice.kind).in_(kinds),
        col(Notice.status).not_in(GONE),
        col(Notice.send_after) > since,
    )
    return session.exec(query).all()
