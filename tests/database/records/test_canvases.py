from __future__ import annotations

from launch_kits.database.records import Launch, LaunchCanvas
from launch_kits.database.store import Store
from tests.launches import SLUG, opened


def test_a_canvas_goes_with_its_launch(store: Store) -> None:
    opened(store)
    with store.write() as session:
        session.add(LaunchCanvas(launch=SLUG))
    with store.write() as session:
        session.delete(session.get(Launch, SLUG))
    with store.read() as session:
        assert session.get(LaunchCanvas, SLUG) is None
