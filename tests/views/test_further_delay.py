from __future__ import annotations

from datetime import date
from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.verbs import extend
from launch_kits.views.further_delay import moves_launch
from launch_kits.views.launch import LaunchView, read_launch
from tests.launches import LEAD, NOW, SLUG


def view(store: Store) -> LaunchView:
    with store.read() as session:
        return read_launch(session, SLUG, now=NOW, documents=Path())


def test_only_the_work_that_holds_the_landing_moves_it(falcon: Store) -> None:
    until = date(2027, 2, 10)
    extend(falcon, SLUG, "training", until=until, by=LEAD, now=NOW)
    extend(falcon, SLUG, "research", until=date(2027, 2, 9), by=LEAD, now=NOW)
    found = view(falcon)
    assert found.lands_on
    assert found.lands_on > found.launch_on
    moving = {task.key: moves_launch(found.plan, task.key) for task in found.open_tasks}
    assert moving["training"]
    assert not moving["research"]


def test_work_of_a_launch_that_has_time_to_spare_moves_nothing(falcon: Store) -> None:
    found = view(falcon)
    for task in found.open_tasks:
        spare = task.float_days
        assert spare is not None
        assert moves_launch(found.plan, task.key) is (spare <= 0), task.key
    assert not moves_launch(found.plan, "unknown")
