"""Leftovers of a test: threads and processes that it began and did not end.

A thread left behind works on while other tests run: it writes into their databases, draws from
`random` under Hypothesis, and keeps the run from ending.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import WeakSet

#: seconds that a thread or process may take to end: more than it needs on a machine of any load
PATIENCE = 300.0
#: libraries' own threads, which are begun once for a whole process and end with it
#: Prefect's sleep until a caller asks them for something
SHARED_THREADS = ("GlobalEventLoopThread", "RunSyncEventLoopThread")
#: Python's own helper of `multiprocessing`, one for a whole process
SHARED_PROCESSES = (b"multiprocessing.resource_tracker",)


class Leftovers:
    """The threads and processes of this process.

    Those of fixtures that outlive a test are theirs.
    """

    def __init__(self) -> None:
        self._threads: WeakSet[threading.Thread] = WeakSet()
        self._children: set[int] = set()

    @contextmanager
    def owned(self) -> Iterator[None]:
        """Threads and processes begun here belong to a fixture, which ends them."""
        threads = _threads()
        children = _children()
        yield
        self._threads.update(_threads() - threads)
        self._children |= _children() - children

    @contextmanager
    def none_of_a_test(self) -> Iterator[None]:
        """Raise AssertionError for a thread or process that began here and has not ended."""
        threads = _threads()
        children = _children()
        yield
        until = time.monotonic() + PATIENCE
        while left := self._left(threads, children):
            assert time.monotonic() < until, f"the test left behind: {', '.join(left)}"
            time.sleep(0.01)

    def _left(self, threads: set[threading.Thread], children: set[int]) -> list[str]:
        began = [
            thread for thread in _threads() - threads if thread not in self._threads
        ]
        left = [
            f"thread {each.name}"
            for each in began
            if not each.name.startswith(SHARED_THREADS)
        ]
        for child in _children() - children - self._children:
            command = _command(child)
            if command and not any(shared in command for shared in SHARED_PROCESSES):
                left.append(f"process {child}: {command.decode(errors='replace')}")
        return left


def _threads() -> set[threading.Thread]:
    return set(threading.enumerate())


def _children() -> set[int]:
    """The processes begun by this one, as Linux lists them; none on other systems."""
    found: set[int] = set()
    for path in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        with suppress(FileNotFoundError):  # the thread has ended meanwhile
            found.update(map(int, path.read_text().split()))
    return found


def _command(pid: int) -> bytes:
    """The command of a process; empty for one that has ended, whether anybody took note or not."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").strip()
    except OSError:
        return b""
