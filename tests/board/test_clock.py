from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from launch_kits.board.clock import given_or, standing_at
from tests.launches import NOW


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


def test_the_clock_is_the_given_one_without_a_fixed_instant() -> None:
    assert given_or(lambda: later(1))() == later(1)
    with standing_at(None):
        assert given_or(lambda: later(1))() == later(1)


def test_the_clock_stays_at_the_fixed_instant_for_a_while() -> None:
    with standing_at(NOW):
        clock = given_or(lambda: later(1))
        assert clock() == NOW
    assert clock() == NOW, "a run keeps the clock that it began with"
    assert given_or(lambda: later(1))() == later(1)


def test_the_fixed_instant_ends_with_an_error() -> None:
    with pytest.raises(ZeroDivisionError), standing_at(NOW):
        raise ZeroDivisionError
    assert given_or(lambda: later(1))() == later(1)
