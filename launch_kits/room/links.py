"""Links that show a part of a launch to a reader who holds them: read-only, revocable, logged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import Session, col, select

from launch_kits.database.queries import find_launch
from launch_kits.database.records import LinkUse, RoomLink
from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.inputs.audience import Audience
from launch_kits.room.sessions import digest_of, new_secret

__all__ = [
    "LIFE",
    "CountedLink",
    "LinkKind",
    "find_link",
    "links_of",
    "make_link",
    "read_link",
    "revoke_link",
]

#: how long a link works unless its maker says otherwise
LIFE = timedelta(days=30)
#: a link that is asked for again by the same address is noted once in this time
NOTED = timedelta(minutes=10)


class LinkKind(StrEnum):
    """The part of a launch that a link opens."""

    #: state, dates and tasks, for colleagues without a sign-in
    LAUNCH = "launch"
    #: the finished documents of an audience
    DOCUMENTS = "documents"
    #: due days as a feed
    CALENDAR = "calendar"
    #: the timeline as an image, and as a frame for other sites
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A link, and how often it was read."""

    link: RoomLink
    reads: int
    last_read_at: datetime | None


def make_link(
    store: Store,
    slug: str,
    *,
    kind: LinkKind,
    audience: Audience,
    by: str,
    now: datetime,
    task: str | None = None,
    person: str | None = None,
    sites: Collection[str] = (),
    life: timedelta | None = LIFE,
) -> str:
    """Make a link to a part of a launch for an audience; returns the secret of its address.

    Only a digest of the secret is stored, so it cannot be shown again. ``life`` is None for a link
    that works until it is revoked. ``sites`` may show it within their pages. A new calendar link
    ends those that its maker made for the same person. Raises NotFound.
    """
    secret = new_secret()
    with store.write() as session:
        find_launch(session, slug)
        if kind is LinkKind.CALENDAR:
            _end_calendars(session, slug, by=by, person=person, now=now)
        session.add(
            RoomLink(
                digest=digest_of(secret),
                kind=kind,
                launch=slug,
                audience=audience,
                task=task,
                person=person,
                sites=" ".join(sites) or None,
                made_by=by,
                made_at=now,
                ends_at=now + life if life else None,
            )
        )
    return secret


def _end_calendars(
    session: Session, slug: str, *, by: str, person: str | None, now: datetime
) -> None:
    """End the calendar links that a person made for someone, or for the launch."""
    query = select(RoomLink).where(
        RoomLink.launch == slug,
        RoomLink.kind == LinkKind.CALENDAR,
        RoomLink.made_by == by,
        RoomLink.person == person,
        col(RoomLink.revoked_at).is_(None),
    )
    for link in session.exec(query).all():
        link.revoked_at = now
        session.add(link)


def read_link(
    store: Store,
    secret: str,
    *,
    kinds: Collection[str],
    peer: str | None,
    now: datetime,
) -> RoomLink:
    """Find the link of a secret, and note that an address read it.

    Raises NotFound for a link that is unknown, of another kind, over or revoked; all of them are
    refused in the same words.
    """
    with store.read() as session:
        query = select(RoomLink).where(RoomLink.digest == digest_of(secret))
        link = session.exec(query).first()
        known = link is not None and link.kind in kinds and link.revoked_at is None
        if not known or link is None or (link.ends_at and link.ends_at <= now):
            raise NotFound(
                "this link does not work any more; ask the person who sent it for a new one"
            )
        reads = select(LinkUse.at).where(LinkUse.link == link.id)
        lately = reads.where(LinkUse.peer == peer, col(LinkUse.at) > now - NOTED)
        noted = session.exec(lately).first() is not None
    if not noted:
        with store.write() as session:
            session.add(LinkUse(link=link.id, at=now, peer=peer))
    return link


def find_link(store: Store, slug: str, number: int) -> RoomLink:
    """A link of a launch by its number; raises NotFound for one that is not there or over."""
    with store.read() as session:
        link = session.get(RoomLink, number)
    if link is None or link.launch != slug or link.revoked_at:
        raise NotFound("the launch has no such link; load the page again")
    return link


def revoke_link(store: Store, slug: str, number: int, *, now: datetime) -> None:
    """End a link of a launch; raises NotFound for one that is not there or over."""
    with store.write() as session:
        link = session.get(RoomLink, number)
        if link is None or link.launch != slug or link.revoked_at:
            raise NotFound("the launch has no such link; load the page again")
        link.revoked_at = now
        session.add(link)


def links_of(store: Store, slug: str, *, now: datetime) -> Sequence[CountedLink]:
    """The links of a launch that work, newest first, with their use."""
    works = (
        RoomLink.launch == slug,
        col(RoomLink.revoked_at).is_(None),
        col(RoomLink.ends_at).is_(None) | (col(RoomLink.ends_at) > now),
    )
    uses = (
        select(RoomLink, func.count(col(LinkUse.id)), func.max(col(LinkUse.at)))
        .join(LinkUse, col(LinkUse.link) == col(RoomLink.id), isouter=True)
        .where(*works)
        .group_by(col(RoomLink.id))
        .order_by(col(RoomLink.made_at).desc(), col(RoomLink.id).desc())
    )
    with store.read() as session:
        return [CountedLink(*row) for row in session.exec(uses).all()]
