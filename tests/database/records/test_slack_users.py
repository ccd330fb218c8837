from __future__ import annotations

from sqlmodel import select

from launch_kits.database.records import SlackUser
from launch_kits.database.store import Store
from tests.launches import NOW, STRANGER


def test_a_member_is_kept_with_their_zone(store: Store) -> None:
    told = {"email": STRANGER, "name": "Stranger", "zone": "Asia/Tokyo", "read_at": NOW}
    with store.write() as session:
        session.add(SlackUser(id="U7", **told))
    with store.read() as session:
        (kept,) = session.exec(select(SlackUser)).all()
    assert {name: getattr(kept, name) for name in told} == told
