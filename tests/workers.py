"""Processes of their own that do things to one database at the same moment."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.synchronize import Barrier
from typing import Any

from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.verbs import open_launch
from tests.launches import NOW, brief_with

#: so many processes, each waiting at the barrier until all are there
COUNT = 4

_barrier: list[Barrier] = []


class Workers:
    """A crew that does one thing at once, as often as asked."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        barrier = context.Barrier(COUNT)
        self._pool = ProcessPoolExecutor(
            COUNT, mp_context=context, initializer=_begin, initargs=(barrier,)
        )
        for job in [self._pool.submit(_meet) for _ in range(COUNT)]:
            job.result()  # each process is there from now on

    def __call__(self, do: Callable[..., Any], url: str, *args: Any) -> list[Any]:
        """The result of each worker; fails if one has an error.

        ``do`` is called with a store, the worker's number, args.
        """
        jobs = [
            self._pool.submit(_job, do, url, number, args) for number in range(COUNT)
        ]
        return [job.result() for job in jobs]

    def close(self) -> None:
        self._pool.shutdown()


def _begin(barrier: Barrier) -> None:
    _barrier.append(barrier)


def _meet() -> None:
    _barrier[0].wait(timeout=900)


def _job(do: Callable[..., Any], url: str, number: int, args: Sequence[Any]) -> Any:
    store = Store(url)
    try:
        _barrier[0].wait(timeout=900)
        return do(store, number, *args)
    except LaunchKitsError as error:  # some cannot be passed between processes
        raise AssertionError(f"{type(error).__name__}: {error}") from None
    finally:
        store.close()


def first_use(store: Store, number: int) -> str | None:
    with store.read():
        return store.revision()


def upgrade(store: Store, number: int) -> str | None:
    return store.upgrade()


def start(store: Store, number: int) -> bool:
    return open_launch(store, brief_with(), now=NOW).new


def act(store: Store, number: int, verb: str, slug: str, key: str) -> bool:
    from launch_kits import verbs as launch

    verbs: dict[str, Callable[..., Any]] = vars(launch)
    changed: bool = verbs[verb](store, slug, key, now=NOW).changed
    return changed


def remark(store: Store, number: int, slug: str, key: str, times: int) -> bool:
    from launch_kits.verbs import note

    return all(
        note(store, slug, key, now=NOW, note=f"{number}.{time}").changed
        for time in range(times)
    )


def claim_all(store: Store, number: int) -> list[str]:
    from launch_kits import outbox

    mine = []
    while True:
        with store.write() as session:
            claimed = [
                notice.key
                for notice in outbox.claim(session, by=str(number), now=NOW, limit=3)
            ]
        if not claimed:
            return mine
        mine += claimed
        for key in claimed:
            with store.write() as session:
                assert outbox.settle(
                    session, key, by=str(number), now=NOW, channel="C1", ts=key
                )


def lease(store: Store, number: int, slug: str) -> bool:
    from launch_kits.database.launch_lease import take_lease

    return take_lease(store, slug, by=str(number), now=NOW)


def deliver_alone(store: Store, number: int) -> bool:
    from launch_kits.database.delivery_lease import delivering

    with delivering(store, by=str(number), now=lambda: NOW, patience=0.0) as held:
        _barrier[0].wait(timeout=900)
        return held
