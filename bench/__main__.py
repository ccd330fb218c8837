"""All benchmarks in one table.

Run it as `python -m bench`, or with the names of some: `python -m bench planning sweep`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from bench.measure import Comparison, Measurement, print_table

#: the modules of this folder with a function `measurements`
MODULES = (
    "planning",
    "levelling",
    "load",
    "rendering",
    "startup",
    "sweep",
    "delivery",
    "board",
    "answers",
    "room",
)


def measurements(names: Sequence[str]) -> Iterator[Measurement]:
    """The measurements of some modules.

    If a module cannot be prepared, a measurement of its name fails in the place of its others.
    """
    for name in names:
        try:
            yield from import_module(f"bench.{name}").measurements()
        except Exception as error:  # noqa: BLE001  the other modules must go on
            yield Measurement(f"preparation of {name}", _failing(error))


def _failing(error: Exception) -> Callable[[], Comparison]:
    def fail() -> Comparison:
        raise error

    return fail


def main(wanted: Sequence[str]) -> int:
    """Run the named modules, all by default; returns the exit code."""
    unknown = sorted(set(wanted) - set(MODULES))
    if unknown:
        print(
            f"unknown benchmark {', '.join(unknown)}; use {', '.join(MODULES)}",
            file=sys.stderr,
        )
        return 2
    failed = print_table(measurements(wanted or MODULES))
    if failed:
        print(f"failed: {'; '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
