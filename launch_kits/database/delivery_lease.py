"""Which process delivers: one at a time.

One process at a time delivers to Slack, by a lease in the database. So a single place keeps the
pace of every channel and obeys ``Retry-After`` for all, threads and processes alike. Prefect's
global concurrency limits would do the same only with a Prefect server; launches run without one
too, and the sweep of the command line as well. The lease is for pace: that nothing is sent twice is
each notice's own claim to see to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from launch_kits.database.records import Lease
from launch_kits.database.store import Store

__all__ = ["LEASE", "RENEW_EVERY", "delivering", "renew"]

#: the lease's name
NAME = "delivery"
#: how long a process that was killed keeps the others waiting
LEASE = timedelta(seconds=60)
#: by how much clocks may differ; a lease that ends later still is by a clock that was set
#: otherwise, and would hold for as long as that is ahead
CLOCKS = timedelta(minutes=10)
#: seconds between two renewals
RENEW_EVERY = 15.0
#: seconds between two looks at whether the lease is free
LOOK_EVERY = 0.2


@contextmanager
def delivering(
    store: Store, *, by: str, now: Callable[[], datetime], patience: float
) -> Iterator[bool]:
    """Hold the lease.

    Returns False if another process kept it for longer than ``patience`` seconds.
    """
    until = time.monotonic() + patience
    while not (held := _take(store, by=by, now=now())) and time.monotonic() < until:
        time.sleep(LOOK_EVERY)
    try:
        yield held
    finally:
        if held:
            with store.write() as session:
                session.exec(
                    delete(Lease).where(col(Lease.name) == NAME, col(Lease.by) == by)
                )


def renew(store: Store, *, by: str, now: datetime) -> bool:
    """Hold the lease longer.

    Returns False if it was lost, as by a machine that slept.
    """
    with store.write() as session:
        mine = and_(col(Lease.name) == NAME, col(Lease.by) == by)
        return bool(
            session.exec(update(Lease).where(mine).values(until=now + LEASE)).rowcount
        )


def _take(store: Store, *, by: str, now: datetime) -> bool:
    free = or_(col(Lease.until) <= now, col(Lease.until) > now + LEASE + CLOCKS)
    try:
        with store.write() as session:
            lapsed = (
                update(Lease)
                .where(col(Lease.name) == NAME, free)
                .values(by=by, until=now + LEASE)
            )
            if session.exec(lapsed).rowcount:
                return True
            if session.get(Lease, NAME) is not None:
                return False
            session.add(Lease(name=NAME, by=by, until=now + LEASE))
    except IntegrityError:  # another was a moment faster
        return False
    return True
