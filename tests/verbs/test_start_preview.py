from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.plan.rollout import Rollout
from launch_kits.verbs import open_launch
from launch_kits.verbs.start import rollout_of
from launch_kits.verbs.start_preview import preview_start
from launch_kits.views.launch import read_launch
from tests.launches import NOW, SLUG, brief_with, kit_with

KIT = kit_with(only=["positioning"])


@pytest.fixture
def rollout() -> Rollout:
    return rollout_of(brief_with(kit=KIT), now=NOW)


@pytest.mark.parametrize("level", [True, False])
def test_a_preview_has_the_dates_that_a_start_writes(
    store: Store, rollout: Rollout, tmp_path, level: bool
) -> None:
    other = brief_with(launch="kestrel-3", kit=KIT)
    open_launch(store, other, now=NOW)
    found = preview_start(store, rollout, now=NOW, level=level)
    open_launch(store, rollout.brief, now=NOW, level=level)
    with store.read() as session:
        view = read_launch(session, SLUG, now=NOW, documents=tmp_path)
    assert dict(found.planned) == {
        task.key: (task.planned_start, task.planned_finish) for task in view.tasks
    }
    assert (found.levelled is not None) is level


def test_a_preview_writes_nothing(store: Store, rollout: Rollout, tmp_path) -> None:
    preview_start(store, rollout, now=NOW, level=True)
    assert preview_start(None, rollout, now=NOW, level=True).levelled is not None
    assert open_launch(store, rollout.brief, now=NOW).new
