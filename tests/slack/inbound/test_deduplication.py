from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from launch_kits.slack.inbound.deduplication import Replays


def test_equal_requests_at_once_are_worked_on_once() -> None:
    replays: Replays[int] = Replays()
    begun = threading.Event()
    told = []

    def work() -> int:
        told.append(1)
        begun.set()
        time.sleep(0.05)
        return 7

    with ThreadPoolExecutor(8) as pool:
        assert (
            list(pool.map(lambda _: replays.answer("v0=x", work), range(8))) == [7] * 8
        )
    assert told == [1]


def test_an_answer_is_forgotten_when_its_signature_expires() -> None:
    at = 0.0
    replays: Replays[float] = Replays(clock=lambda: at)
    assert replays.answer("v0=x", lambda: at) == 0.0
    at = 299.0
    assert replays.answer("v0=x", lambda: at) == 0.0
    at = 400.0
    assert replays.answer("v0=x", lambda: at) == 400.0


def test_equal_requests_raise_the_error_of_the_first() -> None:
    replays: Replays[int] = Replays()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            replays.answer("v0=x", lambda: 1 // 0)
