"""Every benchmark, in one table.

`python -m bench`, or some of them: `python -m bench planning sweep`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec

from bench.measure import Row, print_table

#: the modules of this folder that measure, each by a function `rows`
MODULES = (
    "planning",
    "levelling",
    "rendering",
    "startup",
    "sweep",
    "delivery",
    "board",
    "answers",
)


def measured(names: Sequence[str]) -> Iterator[Row]:
    """The rows of the modules that are there, one module after the other."""
    for name in names:
        if find_spec(f"bench.{name}"):
            yield from import_module(f"bench.{name}").rows()


def main(wanted: Sequence[str]) -> int:
    """Print what the named modules measure, all by default; gives the exit code."""
    unknown = sorted(set(wanted) - set(MODULES))
    if unknown:
        print(
            f"no benchmark {', '.join(unknown)}; there are {', '.join(MODULES)}",
            file=sys.stderr,
        )
        return 2
    print_table(measured(wanted or MODULES))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
