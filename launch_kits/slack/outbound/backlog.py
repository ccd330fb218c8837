"""The backlog of one delivery: the notices and edits that were pending when it began.

It takes no later ones, so that the delivery ends if launches are busy.
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

    Each reader has a lane of their own, until they move into another's. Notices that are filed or
    changed meanwhile are left to the next delivery, except those that this one files itself. Many
    threads may use it.
    """

    def __init__(
        self, notices: Iterable[tuple[str, str]], edits: Iterable[tuple[str, str]]
    ) -> None:
        """``notices`` and ``edits`` by key and reader, in their order."""
        self._lock = threading.Lock()
        #: key → its place in the order of all
        self._ranks: dict[str, int] = {}
        #: reader → their pending notices
        self._notices: dict[str, Heap] = defaultdict(list)
        self._edits: dict[str, Heap] = defaultdict(list)
        #: reader → their lane, if it is not their own
        self._lane_of: dict[str, str] = {}
        for key, to in notices:
            self.add_notice(key, to)
        for key, to in edits:
            self.add_edit(key, to)

    @classmethod
    def read(cls, session: Session, *, now: datetime, launch: str | None) -> Self:
        """Return the backlog at an instant, of one launch or of all."""
        notices = outbox.pending_keys(session, now=now, launch=launch)
        return cls(notices, outbox.pending_edits(session, now=now, launch=launch))

    def __bool__(self) -> bool:
        return bool(self.lanes())

    def lanes(self) -> set[str]:
        """Return the lanes that are not empty."""
        with self._lock:
            waiting = [
                to
                for heaps in (self._notices, self._edits)
                for to, heap in heaps.items()
                if heap
            ]
            return {self._lane_of.get(to, to) for to in waiting}

    def add_notice(self, key: str, to: str) -> None:
        """Add a notice, or add it again at its earlier place."""
        self._add(self._notices, key, to)

    def add_edit(self, key: str, to: str) -> None:
        """Add an edit, or add it again at its earlier place."""
        self._add(self._edits, key, to)

    def next_notice(self, lane: str) -> str | None:
        """Take out a lane's next notice; returns its key, or None if there is none."""
        return self._next(self._notices, lane)

    def next_edit(self, lane: str) -> str | None:
        """Take out a lane's next edit; returns its key, or None if there is none."""
        return self._next(self._edits, lane)

    def move(self, to: str, lane: str) -> None:
        """Move a reader into another lane from now on."""
        with self._lock:
            self._lane_of[to] = lane

    def _add(self, heaps: dict[str, Heap], key: str, to: str) -> None:
        with self._lock:
            rank = self._ranks.setdefault(key, len(self._ranks))
            heapq.heappush(heaps[to], (rank, key))

    def _next(self, heaps: dict[str, Heap], lane: str) -> str | None:
        with self._lock:
            members = [
                heap
                for to, heap in heaps.items()
                if heap and self._lane_of.get(to, to) == lane
            ]
            if not members:
                return None
            _, key = heapq.heappop(min(members))
            return key
