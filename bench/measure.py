"""Measuring two ways of doing the same thing side by side, and the table of the results."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

__all__ = ["Row", "print_table", "side_by_side"]


class Row(NamedTuple):
    """One comparison."""

    what: str
    #: seconds, or whatever unit both share
    ours: float
    theirs: float
    ratio: float
    #: the ratio that is allowed at most
    target: float


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], repeats: int
) -> tuple[float, float]:
    """The best time of each in seconds, run in turns so that a busy moment hits both.

    One run of each warms up.
    """
    best = [float("inf"), float("inf")]
    for repeat in range(repeats + 1):
        for which, run in enumerate((ours, theirs)):
            gc.collect()
            started = time.perf_counter()
            run()
            elapsed = time.perf_counter() - started
            if repeat:
                best[which] = min(best[which], elapsed)
    return best[0], best[1]


def print_table(rows: Iterable[Row]) -> None:
    """Prints a line for each row; ratios above their target are marked."""
    print(f"{'what':<60} {'ours':>12} {'theirs':>12} {'ratio':>7} {'target':>7}")
    for row in rows:
        mark = "" if row.ratio <= row.target else "  too much"
        print(
            f"{row.what:<60} {row.ours:>12.6f} {row.theirs:>12.6f} {row.ratio:>7.2f} {row.target:>7.2f}{mark}"
        )
