from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from launch_kits.database.records import Answered
from launch_kits.database.store import Store
from launch_kits.slack.inbound.deduplication import KEPT, Replays, first_time
from tests.launches import NOW


def kept(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(session.exec(select(Answered.key)).all())


def test_first_time_is_true_once(store: Store) -> None:
    assert first_time(store, "a", now=NOW)
    assert not first_time(store, "a", now=NOW)
    assert first_time(store, "b", now=NOW)


def test_first_time_is_true_for_one_of_many_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: first_time(store, "a", now=NOW), range(16))) == 1


def test_old_keys_are_forgotten(store: Store) -> None:
    first_time(store, "old", now=NOW)
    first_time(store, "young", now=NOW + timedelta(days=1))
    first_time(store, "new", now=NOW + KEPT + timedelta(seconds=1))
    assert kept(store) == ["new", "young"]


def test_equal_requests_at_once_are_worked_on_once() -> None:
    replays: Replays[int] = Replays()
    begun, told = threading.Event(), []

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
