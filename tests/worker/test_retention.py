from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from launch_kits import verbs
from launch_kits.database.records import Event, Launch, Task
from launch_kits.database.store import Store
from launch_kits.settings.retention import Retention
from launch_kits.worker import step
from launch_kits.worker.retention import forget_old
from tests.launches import NOW, SLUG, notices


@pytest.fixture
def ended(falcon: Store, tmp_path) -> Store:
    """The launch, cancelled, with its notices sent."""
    from launch_kits.settings import Settings

    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})
    verbs.cancel(falcon, SLUG, now=NOW)
    step.run(falcon, SLUG, settings=settings, now=NOW, write=lambda _: None)
    assert {notice.status for notice in notices(falcon)} <= {"sent", "dropped"}
    return falcon


def after(store: Store, days: int, **keep: int) -> int:
    return forget_old(store, keep=Retention(**keep), now=NOW + timedelta(days=days))


def rows(store: Store, table: type) -> int:
    with store.read() as session:
        return len(session.exec(select(table)).all())


def test_the_notices_of_an_ended_launch_go_and_its_history_stays(ended: Store) -> None:
    events = rows(ended, Event)
    assert after(ended, 9, outbox=10) == 0
    assert after(ended, 11, outbox=10) == 1
    assert notices(ended) == []
    assert rows(ended, Event) == events
    assert after(ended, 12, outbox=10) == 0


def test_a_launch_goes_with_all_that_belongs_to_it(ended: Store) -> None:
    assert after(ended, 400) == 1, "its notices alone"
    assert rows(ended, Launch) == 1
    assert after(ended, 400, launches=365) == 1
    assert [rows(ended, table) for table in (Launch, Task, Event)] == [0, 0, 0]


def test_zero_days_keep_all(ended: Store) -> None:
    assert after(ended, 9000, outbox=0, launches=0) == 0
    assert notices(ended)


def test_a_running_launch_keeps_its_notices(falcon: Store) -> None:
    assert after(falcon, 9000, outbox=1, launches=1) == 0
    assert notices(falcon)
