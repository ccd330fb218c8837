from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits.slack.outbound.delivery_clock import delivery_clock
from tests.slack.conftest import NOW


def test_a_delivery_counts_time_from_the_instant_that_was_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = 100.0
    monkeypatch.setattr("time.monotonic", lambda: seconds)
    now = delivery_clock(NOW)
    assert now() == NOW
    seconds = 107.5
    assert now() == NOW + timedelta(seconds=7.5)
