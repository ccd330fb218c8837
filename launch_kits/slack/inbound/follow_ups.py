"""What follows a change is brought about behind its answer, once for many changes of a launch at the same time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

__all__ = ["FollowUps"]

#: launches that are seen to at once; each may wait seconds for its run
AT_ONCE = 4

_log = logging.getLogger(__name__)


class FollowUps:
    """Calls ``bring_about`` for launches that were changed, in threads of its own."""

    def __init__(self, bring_about: Callable[[str], None]) -> None:
        self._bring_about = bring_about
        self._lock = threading.Lock()
        #: asked for and not begun; those at work, which must not be begun twice at once
        self._asked: set[str] = set()
        self._at_work: set[str] = set()
        self._closed = False
        self._threads = ThreadPoolExecutor(
            AT_ONCE, thread_name_prefix="slack-follow-up"
        )

    def ask(self, launch: str) -> None:
        """See to a launch soon; asked again before that began, it is done once.

        After `close` the next sweep sees to it.
        """
        with self._lock:
            if self._closed:
                return
            self._asked.add(launch)
            if launch in self._at_work:
                return
            self._at_work.add(launch)
            self._threads.submit(self._see_to, launch)

    def close(self) -> None:
        """Finish what is at work; what was only asked for is left to the next sweep."""
        with self._lock:
            self._asked.clear()
            self._closed = True
        self._threads.shutdown(cancel_futures=True)

    def _see_to(self, launch: str) -> None:
        with self._lock:
            self._asked.discard(launch)
        try:
            self._bring_about(launch)
        except Exception:  # noqa: BLE001  the change is made, and must not end what sees to others
            _log.exception(
                "what follows a change has to wait for the next sweep",
                extra={"launch": launch},
            )
        with self._lock:
            if launch not in self._asked:
                self._at_work.discard(launch)
                return
            # Behind the others that wait: a launch that changes all the time takes turns with them.
            self._threads.submit(self._see_to, launch)
