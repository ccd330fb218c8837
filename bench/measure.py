"""Measurements of two ways to do the same work, and the table of their results."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

__all__ = ["Comparison", "Measurement", "describe", "print_table", "side_by_side"]


class Comparison(NamedTuple):
    """Our result beside the one that it is compared with."""

    #: seconds, or another unit that both share
    ours: float
    theirs: float
    #: the highest allowed ratio
    target: float

    @property
    def ratio(self) -> float:
        """Ours as a multiple of theirs; ours itself if theirs is 0."""
        return self.ours / self.theirs if self.theirs else self.ours


class Measurement(NamedTuple):
    """One row of the table: its name, and the function that measures it."""

    name: str
    run: Callable[[], Comparison]


def side_by_side(
    ours: Callable[[], object],
    theirs: Callable[[], object],
    repeats: int,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[float, float]:
    """The best times of two functions in seconds, by a clock.

    They run in turns, so that a busy moment of the machine hits both. One run of each warms up.
    Before each run, only what the earlier runs left is searched for garbage: all that was there
    before would take longer than most runs.
    """
    best = [float("inf"), float("inf")]
    gc.collect()
    gc.freeze()
    for repeat in range(repeats + 1):
        for which, run in enumerate((ours, theirs)):
            gc.collect()
            started = clock()
            run()
            elapsed = clock() - started
            if repeat:
                best[which] = min(best[which], elapsed)
    gc.unfreeze()
    return best[0], best[1]


def print_table(measurements: Iterable[Measurement]) -> list[str]:
    """Print a row for each measurement; ratios above their target are marked.

    If a measurement fails, its row names the error and the others go on. Returns the names of the
    failed measurements.
    """
    failed = []
    print(f"{'what':<60} {'ours':>12} {'theirs':>12} {'ratio':>7} {'target':>7}")
    for measurement in measurements:
        try:
            found = measurement.run()
        except Exception as error:  # noqa: BLE001  the other measurements must go on
            failed.append(measurement.name)
            print(f"{measurement.name:<60} failed: {describe(error)}")
            continue
        mark = "" if found.ratio <= found.target else "  too much"
        print(
            f"{measurement.name:<60} {found.ours:>12.6f} {found.theirs:>12.6f} "
            f"{found.ratio:>7.2f} {found.target:>7.2f}{mark}"
        )
    return failed


def describe(error: Exception) -> str:
    """An error in one line."""
    lines = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
