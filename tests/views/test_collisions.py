from __future__ import annotations

from pathlib import Path

from launch_kits.verbs import cancel
from launch_kits.views.collisions import find_collisions
from launch_kits.views.kept_contexts import KeptContexts
from tests.launches import LEAD, NOW, SLUG, brief_with, opened


def collisions(store):
    kept = KeptContexts(store, documents=Path())
    return find_collisions(kept.all(now=NOW))


def test_launches_of_one_week_name_what_they_share(store):
    opened(store)
    opened(store, brief_with(launch="heron-3", product="Heron 3"))
    (found,) = collisions(store)
    assert found.launches == ("falcon-2", "heron-3")
    assert found.week.weekday() == 0
    told = "; ".join(found.reasons)
    assert "both address b2b" in told
    assert "in both" in told


def test_launches_of_other_weeks_or_readers_do_not_collide(store):
    opened(store)
    first = brief_with()
    later = first.launch_on.replace(month=first.launch_on.month + 2)
    opened(store, brief_with(launch="heron-3", launch_on=later.isoformat()))
    assert collisions(store) == []


def test_a_launch_that_is_over_collides_with_none(store):
    opened(store)
    opened(store, brief_with(launch="heron-3", product="Heron 3"))
    cancel(store, SLUG, by=LEAD, now=NOW)
    assert collisions(store) == []
