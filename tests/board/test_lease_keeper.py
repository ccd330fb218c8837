from __future__ import annotations

import pytest

from launch_kits.board.lease_keeper import LeaseKeeper
from launch_kits.database import launch_lease
from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.errors import PrefectError
from tests.launches import NOW, SLUG


def _leased(store: Store) -> bool:
    with store.read() as session:
        return launch_lease.is_leased(find_launch(session, SLUG), now=NOW)


def _keeper(store: Store) -> LeaseKeeper:
    return LeaseKeeper(store, SLUG, clock=lambda: NOW)


def test_a_lease_is_taken_and_dropped(falcon: Store) -> None:
    keeper = _keeper(falcon)
    assert not _leased(falcon)
    keeper.take()
    assert _leased(falcon)
    keeper.drop()
    assert not _leased(falcon)


def test_take_refuses_a_launch_with_the_lease_of_another(falcon: Store) -> None:
    first = _keeper(falcon)
    second = _keeper(falcon)
    first.take()
    with pytest.raises(
        PrefectError, match=f'another process has worked on launch "{SLUG}"'
    ):
        second.take(patience=0)
    second.drop()
    assert _leased(falcon), "only its owner drops a lease"
    first.drop()


def test_a_lease_is_renewed_until_it_is_dropped(
    falcon: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    renewed: list[str] = []

    def renew(_store: Store, slug: str, **_: object) -> None:
        renewed.append(slug)
        keeper._over.set()

    monkeypatch.setattr("launch_kits.board.lease_keeper.RENEW_EVERY", 0.001)
    monkeypatch.setattr(launch_lease, "renew_lease", renew)
    keeper = _keeper(falcon)
    keeper._renew()
    assert renewed == [SLUG]
