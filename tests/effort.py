"""How much the tests with random histories try.

Each run of the tests tries a part; `LAUNCH_KITS_TEST_MORE=4 make test` tries four times as many,
as before a release. Numbers are fixed: the same effort tries the same histories.
"""

from __future__ import annotations

import os

__all__ = ["MORE", "seeds"]

#: how many times as much as by default
MORE = max(1, int(os.environ.get("LAUNCH_KITS_TEST_MORE", "1")))


def seeds(few: int) -> range:
    """The seeds of random histories: so few by default."""
    return range(few * MORE)
