"""Sessions: who is signed in with which browser, as rows that can be revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, delete, select

from launch_kits.database.records import RoomSession
from launch_kits.database.store import Store

__all__ = [
    "digest_of",
    "end_session",
    "new_secret",
    "open_session",
    "read_session",
    "sessions_of",
]

#: how long a session lasts without a new sign-in
LIFE = timedelta(days=14)
#: an ended session is kept for a while, so that its end can be explained
KEPT = timedelta(days=30)
#: how old the note of the last visit may be before it is written again
SEEN = timedelta(minutes=10)


def new_secret() -> str:
    """A text of 256 random bits that no one can guess, for a cookie or an address."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """SHA-256 of a secret, in hexadecimal; only this is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_session(store: Store, email: str, *, method: str, now: datetime) -> str:
    """Sign a person in; returns the secret for the browser's cookie."""
    secret = new_secret()
    with store.write() as session:
        old = col(RoomSession.ends_at) < now - KEPT
        session.exec(delete(RoomSession).where(old))
        session.add(
            RoomSession(
                digest=digest_of(secret),
                email=email,
                method=method,
                made_at=now,
                seen_at=now,
                ends_at=now + LIFE,
            )
        )
    return secret


def read_session(store: Store, secret: str, *, now: datetime) -> RoomSession | None:
    """The session of a secret; None if it is unknown, over or revoked."""
    with store.read() as session:
        found = session.get(RoomSession, digest_of(secret))
    if found is None or found.revoked_at or found.ends_at <= now:
        return None
    if now - found.seen_at > SEEN:
        _note_visit(store, found.digest, now)
    return found


def sessions_of(store: Store, email: str, *, now: datetime) -> Sequence[RoomSession]:
    """The sessions of a person that are open, the last visit first."""
    query = select(RoomSession).where(
        RoomSession.email == email,
        col(RoomSession.revoked_at).is_(None),
        col(RoomSession.ends_at) > now,
    )
    with store.read() as session:
        return session.exec(
            query.order_by(col(RoomSession.seen_at).desc(), RoomSession.digest)
        ).all()


def end_session(store: Store, digest: str, *, email: str, now: datetime) -> bool:
    """Revoke a session of a person; returns False if they have none of this digest."""
    with store.write() as session:
        found = session.get(RoomSession, digest)
        if found is None or found.email != email or found.revoked_at:
            return False
        found.revoked_at = now
        session.add(found)
        return True


def _note_visit(store: Store, digest: str, now: datetime) -> None:
    with store.write() as session:
        found = session.get(RoomSession, digest)
        if found is not None:
            found.seen_at = now
            session.add(found)
