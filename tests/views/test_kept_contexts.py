from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from launch_kits.errors import NotFound
from launch_kits.verbs import begin
from launch_kits.views import kept_contexts as module
from launch_kits.views.kept_contexts import KeptContexts
from tests.launches import NOW, PMM, SLUG, brief_with, opened


@pytest.fixture
def kept(store) -> KeptContexts:
    opened(store)
    return KeptContexts(store, documents=Path())


def test_a_launch_is_read_again_only_if_it_changed_or_time_has_passed(store, kept):
    first = kept.of(SLUG, now=NOW)
    assert kept.of(SLUG, now=NOW + timedelta(minutes=14)) is first
    assert kept.of(SLUG, now=NOW + timedelta(minutes=15)) is not first
    before = kept.of(SLUG, now=NOW)
    begin(store, SLUG, "positioning", by=PMM, now=NOW)
    after = kept.of(SLUG, now=NOW)
    assert after is not before
    assert after.view.task("positioning").status == "doing"


def test_a_task_is_overdue_from_midnight_on(kept):
    due = kept.of(SLUG, now=NOW).view.task("positioning").due
    night = NOW.replace(month=due.month, day=due.day, hour=23, minute=59)
    assert not kept.of(SLUG, now=night).view.task("positioning").overdue
    assert (
        kept.of(SLUG, now=night + timedelta(minutes=1)).view.task("positioning").overdue
    )


def test_few_launches_are_kept(store, kept, monkeypatch):
    monkeypatch.setattr(module, "MOST", 1)
    opened(store, brief_with(launch="heron-3"))
    for slug in (SLUG, "heron-3"):
        kept.of(slug, now=NOW)
    assert list(kept._kept) == ["heron-3"]


def test_an_unknown_launch_is_not_found(kept):
    with pytest.raises(NotFound, match='unknown launch "nope"'):
        kept.of("nope", now=NOW)
