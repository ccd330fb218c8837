"""Acknowledgements take priority over work.

Slack waits three seconds for an acknowledgement, and any time for the work.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["AckPriority"]

#: seconds for which work waits for acknowledgements
PATIENCE = 0.4
#: seconds for which work waits for its turn; what opens a modal has three in all
TURN_PATIENCE = 2.0


class AckPriority:
    """Counts the acknowledgements under way, so that work can wait for them.

    Work waits before each of its transactions, and never within one: acknowledgements may need the
    lock that it holds. One piece of work at a time has its turn, because others beside it would
    only keep acknowledgements from the interpreter; during its calls to Slack another one has it.
    Every wait is short, and work goes on after it in any case.
    """

    def __init__(self) -> None:
        self._quiet = threading.Condition()
        self._waiting = 0
        self._turn = threading.Semaphore()
        #: whether the thread is within a transaction, and whether it has its turn
        self._here = threading.local()

    @contextmanager
    def acknowledging(self) -> Iterator[None]:
        """Mark an acknowledgement as under way."""
        with self._quiet:
            self._waiting += 1
        try:
            yield
        finally:
            with self._quiet:
                self._waiting -= 1
                if not self._waiting:
                    self._quiet.notify_all()

    def let_pass(self, patience: float = PATIENCE) -> None:
        """Wait until no acknowledgement is under way, at most ``patience`` seconds."""
        with self._quiet:
            self._quiet.wait_for(lambda: not self._waiting, patience)

    @contextmanager
    def transaction(self, patience: float = PATIENCE) -> Iterator[None]:
        """Let acknowledgements pass before a transaction of work, unless it is within another."""
        if getattr(self._here, "inside", False):
            yield
            return
        self.let_pass(patience)
        self._here.inside = True
        try:
            yield
        finally:
            self._here.inside = False

    @contextmanager
    def working(self, patience: float = TURN_PATIENCE) -> Iterator[None]:
        """Have a turn for a piece of work."""
        self._here.turn = self._turn.acquire(timeout=patience)
        try:
            yield
        finally:
            self._end_turn()

    @contextmanager
    def calling(self, patience: float = TURN_PATIENCE) -> Iterator[None]:
        """Leave the turn to another piece of work during a call, if the thread has it."""
        had_it = self._end_turn()
        try:
            yield
        finally:
            if had_it:
                self._here.turn = self._turn.acquire(timeout=patience)

    def _end_turn(self) -> bool:
        """Give the thread's turn up; returns whether it had it."""
        had_it = getattr(self._here, "turn", False)
        self._here.turn = False
        if had_it:
            self._turn.release()
        return bool(had_it)
