from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlmodel import select

from launch_kits.database.records import Answered
from launch_kits.database.store import Store
from launch_kits.slack.inbound.deduplication import KEPT, first_time
from tests.launches import NOW


def kept(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(session.exec(select(Answered.key)).all())


def test_the_first_time_is_told_once(store: Store) -> None:
    assert first_time(store, "a", now=NOW)
    assert not first_time(store, "a", now=NOW)
    assert first_time(store, "b", now=NOW)


def test_of_many_at_once_one_is_the_first(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: first_time(store, "a", now=NOW), range(16))) == 1


def test_what_is_old_is_forgotten(store: Store) -> None:
    first_time(store, "old", now=NOW)
    first_time(store, "young", now=NOW + timedelta(days=1))
    first_time(store, "new", now=NOW + KEPT + timedelta(seconds=1))
    assert kept(store) == ["new", "young"]
