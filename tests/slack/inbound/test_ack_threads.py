from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from launch_kits.slack.inbound.ack_threads import AckThreads


class Counted:
    """Counts the requests that are under way."""

    def __init__(self) -> None:
        self.under_way = 0

    @contextmanager
    def __call__(self) -> Iterator[None]:
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def threads(counted: Counted) -> Iterator[AckThreads]:
    made = AckThreads(counted, threads=2)
    yield made
    made.close()


def test_all_threads_run_before_the_first_request(threads: AckThreads) -> None:
    before = set(threading.enumerate())
    waiting = threading.Event()
    answers = [threads.submit(waiting.wait, 30) for _ in range(3)]
    assert set(threading.enumerate()) == before
    waiting.set()
    assert [answer.result() for answer in answers] == [True, True, True]


def test_a_request_is_under_way_from_its_arrival_to_its_answer(
    threads: AckThreads, counted: Counted
) -> None:
    free = threading.Event()
    answers = [threads.submit(free.wait, 30) for _ in range(5)]
    assert counted.under_way == 5  # three of them have no thread yet
    free.set()
    for answer in answers:
        answer.result()
    threads.close()
    assert counted.under_way == 0


def test_the_error_of_an_answer_reaches_its_request(
    threads: AckThreads, counted: Counted
) -> None:
    failed = threads.submit(int, "no number")
    with pytest.raises(ValueError, match="no number"):
        failed.result()
    threads.close()
    assert counted.under_way == 0


def test_a_request_after_the_end_is_not_under_way(
    threads: AckThreads, counted: Counted
) -> None:
    threads.close()
    with pytest.raises(RuntimeError):
        threads.submit(int)
    assert counted.under_way == 0
