"""The memory of sweeps: when the last one ended, and how it went."""

from __future__ import annotations

from datetime import datetime

from launch_kits.database.records import LAST, LastSweep
from launch_kits.database.store import Store

__all__ = ["last_sweep", "note_sweep"]


def note_sweep(
    store: Store, *, ended_at: datetime, seconds: float, problems: int
) -> None:
    """Note a sweep that ended; raises DatabaseError.

    ``seconds`` is its duration, ``problems`` the number of problems that it reported.
    """
    with store.write() as session:
        row = session.get(LastSweep, LAST) or LastSweep(ended_at=ended_at, seconds=0)
        row.ended_at = ended_at
        row.seconds = seconds
        row.problems = problems
        row.count += 1
        session.add(row)


def last_sweep(store: Store) -> LastSweep | None:
    """The sweep that ended last; None if there was none. Raises DatabaseError."""
    with store.read() as session:
        return session.get(LastSweep, LAST)
