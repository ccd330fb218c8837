"""The clock of one delivery, which goes on from the instant that was given to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

__all__ = ["delivery_clock"]


def delivery_clock(began: datetime) -> Callable[[], datetime]:
    """Return a clock that shows an instant now, and goes on from there."""
    started = time.monotonic()

    def now() -> datetime:
        return began + timedelta(seconds=time.monotonic() - started)

    return now
