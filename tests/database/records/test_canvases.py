from __future__ import annotations

from launch_kits.database.records import CardCanvas, Launch, LaunchCanvas, PageFile
from launch_kits.database.store import Store
from tests.launches import SLUG, opened


def test_pages_go_with_their_launch(store: Store) -> None:
    opened(store)
    with store.write() as session:
        session.add(LaunchCanvas(launch=SLUG))
        session.add(CardCanvas(launch=SLUG, card="osprey"))
        session.add(PageFile(launch=SLUG, page="osprey", digest="1"))
    with store.write() as session:
        session.delete(session.get(Launch, SLUG))
    with store.read() as session:
        assert session.get(LaunchCanvas, SLUG) is None
        for record in (CardCanvas, PageFile):
            assert session.get(record, (SLUG, "osprey")) is None
