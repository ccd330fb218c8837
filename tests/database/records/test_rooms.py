from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from launch_kits.database.records import Launch, LinkUse, RoomLink
from launch_kits.database.store import Store
from tests.launches import LEAD, NOW, SLUG, opened

LINK = {
    "digest": "d",
    "kind": "launch",
    "launch": SLUG,
    "audience": "partner",
    "made_by": LEAD,
    "made_at": NOW,
}


def test_a_link_goes_with_its_launch_and_takes_its_reads(store: Store) -> None:
    opened(store)
    with store.write() as session:
        session.add(link := RoomLink(**LINK))
        session.flush()
        session.add(LinkUse(link=link.id, at=NOW))
    with store.write() as session:
        session.delete(session.get(Launch, SLUG))
    with store.read() as session:
        assert session.get(RoomLink, 1) is None
        assert session.get(LinkUse, 1) is None


def test_a_secret_opens_one_link(store: Store) -> None:
    opened(store)
    with pytest.raises(IntegrityError), store.write() as session:
        session.add_all([RoomLink(**LINK), RoomLink(**LINK)])
