from __future__ import annotations

from datetime import timedelta

from launch_kits.database.store import Store
from launch_kits.verbs import cancel
from launch_kits.views.teams import read_teams
from tests.full_views import full_views
from tests.launches import LEAD, NOW, SALES, SLUG, brief_with, opened


def test_the_teams_of_running_launches_are_those_of_their_full_views(
    store: Store,
) -> None:
    opened(store)
    opened(store, brief_with(launch="heron-3"), now=NOW + timedelta(hours=1))
    with store.read() as session:
        found = read_teams(session)
    assert [each.slug for each in found] == ["heron-3", SLUG]
    for launch, context in zip(found, full_views(store, now=NOW), strict=True):
        assert launch.product == context.view.product
        assert {
            role: (each.email, each.name) for role, each in launch.team.items()
        } == {
            role: (each.email, each.name) for role, each in context.brief.team.items()
        }
    assert found[0].has(SALES.upper())
    assert not found[0].has("nobody@example.com")


def test_a_launch_that_is_over_is_left_out(store: Store) -> None:
    opened(store)
    cancel(store, SLUG, by=LEAD, now=NOW)
    with store.read() as session:
        assert read_teams(session) == []
