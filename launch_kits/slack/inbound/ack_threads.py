"""Threads that stand ready to acknowledge Slack's requests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from typing import ParamSpec, TypeVar

__all__ = ["AckThreads"]

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")

#: threads that answer Slack, apart from those of pages
THREADS = 32


class AckThreads:
    """A fixed number of threads, all of which run from the beginning.

    A thread that is started while others are at work waits for them at its start, and so does the
    one that starts it: fifty of them took seconds. ``around`` is entered for each request from its
    arrival, before a thread takes it, to its answer.
    """

    def __init__(
        self,
        around: Callable[[], AbstractContextManager[object]],
        *,
        threads: int = THREADS,
    ) -> None:
        self._around = around
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="slack-ack")
        # the executor starts a thread for each job only while all others are taken
        all_here = threading.Barrier(threads)
        for _ in range(threads):
            self._threads.submit(all_here.wait)

    def submit(
        self,
        work: Callable[_Given, _Answer],
        /,
        *given: _Given.args,
        **named: _Given.kwargs,
    ) -> Future[_Answer]:
        """Answer a request in one of the threads."""
        waiting = ExitStack()
        waiting.enter_context(self._around())
        with waiting:
            future = self._threads.submit(work, *given, **named)
            ended = waiting.pop_all()
        future.add_done_callback(lambda _: ended.close())
        return future

    def close(self) -> None:
        """Answer the requests that have arrived, and end the threads."""
        self._threads.shutdown()
