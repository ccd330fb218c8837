"""The clock of a launch's run.

The machine's, or the instant that a command was given in its place.
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
    """Let the turns of this process stand at an aware instant for a while.

    None lets the machine's clock run.
    """
    token = _GIVEN.set(instant)
    try:
        yield
    finally:
        _GIVEN.reset(token)


def given_or(clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """A clock that stands at the given instant, where there is one."""
    given = _GIVEN.get()
    return clock if given is None else lambda: given
