"""Digests: one message a person a morning instead of one for every task, across all launches."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from launch_kits import outbox
from launch_kits.database.isolation import each_alone
from launch_kits.database.queries import insert_new
from launch_kits.database.records import (
    DigestDue,
    Notice,
    NoticeKind,
    NoticeStatus,
)
from launch_kits.database.store import Store
from launch_kits.verbs.digest_contents import contents_of
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.verbs.digest_news import (
    merge_news,
    put_first,
    replace_digests,
    wait,
    waiting_news,
)
from launch_kits.verbs.digest_parts import DigestContents
from launch_kits.verbs.digest_reminders import (
    is_listed,
    merge_reminders,
    parted,
    pending_reminders,
    pressing,
    put_off,
    unsaid,
)
from launch_kits.verbs.digest_repeats import repeats
from launch_kits.verbs.digest_told import (
    digests_of,
    known_calls,
    last_digest,
    new_calls,
    pending_digests,
    said_in,
)
from launch_kits.verbs.message_limit import has_enough
from launch_kits.verbs.told_once import tell_once
from launch_kits.verbs.transaction import Change
from launch_kits.workdays.hours import Hours

__all__ = ["bundle", "digest_for", "enqueue_digests", "note_mornings"]

#: from so many tasks on a person gets a digest; a single one speaks for itself
ENOUGH = 2


def note_mornings(change: Change) -> None:
    """Note when each person a launch concerns gets the next digest.

    They have work in hand, lead the launch, or own one of its gates.
    """
    people = sorted(_concerned(change))
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


def _concerned(change: Change) -> set[str]:
    at_work = {
        task.awaited
        for task in change.tasks.values()
        if task.awaited and task.handed_out_at
    }
    brief = change.brief
    gates = {
        brief.holder(stage.gate.role).email
        for stage in brief.kit_in_place.stages
        if stage.gate
    }
    answering = {change.lead, *gates}
    acting = {change.away.of(person) or person for person in answering}
    return {each for each in at_work | answering | acting if each}


def _next_morning(hours: Hours, *, now: datetime) -> datetime:
    """The morning after a person hears of work that they are told of now."""
    return hours.morning_after(hours.opens(now))


def enqueue_digests(
    store: Store, *, now: datetime, launches: RunningLaunches | None = None
) -> list[str]:
    """File the digests of those whose morning has come.

    ``launches`` as for `digest_for`.

    Returns a problem for each digest that could not be made; the others are filed.
    """
    with store.read() as session:
        due = session.exec(
            select(DigestDue.person)
            .where(col(DigestDue.at) <= now)
            .order_by(col(DigestDue.at), col(DigestDue.person))
        ).all()
    launches = launches or RunningLaunches(now)

    def file(person: str) -> None:
        with store.write() as session:
            digest_for(session, person, now=now, launches=launches)
            tell_once(session, reader=person)

    return each_alone(due, file, doing="got no digest")


def digest_for(
    session: Session,
    person: str,
    *,
    now: datetime,
    launches: RunningLaunches | None = None,
) -> None:
    """File a person's digest if it is due and says something new, and note the next.

    A person no launch concerns gets none, and is noted again with their next task.
    ``launches`` holds those that were read before at the same instant.
    """
    due = _due(session, person, now=now)
    if due is None:
        return
    launches = launches or RunningLaunches(now)
    contents = contents_of(session, person, launches)
    if contents is None:
        session.delete(due)
        session.flush()
        return
    hours = contents.hours
    opens = hours.opens(now)
    due.at = opens if opens > now else hours.morning_after(now)
    session.add(due)
    if opens != now or digests_of(session, person, day=contents.today.isoformat()):
        return
    last = last_digest(session, person)
    said = said_in(last)
    _, calls = parted(pending_reminders(session, person))
    news = waiting_news(session, person, launches)
    for_others = len(contents.asks) + len(contents.seen) + len(calls)
    new = contents.new(said) and (contents.in_hand >= ENOUGH or for_others)
    # news go with lines that would make a digest only later
    other = news and for_others and contents.marks - said
    facts = contents.facts(said)
    same = repeats(last, facts, hours=hours, today=contents.today)
    if same and not (calls or news):
        return
    waits = not calls and not contents.pressing - said
    if waits and has_enough(session, person, hours, now=now):
        wait(session, news, hours, now=now)
        return
    if new or other or len(calls) + len(news) >= ENOUGH:
        digest = _enqueue(session, person, contents, said=said, now=now)
        merge_news(session, digest, news)
        put_first(session, digest)
        merge_reminders(session, digest, calls, launches)


def _due(session: Session, person: str, *, now: datetime) -> DigestDue | None:
    """The row of a person whose morning has come, locked; None if it has not."""
    query = select(DigestDue).where(
        DigestDue.person == person, col(DigestDue.at) <= now
    )
    return session.exec(query.with_for_update()).first()


def bundle(
    session: Session,
    person: str,
    *,
    hours: Hours,
    now: datetime,
    launches: RunningLaunches | None = None,
) -> None:
    """Put a person's reminders into the digest of their day.

    If there is no digest, several reminders go into one of their own. There is at most one a day:
    calls for help that come later wait for the next morning. A reminder that says no more than
    the last digest goes with that one; one of a task that it does not list goes by itself.
    """
    reminders = pending_reminders(session, person)
    launches = launches or RunningLaunches(now)
    today = hours.day(now).isoformat()
    digests = digests_of(session, person, day=today)
    digest = digests[-1] if digests else None
    if digest is not None and digest.status != NoticeStatus.PENDING:
        nudges, calls = parted(reminders)
        listed = [each for each in nudges if is_listed(each, digest)]
        merge_reminders(session, digest, listed, launches)
        put_off(session, person, calls, until=hours.morning_after(now))
        return
    if digest is None:
        reminders = unsaid(session, person, reminders, hours=hours, now=now)
        reminders = pressing(session, person, reminders, hours=hours, now=now)
        if len(reminders) < ENOUGH:
            later = known_calls(session, person, reminders, hours, now=now)
            if has_enough(session, person, hours, now=now):
                later = new_calls(reminders, now=now)
            put_off(session, person, later, until=hours.morning_after(now))
            return
        contents = contents_of(session, person, launches)
        if contents is None:
            return
        said = said_in(last_digest(session, person))
        digest = _enqueue(session, person, contents, said=said, now=now)
    merge_news(session, digest, waiting_news(session, person, launches))
    put_first(session, digest)
    merge_reminders(session, digest, reminders, launches)


def _enqueue(
    session: Session,
    person: str,
    contents: DigestContents,
    *,
    said: frozenset[str],
    now: datetime,
) -> Notice:
    """File a digest that replaces earlier pending ones."""
    replaced = pending_digests(session, person)
    digest = outbox.enqueue(
        session,
        kind=NoticeKind.DIGEST,
        launch=contents.launch,
        task=None,
        to=person,
        occasion=contents.today.isoformat(),
        now=now,
        send_after=now,
        facts=contents.facts(said),
    )
    replace_digests(session, replaced, digest)
    return digest
