"""Clicks, modals and commands that were acted on: the same one sent again changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete

from launch_kits.records import Answered
from launch_kits.store import Store

__all__ = ["KEPT", "first_time"]

#: Slack gives up after an hour
KEPT = timedelta(days=2)


def first_time(store: Store, key: str, *, now: datetime) -> bool:
    """Whether something is heard of for the first time, by all processes; from then on it is not."""
    try:
        with store.write() as session:
            session.exec(delete(Answered).where(col(Answered.at) < now - KEPT))
            session.add(Answered(key=key, at=now))
    except IntegrityError:
        return False
    return True
