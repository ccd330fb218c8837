"""Follow-ups of changes, after the answer to the user.

Several changes of a launch at the same time cause one follow-up.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

__all__ = ["FollowUps"]

#: launches that are followed up at once; each may wait seconds for its run
AT_ONCE = 4

_log = logging.getLogger(__name__)


class FollowUps:
    """Calls ``follow_up`` for changed launches, in separate threads."""

    def __init__(self, follow_up: Callable[[str], None]) -> None:
        self._follow_up = follow_up
        self._lock = threading.Lock()
        #: launches that are asked for and not begun
        self._asked: set[str] = set()
        #: launches at work, which must not be begun again
        self._at_work: set[str] = set()
        self._closed = False
        self._threads = ThreadPoolExecutor(
            AT_ONCE, thread_name_prefix="slack-follow-up"
        )

    def ask(self, launch: str) -> None:
        """Follow up a launch soon.

        A launch that is asked for again before its follow-up begins is followed up once. After
        `close` the next sweep does it.
        """
        with self._lock:
            if self._closed:
                return
            self._asked.add(launch)
            if launch in self._at_work:
                return
            self._at_work.add(launch)
            self._threads.submit(self._run, launch)

    def close(self) -> None:
        """Finish follow-ups at work, and leave the others to the next sweep."""
        with self._lock:
            self._asked.clear()
            self._closed = True
        self._threads.shutdown(cancel_futures=True)

    def _run(self, launch: str) -> None:
        with self._lock:
            self._asked.discard(launch)
        try:
            self._follow_up(launch)
        except Exception:  # noqa: BLE001  the change is made, and other launches must go on
            _log.exception(
                "a follow-up failed; the next sweep does it",
                extra={"launch": launch},
            )
        with self._lock:
            if launch not in self._asked:
                self._at_work.discard(launch)
                return
            # Last in the queue, so that a launch that keeps changing does not hold up the others.
            self._threads.submit(self._run, launch)
