"""A stop of all deliveries, while Slack refuses the token."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlmodel import Session

from launch_kits.database.records import RateLimit
from launch_kits.database.store import Store

__all__ = ["AGAIN_AFTER", "problem_of", "stop"]

#: how long Slack is left alone after it refused the token
AGAIN_AFTER = timedelta(minutes=15)


def stop(session: Session, token: str, *, now: datetime) -> None:
    """Deliver nothing with a token for a while; another token is used at once."""
    session.merge(RateLimit(name=_name(token), until=now + AGAIN_AFTER))


def problem_of(store: Store, token: str, *, now: datetime) -> str | None:
    """A sentence about the stop of a token; None if the token can be used."""
    with store.read() as session:
        row = session.get(RateLimit, _name(token))
    if row is None or row.until <= now:
        return None
    return (
        f"Slack refused the token; it is tried again after {row.until:%H:%M} UTC, "
        "or at once with another SLACK_BOT_TOKEN"
    )


def _name(token: str) -> str:
    return f"token {hashlib.sha256(token.encode()).hexdigest()[:16]}"
