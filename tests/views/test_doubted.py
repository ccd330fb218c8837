from __future__ import annotations

from launch_kits.claims.lines import Mark
from launch_kits.database.store import Store
from launch_kits.verbs import ask, concede, flag
from launch_kits.views.doubted import questioned_claims, questioned_in
from tests.desk import ENTRY, NEW, OTHER, SELLER, with_desk
from tests.launches import NOW, SLUG


def test_open_doubts_of_two_people_count_and_those_of_an_owner(store: Store) -> None:
    with_desk(store)
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    for by in (SELLER, OTHER):
        flag(store, SLUG, "osprey.y1", by=by, now=NOW)
    for ref in ("osprey.s1", ENTRY):
        flag(store, SLUG, ref, by=SELLER, now=NOW)
    concede(store, SLUG, ENTRY, note="It runs there", now=NOW)
    with store.read() as session:
        assert questioned_claims(session) == {
            SLUG: {"osprey.y1": Mark.QUESTIONED, ENTRY: Mark.WRONG}
        }
        assert questioned_in(session, SLUG).keys() == {"osprey.y1", ENTRY}
        assert questioned_in(session, "another") == {}
