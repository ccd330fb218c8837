"""Erasing a person: their address and names leave all launches, whose events stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, inspect
from sqlmodel import Session, col, delete, or_, select, update

from launch_kits.database.pseudonyms import (
    FoundRow,
    Pseudonym,
    Replacer,
    find_names,
    find_rows,
    next_pseudonym,
    write,
)
from launch_kits.database.records import (
    Answered,
    DigestDue,
    DocumentVersion,
    Event,
    KeptTasks,
    Launch,
    Notice,
    NoticeStatus,
    OverviewRow,
    RoomLink,
    RoomSession,
    SlackUser,
    Undoable,
)
from launch_kits.database.store import Store
from launch_kits.documents.content import digest_of
from launch_kits.errors import NotFound, Refused
from launch_kits.outbox.filing import FORGOTTEN
from launch_kits.verbs.held_parts import parts_held
from launch_kits.verbs.reassign import must_be_email

__all__ = ["Forgotten", "forget", "preview_forgetting"]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A person who was erased, or would be."""

    email: str
    #: the names of the person beside the address
    names: tuple[str, ...]
    #: the names that were replaced in all texts
    words: tuple[str, ...]
    #: the names of their Slack profile alone, which stay within longer texts
    chosen: tuple[str, ...]
    #: a name that stays in texts → the addresses of others who have it, too
    shared: Mapping[str, tuple[str, ...]]
    #: the pseudonym in place of names and address
    pseudonym: str
    #: the launches with a change
    launches: tuple[str, ...]
    #: table → rows with the pseudonym now
    changed: Mapping[str, int]
    #: table → rows that were deleted
    deleted: Mapping[str, int]
    #: finds the person in texts elsewhere
    replacer: Replacer = field(compare=False, repr=False)


def preview_forgetting(
    store: Store, email: str, *, names: Collection[str] = (), now: datetime
) -> Forgotten:
    """Show the effect of `forget`; nothing is written. Raises as `forget` does."""
    with store.trial() as session:
        return _carry_out(session, email, names, now=now)


def forget(
    store: Store, email: str, *, names: Collection[str] = (), now: datetime
) -> Forgotten:
    """Erase a person from the database.

    A pseudonym takes the place of the address, of the person's full names and of ``names``, in all
    tables and in the snapshots of briefs. A name that only their Slack profile has may be any
    words: it is replaced if it is the whole of a text. A name beside the address of another person
    stays, and a full name that another person has stays in texts, too, unless ``names`` has it.
    Their sessions, links, Slack profile and digests are deleted, and messages to them are no longer
    sent or edited. Raises Refused for a person with a part in a running launch, NotFound for an
    address that is nowhere.
    """
    with store.write() as session:
        found = _carry_out(session, email, names, now=now)
    store.shrink()
    return found


def _carry_out(
    session: Session, email: str, names: Collection[str], *, now: datetime
) -> Forgotten:
    must_be_email(email)
    launches = session.exec(
        select(Launch).order_by(col(Launch.slug)).with_for_update()
    ).all()
    parts = list(parts_held(session, launches, email, now=now))
    if parts:
        raise Refused(
            f"{email} still has a part: {'; '.join(parts)}; hand it over with "
            f"`launch-kits delegate --from {email} --to EMAIL --apply`, then forget them"
        )
    connection = session.connection()
    profiles = _profiles(session, email)
    deleted = _delete(session, email, profiles)
    ids = [each.id for each in profiles]
    theirs, others = _all_names(connection, email)
    in_slack = {each.name for each in profiles} - theirs - {*names}
    chosen = in_slack - {*others}
    # one word alone, such as Will, would be found in texts about others
    full = {name for name in theirs if len(name.split()) > 1} - {*names}
    words = {*names, *(full - {*others})}
    replacer = Replacer(email, names=words, ids=ids, others=others, alone=chosen)
    rows = find_rows(connection, replacer)
    if not rows and not any(deleted.values()):
        raise NotFound(f"{email} is nowhere in the database")
    pseudonym = next_pseudonym(connection)
    session.expunge_all()
    slugs = _replace(session, rows, replacer, pseudonym, now=now)
    _silence(session, pseudonym)
    acts = update(Event).where(col(Event.by) == pseudonym.email)
    session.exec(acts.values(origin=None))
    session.exec(
        update(Launch)
        .where(col(Launch.slug).in_(slugs))
        .values(revision=Launch.revision + 1)
    )
    return Forgotten(
        email=email,
        names=tuple(sorted(in_slack | theirs | words)),
        words=tuple(sorted(words)),
        chosen=tuple(sorted(chosen)),
        shared={name: others[name] for name in sorted((full | in_slack) & {*others})},
        pseudonym=pseudonym.name,
        launches=tuple(sorted(slugs)),
        changed=Counter(row.table.name for row in rows),
        deleted=deleted,
        replacer=replacer,
    )


def _all_names(
    connection: Connection, email: str
) -> tuple[set[str], dict[str, tuple[str, ...]]]:
    """The names beside an address, and those beside others with these addresses."""
    who = email.casefold()
    found = find_names(connection)
    others = {name: tuple(sorted(whose - {who})) for name, whose in found.items()}
    return (
        {name for name, whose in found.items() if who in whose},
        {name: whose for name, whose in others.items() if whose},
    )


def _profiles(session: Session, email: str) -> Sequence[SlackUser]:
    who = email.lower()
    told = func.lower(col(SlackUser.told_email)) == who
    query = select(SlackUser).where(or_(func.lower(col(SlackUser.email)) == who, told))
    return session.exec(query).all()


def _delete(
    session: Session, email: str, profiles: Sequence[SlackUser]
) -> Mapping[str, int]:
    """Delete the rows that are about a person alone; returns their number by table.

    Rows as they were before an act may name anyone: they go too, uncounted.
    """
    session.exec(delete(Undoable))
    ids = [each.id for each in profiles]
    conditions = {
        RoomSession: func.lower(col(RoomSession.email)) == email.lower(),
        RoomLink: func.lower(col(RoomLink.person)) == email.lower(),
        SlackUser: col(SlackUser.id).in_(ids),
        DigestDue: func.lower(col(DigestDue.person)) == email.lower(),
    }
    return {
        inspect(table).local_table.description: session.exec(
            delete(table).where(wanted)
        ).rowcount
        for table, wanted in conditions.items()
    }


def _replace(
    session: Session,
    rows: Sequence[FoundRow],
    replacer: Replacer,
    pseudonym: Pseudonym,
    *,
    now: datetime,
) -> set[str]:
    """Put the pseudonym in place of a person; returns the launches with a change."""
    connection = session.connection()
    digests: dict[str, str] = {}
    for row in rows:
        values = write(connection, row, replacer, pseudonym)
        if row.table.name == DocumentVersion.__tablename__:
            digests[values["digest"]] = digest_of(values["content"])
        elif row.table.name == Answered.__tablename__:
            _empty(session, values["key"], now=now)
    slugs = {row.launch for row in rows if row.launch}
    for slug in slugs:
        _renew_digests(session, slug, digests)
    # computed again from the launch, and kept as text in which a name may be escaped
    for table in (KeptTasks, OverviewRow):
        session.exec(delete(table).where(col(table.launch).in_(slugs)))
    return slugs


def _empty(session: Session, key: str, *, now: datetime) -> None:
    """Delete the content of a request of the person; it stays answered."""
    done_at = func.coalesce(Answered.done_at, now)
    session.exec(
        update(Answered)
        .where(col(Answered.key) == key)
        .values(payload=None, response=None, done_at=done_at)
    )


def _renew_digests(session: Session, slug: str, digests: Mapping[str, str]) -> None:
    """Let versions, approvals and questions name the digests of the contents as they are now."""
    versions = select(DocumentVersion).where(
        DocumentVersion.launch == slug, col(DocumentVersion.digest).in_(list(digests))
    )
    for version in session.exec(versions):
        version.digest = digests[version.digest]
        session.add(version)
    for event in session.exec(select(Event).where(Event.launch == slug)):
        if new := digests.get(str(event.data.get("content"))):
            event.data = {**event.data, "content": new}
            session.add(event)
    for notice in session.exec(select(Notice).where(Notice.launch == slug)):
        if new := digests.get(str(notice.facts.get("content"))):
            notice.facts = {**notice.facts, "content": new}
            session.add(notice)


def _silence(session: Session, pseudonym: Pseudonym) -> None:
    """Send and edit no message to a forgotten person."""
    theirs = update(Notice).where(col(Notice.to) == pseudonym.email)
    waiting = col(Notice.status).in_([NoticeStatus.PENDING, NoticeStatus.SENDING])
    session.exec(
        theirs.where(waiting).values(
            status=NoticeStatus.DROPPED,
            lease_by=None,
            lease_until=None,
            error=FORGOTTEN,
        )
    )
    session.exec(
        theirs.values(
            channel=None,
            ts=None,
            history_ts=None,
            permalink=None,
            file_id=None,
            file_link=None,
            outdated=False,
        )
    )
