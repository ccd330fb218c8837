"""Requests of Slack's that were answered.

The same one sent again changes nothing, and is answered the same.
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

#: Slack gives up after an hour
KEPT = timedelta(days=2)
#: seconds after which a signature is no longer taken, and a little
SIGNED_FOR = 330.0
#: answers kept at most
MOST = 4096


class Replays(Generic[Answer]):
    """Gives the answer of the first of several equal requests to all of them, for as long as their
    signature counts.

    ``clock`` counts seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        #: signature → when it came, and its answer, which may still be on its way; oldest first
        self._answers: dict[str, tuple[float, Future[Answer]]] = {}

    def answer(self, signature: str, work: Callable[[], Answer]) -> Answer:
        """The answer to a request; raises what the first one raised."""
        now = self._clock()
        with self._lock:
            for old, (came, _) in list(self._answers.items()):
                if now - came < SIGNED_FOR and len(self._answers) < MOST:
                    break
                del self._answers[old]
            there = self._answers.get(signature)
            if there is None:
                mine: Future[Answer] = Future()
                self._answers[signature] = now, mine
        if there is not None:
            return there[1].result()
        try:
            mine.set_result(work())
        except Exception as error:
            mine.set_exception(error)
            raise
        return mine.result()


def was_answered(store: Store, key: str) -> bool:
    """Whether something was heard of before, by any process."""
    with store.read() as session:
        return session.get(Answered, key) is not None


def first_time(store: Store, *keys: str, now: datetime) -> bool:
    """Whether something is heard of for the first time, by all processes.

    From then on it is not.
    """
    try:
        with store.write() as session:
            session.exec(delete(Answered).where(col(Answered.at) < now - KEPT))
            session.add_all(Answered(key=key, at=now) for key in keys)
    except IntegrityError:
        return False
    return True
