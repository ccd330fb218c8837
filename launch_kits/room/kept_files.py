"""Files of documents that were made, kept until something that they show can differ."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock

__all__ = ["KeptFiles"]

#: bytes of all files that are kept; those asked for longest ago go first
MOST_BYTES = 32 * 1024 * 1024


class KeptFiles:
    """The files that readers asked for, each made once for one state of its launch.

    They are made one after the other, so that many requests at once cost one file. Threads may
    share it.
    """

    def __init__(self, *, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: dict[Hashable, tuple[Hashable, bytes]] = {}
        self._making = Lock()

    def of(self, key: Hashable, *, state: Hashable, make: Callable[[], bytes]) -> bytes:
        """The file of a key, made anew if the state differs; raises as ``make`` does."""
        with self._making:
            before, content = self._kept.pop(key, (None, b""))
            if before != state:
                content = make()
            self._kept[key] = state, content
            while sum(len(held) for _, held in self._kept.values()) > self._most:
                self._kept.pop(next(iter(self._kept)))
        return content
