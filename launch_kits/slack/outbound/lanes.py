"""Lanes side by side: work for one reader is done in order and holds no other up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue

__all__ = ["run_lanes"]

#: pieces of work done at once; a lane that waits for its time takes none of them
WORKERS = 16
#: seconds between two looks for lanes that have something to do
LOOK_EVERY = 1.0


def run_lanes(
    find: Callable[[], Iterable[str]],
    step: Callable[[str], float | None],
    *,
    most: Callable[[], int],
    go_on: Callable[[], bool],
) -> None:
    """Do every lane's work, a piece at a time, until no lane has any.

    ``find`` names the lanes with work, some of them perhaps known already. ``step`` does a piece in
    a thread and gives the seconds after which the lane's next may follow, or None when it has none.
    At most ``most()`` pieces are done at once. After ``go_on`` says no, pieces begun are ended and
    no other is begun. An exception of a piece is raised here.
    """
    lanes = _Lanes(find)
    ended: SimpleQueue[Future[float | None]] = SimpleQueue()
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="lane") as pool:
        running: dict[Future[float | None], str] = {}
        while go_on():
            lanes.look(busy=running.values())
            for lane in lanes.ready(min(most(), WORKERS) - len(running)):
                piece = pool.submit(step, lane)
                running[piece] = lane
                piece.add_done_callback(ended.put)
            if not running and not lanes.opens:
                return
            patience = lanes.patience(full=len(running) >= min(most(), WORKERS))
            for piece in _next(ended, within=patience):
                lanes.again(running.pop(piece), after=piece.result())


def _next(
    ended: SimpleQueue[Future[float | None]], *, within: float
) -> Iterator[Future[float | None]]:
    """The pieces that have ended; waits some seconds for the first."""
    with suppress(Empty):
        yield ended.get(timeout=within)
        while True:
            yield ended.get_nowait()


class _Lanes:
    """The lanes that wait for their next piece, and when they were last looked for."""

    def __init__(self, find: Callable[[], Iterable[str]]) -> None:
        self._find = find
        #: lane → the moment from which it may go on
        self.opens: dict[str, float] = {}
        self._look_at = 0.0

    def look(self, *, busy: Iterable[str]) -> None:
        """Find lanes: now and then, and before thinking that all is done."""
        now = time.monotonic()
        busy = set(busy)
        if now >= self._look_at or not (self.opens or busy):
            for lane in self._find():
                if lane not in busy:
                    self.opens.setdefault(lane, now)
            self._look_at = now + LOOK_EVERY

    def ready(self, most: int) -> list[str]:
        """The lanes that may go on, those that could for the longest first; they wait no more."""
        now = time.monotonic()
        found = sorted((at, lane) for lane, at in self.opens.items() if at <= now)
        taken = [lane for _, lane in found[: max(most, 0)]]
        for lane in taken:
            del self.opens[lane]
        return taken

    def again(self, lane: str, *, after: float | None) -> None:
        """Let a lane go on after some seconds; None if it is done."""
        if after is not None:
            self.opens[lane] = time.monotonic() + after

    def patience(self, *, full: bool) -> float:
        """Seconds until something can begin without a piece coming to its end."""
        opens = min(self.opens.values(), default=self._look_at)
        until = self._look_at if full else min(opens, self._look_at)
        return max(until - time.monotonic(), 0.001)
