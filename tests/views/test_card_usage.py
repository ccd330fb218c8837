from __future__ import annotations

from launch_kits.database.records import CardUseKind
from launch_kits.database.store import Store
from launch_kits.verbs import concede, count_use, drop, flag
from launch_kits.views.card_usage import read_card_uses
from tests.desk import OTHER, SELLER, with_desk
from tests.launches import LEAD, NOW, PMM, SLUG, at


def test_uses_are_counted_for_each_card_with_its_owner(store: Store) -> None:
    with_desk(store)
    for person in (SELLER, SELLER, OTHER):
        count_use(store, SLUG, "osprey", CardUseKind.OPENED, by=person, now=NOW)
    later = at("01-12")
    count_use(store, SLUG, "osprey", CardUseKind.COPIED, by=SELLER, now=later)
    for person in (SELLER, OTHER):
        flag(store, SLUG, "osprey.y1", by=person, now=NOW)
    flag(store, SLUG, "osprey.s1", by=LEAD, now=NOW)
    with store.read() as session:
        osprey, kite = read_card_uses(session, SLUG)
    assert (osprey.key, osprey.name, osprey.owner) == ("osprey", "Osprey Data Hub", PMM)
    assert osprey.counts == {"opened": 3, "copied": 1, "flagged": 3}
    assert (osprey.readers, osprey.used_at) == (2, later)
    assert osprey.flagged == ("osprey.y1", "osprey.s1")
    assert (osprey.questioned, osprey.wrong) == (("osprey.y1",), ())
    concede(store, SLUG, "osprey.s1", note="Renamed", now=later)
    with store.read() as session:
        osprey, kite = read_card_uses(session, SLUG)
    assert osprey.questioned == ("osprey.s1", "osprey.y1")
    assert osprey.wrong == ("osprey.s1",)
    assert kite.counts == {"opened": 0, "copied": 0, "flagged": 0}
    assert (kite.readers, kite.used_at, kite.flagged) == (0, None, ())


def test_the_lead_keeps_a_card_without_a_task(store: Store) -> None:
    with_desk(store)
    drop(store, SLUG, "battlecard:osprey", now=NOW)
    with store.read() as session:
        assert [each.owner for each in read_card_uses(session, SLUG)] == [LEAD, PMM]
