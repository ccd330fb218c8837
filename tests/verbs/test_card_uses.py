from __future__ import annotations

from launch_kits.database.records import CardUseKind
from launch_kits.database.store import Store
from launch_kits.verbs import count_use
from tests.desk import SELLER, uses, with_desk
from tests.launches import NOW, SLUG, launch


def test_a_use_is_counted_and_changes_nothing_else(store: Store) -> None:
    with_desk(store)
    before = launch(store).revision
    count_use(store, SLUG, "osprey", CardUseKind.OPENED, by=SELLER, now=NOW)
    (use,) = uses(store)
    assert (use.card, use.kind, use.by, use.claim) == ("osprey", "opened", SELLER, None)
    assert launch(store).revision == before
