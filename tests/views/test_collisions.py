from __future__ import annotations

from pathlib import Path

from launch_kits.verbs import cancel
from launch_kits.views.collisions import crowded_weeks
from launch_kits.views.kept_contexts import KeptContexts
from launch_kits.views.launch_rows import LaunchRows
from tests.launches import LEAD, NOW, SLUG, brief_with, opened


def weeks(store):
    kept = KeptContexts(store, documents=Path())
    found, _ = LaunchRows().read(
        store, lambda slug: kept.of(slug, now=NOW).view, now=NOW, ended=True
    )
    return crowded_weeks(found)


def test_launches_of_one_week_name_what_they_share(store):
    opened(store)
    opened(store, brief_with(launch="heron-3", product="Heron 3"))
    (found,) = weeks(store)
    assert found.launches == [("falcon-2", "Falcon 2"), ("heron-3", "Heron 3")]
    assert found.first.weekday() == 0
    assert any("Heron 3 address b2b" in each for each in found.reasons)
    assert any("has work due that week in" in each for each in found.reasons)


def test_a_day_in_a_blackout_of_another_launch_is_named(store):
    opened(store)
    first = brief_with()
    off = {"from": first.launch_on.isoformat(), "to": first.launch_on.isoformat()}
    other = brief_with(
        launch="heron-3",
        product="Heron 3",
        market="b2c",
        launch_on=first.launch_on.replace(day=first.launch_on.day + 1).isoformat(),
        blackouts=[off],
    )
    opened(store, other, accept_late=True)
    reasons = " ".join(each for week in weeks(store) for each in week.reasons)
    assert "is a blackout of Heron 3." in reasons
    assert "address" not in reasons


def test_many_launches_of_a_week_are_counted(store):
    for number in range(6):
        slug = f"heron-{number}"
        opened(store, brief_with(launch=slug, product=f"Heron {number}"))
    (found,) = weeks(store)
    assert len(found.launches) == 6
    assert "Heron 0, Heron 1, Heron 2, Heron 3 and 2 more address" in found.reasons[0]


def test_launches_of_other_weeks_do_not_collide(store):
    opened(store)
    first = brief_with()
    later = first.launch_on.replace(month=first.launch_on.month + 2)
    opened(store, brief_with(launch="heron-3", launch_on=later.isoformat()))
    assert weeks(store) == []


def test_a_launch_that_is_over_collides_with_none(store):
    opened(store)
    opened(store, brief_with(launch="heron-3", product="Heron 3"))
    cancel(store, SLUG, by=LEAD, now=NOW)
    assert weeks(store) == []
