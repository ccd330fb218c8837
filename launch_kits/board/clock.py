"""The clock of a launch's run.

It is the machine's clock, or a fixed instant if a command was given one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

__all__ = ["given_or", "standing_at"]

_GIVEN: ContextVar[datetime | None] = ContextVar("given instant", default=None)


@contextmanager
def standing_at(instant: datetime | None) -> Iterator[None]:
    """Use a fixed, aware instant as the clock of this process's runs.

    None leaves the machine's clock in use.
    """
    token = _GIVEN.set(instant)
    try:
        yield
    finally:
        _GIVEN.reset(token)


def given_or(clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """Return a clock that stays at the fixed instant, if one is set."""
    given = _GIVEN.get()
    return clock if given is None else lambda: given
