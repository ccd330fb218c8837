from __future__ import annotations

from launch_kits.database.launch_lease import (
    LEASE,
    drop_lease,
    is_leased,
    renew_lease,
    take_lease,
)
from launch_kits.database.store import Store
from tests.launches import NOW, SLUG, launch


def test_one_step_at_a_time_holds_a_launch(falcon: Store) -> None:
    assert take_lease(falcon, SLUG, by="a", now=NOW)
    assert not take_lease(falcon, SLUG, by="b", now=NOW)
    assert take_lease(falcon, SLUG, by="a", now=NOW), "its holder may take it again"
    assert is_leased(launch(falcon), now=NOW)


def test_a_lease_ends_with_its_time(falcon: Store) -> None:
    take_lease(falcon, SLUG, by="a", now=NOW)
    over = NOW + LEASE
    assert not is_leased(launch(falcon), now=over)
    assert take_lease(falcon, SLUG, by="b", now=over)
    assert not renew_lease(falcon, SLUG, by="a", now=over), "it was lost"
    assert launch(falcon).step_by == "b"


def test_a_lease_renewed_holds_longer(falcon: Store) -> None:
    take_lease(falcon, SLUG, by="a", now=NOW)
    half = NOW + LEASE / 2
    assert renew_lease(falcon, SLUG, by="a", now=half)
    assert launch(falcon).step_until == half + LEASE


def test_only_its_holder_lets_a_lease_go(falcon: Store) -> None:
    take_lease(falcon, SLUG, by="a", now=NOW)
    drop_lease(falcon, SLUG, by="b")
    assert launch(falcon).step_by == "a"
    drop_lease(falcon, SLUG, by="a")
    assert launch(falcon).step_by is None
    assert not is_leased(launch(falcon), now=NOW)
