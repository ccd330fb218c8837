"""Acknowledgements go before work.

Slack waits three seconds for the one, and for the other as long as it takes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["AckPriority"]

#: seconds for which a piece of work lets others go first
PATIENCE = 0.4


class AckPriority:
    """Knows whether somebody is being acknowledged right now."""

    def __init__(self) -> None:
        self._quiet = threading.Condition()
        self._waiting = 0

    @contextmanager
    def acknowledging(self) -> Iterator[None]:
        """A while in which work holds back."""
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
        """Wait until nobody is being acknowledged, or patience ends."""
        with self._quiet:
            self._quiet.wait_for(lambda: not self._waiting, patience)
