"""Recognise requests that Slack sends again.

A repeated request changes nothing and gets the same answer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete

from launch_kits.database.records import Answered
from launch_kits.database.store import Store

__all__ = ["KEPT", "Replays", "first_time", "was_answered"]

Answer = TypeVar("Answer")

#: how long keys are kept; Slack sends a request again for an hour
KEPT = timedelta(days=2)
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


def was_answered(store: Store, key: str) -> bool:
    """Whether any process has seen a key before."""
    with store.read() as session:
        return session.get(Answered, key) is not None


def first_time(store: Store, *keys: str, now: datetime) -> bool:
    """Record keys that no process has seen before.

    Returns False if any of them is known already.
    """
    try:
        with store.write() as session:
            session.exec(delete(Answered).where(col(Answered.at) < now - KEPT))
            session.add_all(Answered(key=key, at=now) for key in keys)
    except IntegrityError:
        return False
    return True
