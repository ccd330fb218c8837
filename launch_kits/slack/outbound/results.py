"""The results of one delivery, counted by many threads."""

from __future__ import annotations

import threading
from collections import Counter

__all__ = ["Results"]


class Results:
    """The number of notices and edits by result, and a sentence for each fault."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []

    def count(self, result: str, number: int = 1) -> None:
        """Count results of one kind."""
        with self._lock:
            self.counts[result] += number

    def problem(self, sentence: str) -> None:
        """Add a fault, with its remedy."""
        with self._lock:
            self.problems.append(sentence)
