"""What one delivery owes.

What waited when it began, so that it ends however busy the launches are.
"""

from __future__ import annotations

import heapq
import threading
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from sqlmodel import Session

from launch_kits import outbox

__all__ = ["Backlog"]

Heap = list[tuple[int, str]]


class Backlog:
    """The notices to send, each once, and the messages to bring up to date, each once, in lanes.

    Each reader has a lane of their own, until they move into another's. What is filed or changed
    meanwhile is left to the next delivery; only what this one brings about itself is added. May be
    used by many threads.
    """

    def __init__(
        self, notices: Iterable[tuple[str, str]], edits: Iterable[tuple[str, str]]
    ) -> None:
        """``notices`` and ``edits`` by key and reader, in their order."""
        self._lock = threading.Lock()
        #: key → its place in the order of all
        self._ranks: dict[str, int] = {}
        #: reader → what waits for them
        self._notices: dict[str, Heap] = defaultdict(list)
        self._edits: dict[str, Heap] = defaultdict(list)
        #: reader → the lane that theirs go in, where it is not their own
        self._homes: dict[str, str] = {}
        for key, to in notices:
            self.add_notice(key, to)
        for key, to in edits:
            self.add_edit(key, to)

    @classmethod
    def read(cls, session: Session, *, now: datetime, launch: str | None) -> Self:
        """What is owed at an instant, of one launch or of all."""
        notices = outbox.owed(session, now=now, launch=launch)
        return cls(notices, outbox.edits_owed(session, launch=launch))

    def __bool__(self) -> bool:
        return bool(self.lanes())

    def lanes(self) -> set[str]:
        """The lanes in which something waits."""
        with self._lock:
            waiting = [
                to
                for heaps in (self._notices, self._edits)
                for to, heap in heaps.items()
                if heap
            ]
            return {self._homes.get(to, to) for to in waiting}

    def add_notice(self, key: str, to: str) -> None:
        """Owe a notice, or owe it again: it goes back to its place."""
        self._add(self._notices, key, to)

    def add_edit(self, key: str, to: str) -> None:
        """Owe an edit, or owe it again: it goes back to its place."""
        self._add(self._edits, key, to)

    def next_notice(self, lane: str) -> str | None:
        """Take a lane's next notice out; its key, or None without any."""
        return self._next(self._notices, lane)

    def next_edit(self, lane: str) -> str | None:
        """Take the next message to bring up to date out of a lane; its key, or None without any."""
        return self._next(self._edits, lane)

    def move(self, to: str, lane: str) -> None:
        """Let what is for a reader go in another lane from now on."""
        with self._lock:
            self._homes[to] = lane

    def _add(self, heaps: dict[str, Heap], key: str, to: str) -> None:
        with self._lock:
            rank = self._ranks.setdefault(key, len(self._ranks))
            heapq.heappush(heaps[to], (rank, key))

    def _next(self, heaps: dict[str, Heap], lane: str) -> str | None:
        with self._lock:
            members = [
                heap
                for to, heap in heaps.items()
                if heap and self._homes.get(to, to) == lane
            ]
            if not members:
                return None
            _, key = heapq.heappop(min(members))
            return key
