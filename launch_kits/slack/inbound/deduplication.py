"""Recognise requests that are sent again while they are answered, or soon after."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

__all__ = ["Replays"]

Answer = TypeVar("Answer")

#: seconds for which a signature is valid, and a little more
SIGNED_FOR = 330.0
#: the most answers that are kept
MOST = 4096


class Replays(Generic[Answer]):
    """Gives equal requests the answer of the first one.

    Answers are kept as long as the signature is valid. ``clock`` counts seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        #: signature → time of arrival, and the answer, perhaps still pending; oldest first
        self._answers: dict[str, tuple[float, Future[Answer]]] = {}

    def answer(self, signature: str, work: Callable[[], Answer]) -> Answer:
        """Return the answer to a request; raises the error of the first one."""
        now = self._clock()
        with self._lock:
            for old, (came, _) in list(self._answers.items()):
                if now - came < SIGNED_FOR and len(self._answers) < MOST:
                    break
                del self._answers[old]
            earlier = self._answers.get(signature)
            if earlier is None:
                mine: Future[Answer] = Future()
                self._answers[signature] = now, mine
        if earlier is not None:
            return earlier[1].result()
        try:
            mine.set_result(work())
        except Exception as error:
            mine.set_exception(error)
            raise
        return mine.result()
