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


class AckPriority:
    """Counts the acknowledgements under way, so that work can wait for them."""

    def __init__(self) -> None:
        self._quiet = threading.Condition()
        self._waiting = 0

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
