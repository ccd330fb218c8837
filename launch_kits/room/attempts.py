"""A limit on attempts to sign in, for each address."""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timedelta

__all__ = ["Attempts"]

#: attempts of an address within a span of time
MOST = 20
SPAN = timedelta(minutes=5)
#: addresses that are remembered
ADDRESSES = 10_000


class Attempts:
    """The last attempts of each address, in this process; threads may share it."""

    def __init__(self) -> None:
        self._made: dict[str, deque[datetime]] = {}
        self._lock = threading.Lock()

    def allow(self, address: str, *, now: datetime) -> bool:
        """Note an attempt; returns False if there were too many of late."""
        with self._lock:
            made = self._made.pop(address, deque())
            while made and now - made[0] > SPAN:
                made.popleft()
            allowed = len(made) < MOST
            if allowed:
                made.append(now)
            self._made[address] = made
            while len(self._made) > ADDRESSES:
                self._made.pop(next(iter(self._made)))
            return allowed
